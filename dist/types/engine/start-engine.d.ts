import type { EngineName } from '../settings/config.ts';
/** Makes `engine` what this thread computes with, as `engine` in the config says. Throws `engine-unavailable`. */
export declare function startEngine(engine: EngineName, { assets }: {
    assets: string;
}): Promise<void>;
