import type { Config } from './config.ts';
/** How the config says that images and labels are stored, and how pixels become the net's input. */
export declare function dataFormat(config: Config): {
    rejects: boolean;
    dataName: string;
    labelName: string;
    layout: "auto" | "NCHW" | "NHWC";
    folders: "numbers" | "auto" | "sorted";
    resize: "bilinear" | "nearest" | null;
    scale: number;
    mean: number[];
    std: number[];
    bounds: import("../base/limits.ts").Bounds;
};
/** A multiplier as a number. */
export declare function scaleOf(scale: Config['scale']): number;
