import { type Static } from '@sinclair/typebox';
/** A file or folder that is read, pinned by its SHA-256 where that stands beside it. */
export declare const file: (description: string) => import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
    file: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TString;
}>]>;
export type FileSetting = Static<ReturnType<typeof file>>;
/** The same for images: the datasets in it may be named beside it too, where others of the run are called otherwise. */
export declare const imageFile: (description: string) => import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
    file: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
}>]>;
export type ImageFileSetting = Static<ReturnType<typeof imageFile>>;
/** A number, or one as a fraction such as `1/255`, which no decimal says exactly. */
export declare const multiplier: (options: {
    default?: number;
    description: string;
}) => import("@sinclair/typebox").TUnsafe<string | number>;
/** What an attack may be called, in a config, in a report and before `=` on the command line: not as every object's own parts are. */
export declare const attackName: RegExp;
/** The images of an attack: stored, or made by stamping a trigger on the clean ones. */
export declare const attack: import("@sinclair/typebox").TObject<{
    validation: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>]>>;
    test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>]>>;
    target: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
    trigger: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        image: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>;
        mask: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>>;
        at: import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TInteger]>;
        opacity: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
        scale: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<string | number>>;
    }>>;
}>;
export type TriggerSetting = NonNullable<Static<typeof attack>['trigger']>;
/** Images for choosing a net and images for judging it. */
export declare const split: (kind: string) => import("@sinclair/typebox").TObject<{
    validation: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>]>;
    test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>]>>;
}>;
