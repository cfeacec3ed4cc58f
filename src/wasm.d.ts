/** A module of WebAssembly, in runtimes that import such. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** Of goodnet, in bundles that stand alone. */
declare const goodnetVersion: string;
