/** An image and what the nets say of it. The GoodNet answers the class on which original and pruned net agree, else "backdoored". */
export interface GalleryPicture {
    /** Its place in the data, from 0. */
    image: number;
    /** The true class of a clean image, the attacker's of a poisoned one. */
    label: number;
    /** The true class of a poisoned image; null where the data does not tell. */
    trueLabel: number | null;
    original: number;
    pruned: number;
    /** A PNG file, base64. */
    png: string;
}
/** Images of one kind: clean, or poisoned by an attack. `looked` of `images` were looked at, `differing` of those get two different classes. */
export interface GallerySet {
    attack: string | null;
    images: number;
    looked: number;
    differing: number;
    pictures: GalleryPicture[];
}
/** A few images of a model's data, and what the repaired net is: its number of pruned channels, and what it is called if it was trained. */
export interface Gallery {
    split: 'validation' | 'test';
    channelsPruned: number;
    stage?: string;
    sets: GallerySet[];
    /** Attacks that are not shown, for there are too many. */
    attacksLeftOut: number;
    /** The triggers that were unlearned. */
    triggers?: TriggerPicture[];
}
/** A reversed trigger: its mask in shades of grey, and an image of another class with it. PNG files, base64. */
export interface TriggerPicture {
    round: number;
    target: number;
    mask: string;
    stamped: string;
}
