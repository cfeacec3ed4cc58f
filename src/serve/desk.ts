import { Clock } from '../base/clock.ts';
import { failure } from '../base/errors.ts';
import { checkPixelScale, chooseLayout } from '../data/layout.ts';
import { scaled, type ScaledImages } from '../data/scaled.ts';
import { targetNamed } from '../defense/pruning/target.ts';
import { livingBytesAnImage } from '../engine/cost.ts';
import { batchImages, type Features, Network } from '../engine/network.ts';
import { splitNet } from '../engine/parts.ts';
import { phases } from '../engine/phases.ts';
import { type Asked, checkCounts, receivedQuestion } from '../engine/remote/question.ts';
import { type Echo, sentSums, sentTallies } from '../engine/remote/reply.ts';
import { sha256 } from '../engine/remote/sha256.ts';
import { type FeatureFile, Shard } from '../engine/shard.ts';
import type { Model } from '../models/net.ts';
import { type Reading, readingHere } from '../models/reading.ts';
import { receivedModel } from '../models/sent-model.ts';
import { receivedForm } from './defend/form.ts';
import { defended } from './defend/job.ts';
import { Kept } from './kept.ts';

/** What an evaluator does with whole bodies. */
export interface Desk {
  /** Keeps the net in a body. Throws GoodnetError. */
  hold(hash: string, body: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The reply to the question in a body; `near` is the hash that the asker names for its pixels. Throws GoodnetError. */
  sums(body: Uint8Array<ArrayBuffer>, near: string | null): Promise<Uint8Array<ArrayBuffer>>;
  tallies(body: Uint8Array<ArrayBuffer>, near: string | null): Promise<Uint8Array<ArrayBuffer>>;
  /** The report, as JSON, of the whole job that a body asks for; `type` is what its header calls it. Throws GoodnetError. */
  defend(body: Uint8Array<ArrayBuffer>, type: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** What a desk is: bytes of memory that one net or one request may ask for, and that nets and features may each take in all. */
export interface DeskLimits {
  memoryBytes: number;
  /** Those of one whole job; `memoryBytes` where left out. */
  jobBytes?: number | undefined;
  featureBytes: number;
  /** Of goodnet. */
  version: string;
}

/** A network and the bytes of its weights. */
interface Cutting {
  network: Network;
  bytes: number;
}

/**
 * Computes on this thread, with the engine that it was started with. It keeps nets and features as long as there is
 * room: without them the answers are the same.
 */
export class LocalDesk implements Desk {
  private readonly models: Kept<Model>;
  private readonly cuttings: Kept<Cutting>;
  private readonly features: Kept<Features>;

  /** `reading` is how files of whole jobs are read. */
  constructor(
    private readonly limits: DeskLimits,
    private readonly reading: Reading = readingHere,
  ) {
    this.models = new Kept(limits.memoryBytes);
    this.cuttings = new Kept(limits.memoryBytes, ({ network }) => network.dispose());
    this.features = new Kept(limits.featureBytes);
  }

  async hold(hash: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    if ((await sha256(body)) !== hash) throw failure('request-invalid', 'request', { cause: 'it has another SHA-256' });
    this.models.put(hash, receivedModel(body, this.limits.memoryBytes), body.length);
  }

  async sums(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const asked = await receivedQuestion(body, false);
    const echo = await echoOf(asked, body);
    return this.answer(asked, (shard, count) => sentSums(echo, shard.sums(0, count)));
  }

  async tallies(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const asked = await receivedQuestion(body, true);
    const echo = await echoOf(asked, body);
    const { order, stops } = asked.counts!;
    return this.answer(asked, (shard, count) => sentTallies(echo, shard.tallies(0, count, order, stops)));
  }

  async defend(body: Uint8Array<ArrayBuffer>, type: string): Promise<Uint8Array<ArrayBuffer>> {
    const { version, memoryBytes, jobBytes = memoryBytes } = this.limits;
    const place = { version, memoryBytes: jobBytes, reading: this.reading };
    const report = await defended(await receivedForm(body, type), place);
    return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
  }

  /** Whatever fails takes with it the network that it failed in. */
  private answer<T>(asked: Asked, work: (shard: Shard, count: number) => T): T {
    const key = JSON.stringify([asked.model, asked.cut]);
    try {
      const { network } = this.cutting(key, asked);
      const data = imagesOf(asked, network.parts.model);
      this.check(asked, network, data);
      const place = { featureBytes: 0, file: this.sectionOf(asked, network), searches: null, clock: new Clock(phases) };
      return work(new Shard(network, data, place), data.count);
    } catch (error) {
      this.cuttings.remove(key);
      throw error;
    }
  }

  /** The net in front of the question, cut where it says. Throws `model-unknown`. */
  private cutting(key: string, { model: hash, cut }: Asked): Cutting {
    const model = this.models.get(hash);
    if (model === undefined) throw failure('model-unknown', hash);
    const known = this.cuttings.get(key);
    if (known !== undefined) return known;
    const network = new Network(splitNet(model, cut && targetNamed(model, cut).cut));
    const cutting = { network, bytes: weightBytes(model) };
    this.cuttings.put(key, cutting, cutting.bytes);
    return cutting;
  }

  /** Throws `memory` where images as they came, features, and what a batch is computed of take more than there is, and `request-invalid`. */
  private check({ counts, cut }: Asked, { parts }: Network, { stored, count, imageBytes }: ScaledImages): void {
    const { rowBytes } = stored.data;
    const atOnce = Math.min(count, batchImages) * (livingBytesAnImage(parts) + imageBytes - rowBytes);
    const bytes = count * (parts.featureBytes + rowBytes) + atOnce;
    const most = this.limits.memoryBytes;
    if (bytes > most) throw failure('memory', 'request', { what: 'its chunk', bytes, most });
    if (counts !== null) checkCounts(counts, cut === null ? 0 : parts.channels);
  }

  /** Features by all that they depend on: the pixels' hash is that of what was received. */
  private sectionOf({ model, cut, data, pixels, layout, scale }: Asked, { parts }: Network): FeatureFile {
    const { shape, values } = pixels;
    const key = JSON.stringify([model, cut, data, shape, values instanceof Uint8Array, layout, scale]);
    return {
      put: (_, features) => this.features.put(key, features, features.count * parts.featureBytes),
      take: () => this.features.take(key),
    };
  }
}

const echoOf = async ({ model, data }: Asked, body: Uint8Array<ArrayBuffer>): Promise<Echo> => ({
  model,
  data,
  request: await sha256(body),
});

const weightBytes = ({ calls }: Model): number =>
  [...new Set(calls.map(({ layer }) => layer))]
    .flatMap(({ weights }) => weights)
    .reduce((sum, { values }) => sum + values.byteLength, 0);

/** The images of a question in front of its net. Throws `data-shape` or `pixel-scale`. */
function imagesOf({ pixels: { shape, values }, layout, scale, counts }: Asked, model: Model): ScaledImages {
  const [count, ...image] = shape as [number, ...number[]];
  chooseLayout(image, model.inputShape, layout, false, model.file);
  checkPixelScale(scale, model.inputShape, model.file);
  const size = values.length / count;
  const data = {
    shape: [...shape],
    dtype: values instanceof Uint8Array ? 'uint8' : 'float32',
    rowBytes: size * values.BYTES_PER_ELEMENT,
    rows: (start: number, stop: number) => values.subarray(start * size, stop * size),
  };
  const labels = counts?.labels ?? new Int32Array(count);
  const trueLabels = counts?.trueLabels ?? null;
  return scaled({ file: model.file, data, layout, byteUnits: false, labels, otherLabels: null, trueLabels }, scale);
}
