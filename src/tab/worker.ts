import type { Order, Told } from './orders.ts';
import { unpacked } from './unpacked.ts';
import { placePart, work } from './work.ts';

/** What the worker is built with and reads as files. */
const parts = [
  'hdf5.wasm',
  'mozjpeg_dec.wasm',
  'report-page.js',
  'tfjs-backend-wasm-simd.wasm',
  'webp_dec.wasm',
] as const;

/** The worker's own scope, as far as it is used. */
declare const self: {
  postMessage(told: Told): void;
  onmessage: (event: MessageEvent<Order>) => void;
};

const tell = (told: Told): void => self.postMessage(told);
let fetched: Promise<unknown> | undefined;

self.onmessage = ({ data: order }) => {
  fetched ??= Promise.all(parts.map((name) => fetchPart(order.parts, name)));
  fetched.then(
    () => work(order, tell),
    (error: unknown) => tell({ told: 'refused', line: `goodnet: does not load (${String(error)}); reload the page` }),
  );
};

const fetchPart = async (folder: string, name: string): Promise<void> =>
  placePart(name, new Uint8Array(await (await unpacked(`${folder}${name}`)).arrayBuffer()));
