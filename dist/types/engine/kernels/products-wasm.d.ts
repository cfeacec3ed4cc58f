export declare const productsWasm: string;
export declare const fusedProductsWasm: string;
