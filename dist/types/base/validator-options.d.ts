/** How values are validated: all that is wrong, with defaults filled in; or the first problem, of the value as it is. */
export declare const manners: {
    readonly filling: {
        readonly allErrors: true;
        readonly useDefaults: true;
        readonly verbose: true;
        readonly strict: true;
        readonly allowUnionTypes: true;
        readonly meta: false;
        readonly validateSchema: false;
        readonly code: {
            readonly optimize: false;
        };
    };
    readonly inPlace: {
        readonly verbose: true;
        readonly strict: true;
        readonly allowUnionTypes: true;
        readonly meta: false;
        readonly validateSchema: false;
        readonly code: {
            readonly optimize: false;
        };
    };
};
export type Manner = keyof typeof manners;
/** Keys of schemas that say nothing of what is valid. */
export declare const keywords: string[];
