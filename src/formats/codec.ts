import { readFileSync } from 'node:fs';

/** What a library decodes: four bytes a pixel, red, green, blue and how opaque it is. */
export interface Decoded {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The part of a codec that is used here; its own types name a namespace that it does not bring along. */
interface Codec {
  decode(bytes: Uint8Array, ...options: boolean[]): Decoded | null;
}

/** Starts a decoder of the jSquash family from its .wasm file `place`; `options` are given with each image. */
export async function startCodec(
  library: unknown,
  place: string,
  ...options: boolean[]
): Promise<(bytes: Uint8Array) => Decoded | null> {
  const wasm = new WebAssembly.Module(readFileSync(place));
  const silent = (): void => undefined;
  const start = library as (options: object) => Promise<Codec>;
  const codec = await withImageData(() =>
    start({
      noInitialRun: true,
      print: silent,
      printErr: silent,
      instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
        const instance = new WebAssembly.Instance(wasm, imports);
        done(instance);
        return instance.exports;
      },
    }),
  );
  return (bytes) => withImageData(() => codec.decode(bytes, ...options));
}

/** The library answers with a browser's ImageData, which Node lacks: it gets one for the time of a call. */
function withImageData<T>(call: () => T): T {
  const scope = globalThis as { ImageData?: unknown };
  const before = scope.ImageData;
  scope.ImageData = class {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
  try {
    return call();
  } finally {
    if (before === undefined) delete scope.ImageData;
    else scope.ImageData = before;
  }
}
