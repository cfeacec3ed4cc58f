// What a core can do at most: peak.mjs. Prints GFLOP/s of WebAssembly's vectors where nothing but multiplying and adding is done, as JSON:
// `fused` where a runtime has both in one instruction, `apart` by two of them, which is what the kernels of this runtime are made of.
const accumulators = 12;
const [madd, multiply, add, splat, lane] = [
  [0xfd, 0x85, 2],
  [0xfd, 0xe6, 1],
  [0xfd, 0xe4, 1],
  [0xfd, 0x13],
  [0xfd, 0x1f, 0],
];
const get = (local) => [0x20, local],
  set = (local) => [0x21, local];
const own = Array.from({ length: accumulators }, (_, i) => i + 1);
const [factor, summand] = [accumulators + 1, accumulators + 2];
const half = [0x43, 0, 0, 0, 0x3f, ...splat];

/** A function that takes a number of rounds, in each of which every accumulator becomes half of it and a half. */
function moduleOf(fused) {
  const round = (at) =>
    fused
      ? [...get(at), ...get(factor), ...get(summand), ...madd, ...set(at)]
      : [...get(at), ...get(factor), ...multiply, ...get(summand), ...add, ...set(at)];
  const body = [
    ...[1, accumulators + 2, 0x7b], // locals, all of them vectors
    ...[...half, ...set(factor), ...half, ...set(summand)],
    ...[0x03, 0x40, ...own.flatMap(round), ...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...[...get(own[0]), ...own.slice(1).flatMap((at) => [...get(at), ...add]), ...lane, 0x0b],
  ];
  const long = (size) => [(size & 0x7f) | 0x80, size >> 7];
  const code = [1, ...long(body.length), ...body];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7d], // (i32) -> f32
    ...[3, 2, 1, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0], // exported as f
    ...[10, ...long(code.length), ...code],
  ]);
}

function peakOf(fused) {
  const code = moduleOf(fused);
  if (!WebAssembly.validate(code)) return null;
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
  const rounds = 2e7;
  const flops = rounds * accumulators * 4 * 2;
  const spent = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    f(rounds);
    const { user, system } = process.cpuUsage(before);
    return (user + system) * 1e-6;
  });
  return flops / Math.min(...spent) / 1e9;
}

console.log(JSON.stringify({ fused: peakOf(true), apart: peakOf(false), node: process.version }));
