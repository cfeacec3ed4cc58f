import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { StampSetting } from '../../settings/split-files.ts';
/** Where a trigger's two pictures are. */
interface Files {
    pattern: string;
    mask: string;
}
/** The attack that stamps a trigger. */
export declare const attackOf: (target: number, { pattern, mask }: Files, scale: number | string) => StampSetting;
/** A config that has `goodnet defend` measure the triggers of a net. */
export declare function attacksText({ model, settings }: {
    model: {
        file: string;
    };
    settings: ResolvedConfig;
}, scale: number | string, triggers: readonly {
    target: number;
    files: Files;
}[]): string;
export {};
