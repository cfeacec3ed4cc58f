export declare const gradientsWasm: string;
export declare const fusedGradientsWasm: string;
