import { type Static } from '@sinclair/typebox';
import type { Found } from '../defense/reversal/search.ts';
import type { Model } from '../models/net.ts';
import type { Config } from '../settings/config.ts';
import type { World } from './world.ts';
/** The file that a scan leaves beside a net's pictures. */
export declare const triggersName = "triggers.json";
declare const identity: import("@sinclair/typebox").TObject<{
    version: import("@sinclair/typebox").TString;
    engine: import("@sinclair/typebox").TString;
    net: import("@sinclair/typebox").TString;
    images: import("@sinclair/typebox").TString;
    pixels: import("@sinclair/typebox").TString;
}>;
/** All that triggers depend on. */
export type TriggerIdentity = Static<typeof identity>;
/** What the triggers of a net depend on; `net` are its files, `images` the clean ones. */
export declare const triggerIdentity: ({ version }: Pick<World, "version">, config: Config, net: readonly {
    sha256: string;
}[], images: {
    sha256: string;
}) => TriggerIdentity;
/** The triggers as a file; null where it would be too large to be read. */
export declare function triggersText(identity: TriggerIdentity, { searched, triggers }: Found): string | null;
/** The triggers in a scan's folder of a net, or why they are not those of this net and data. */
export declare function triggersIn(folder: string, wanted: TriggerIdentity, model: Model): Found | string;
export {};
