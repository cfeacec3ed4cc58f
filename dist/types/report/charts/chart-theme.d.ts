/** What a chart is drawn from, live or as a file. */
export type ChartOption = Record<string, unknown>;
/** What charts have in common. */
export declare const base: {
    animation: boolean;
    textStyle: {
        fontFamily: string;
    };
};
/** Colours of the charts. */
export interface Theme {
    text: string;
    grid: string;
    /** Checkpoints. */
    mark: string;
    background: string;
    /** Of a test split, or of the only one, and paler for validation beside it. */
    accuracy: Shades;
    /** By attack; the first also stands for the highest of all. */
    asr: [Shades, ...Shades[]];
}
/** A colour for lines and bars, and a paler one for bars beside it. */
export type Shades = readonly [strong: string, pale: string];
/** Colours that remain apart for colour-blind readers. Source: M. Okabe and K. Ito, "Color Universal Design" (2008). */
export declare const light: Theme;
/** The same for dark pages. */
export declare const dark: Theme;
/** Width of a text in pixels, near enough to leave room for it. */
export declare function textWidth(text: string, fontSize: number): number;
/** A foreign name inside a picture, cut at `most` pixels. */
export declare function fitted(name: string, fontSize: number, most: number): string;
/** A model's path as the title of a picture: bold letters of 14 pixels are about as wide as others of 16. */
export declare const titleName: (path: string, width: number) => string;
