import type { Split } from '../engine/split.ts';
/** Poisoned images that are the target class's own. `floor` is their share in percent. */
export interface AsrFloor {
    attack: string;
    images: number;
    floor: number;
}
/**
 * Attacks whose poisoned file was stamped on every clean image, the target class's own included: those keep the attacker's label
 * without any backdoor. Seen by the true labels, where they are known (stamping leaves the target class out), else where a poisoned file has as many images as the clean one and a single label.
 */
export declare function asrFloors({ clean, attacks }: Split): AsrFloor[];
