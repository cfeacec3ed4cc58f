import { allOf } from '../../data/all-of.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { SplitData } from '../../data/splits.ts';
import { chunkSize } from '../chunks.ts';
import {
  type Elsewhere,
  type CountersOf,
  type Evaluator,
  inChunks,
  type Load,
  type Opened,
  type Used,
  type Work,
} from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import { type Draw, mulberry32 } from '../training/draw.ts';
import { addressOf } from './address.ts';
import { askedJobs } from './asking-counter.ts';
import { type AwsKeys, checkAwsKeys } from './aws-keys.ts';
import { Connection } from './connection.ts';
import { RemoteCounter } from './counter.ts';
import { Fleet } from './fleet.ts';
import { type Patience, usualPatience } from './patience.ts';
import { picked } from './picks.ts';
import { checkToken } from './token.ts';

/** Which evaluators are asked, and how. */
export interface RemoteSettings {
  urls: readonly string[];
  /** Requests at once for each; undefined: as many as it asks for. */
  concurrency: number | undefined;
  /** Chunks of a hundred that are computed again here. */
  checkPercent: number;
}

/** Requests at once for an evaluator, at most, unless a setting wants more: each takes memory here. */
const mostUnasked = 64;

/** What asking takes of the world. */
export interface RemotePlace {
  version: string;
  kernels: string;
  token?: string | undefined;
  /** What requests to functions of AWS are signed with, where there is no token. */
  aws?: AwsKeys | undefined;
  fetch?: typeof fetch;
  signal?: AbortSignal;
  patience?: Patience;
  /** What the chunks that are computed again are drawn by; by chance unless given, so that no evaluator knows them. */
  seed?: number;
}

/** The evaluators that the settings name, for sums and tallies; `local` computes all else. Throws `usage`, `evaluator-url`, `evaluator-unfit` or `evaluator-lost`. */
export async function openRemote(settings: RemoteSettings, local: Evaluator, place: RemotePlace): Promise<Remote> {
  const { patience = usualPatience, version, kernels, token, aws } = place;
  checkToken(token);
  checkAwsKeys(aws);
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...(place.signal === undefined ? [] : [place.signal])]);
  const calling = { fetch: place.fetch ?? fetch, token, aws, deadlineMs: patience.deadlineMs };
  const urls = [...new Set(settings.urls.map((url) => addressOf(url).href))];
  const connections = urls.map((url) => new Connection(new URL(url), calling, patience, signal));
  const fleet = new Fleet(connections, patience, signal);
  await fleet.greet({ version, kernels });
  const [chance] = crypto.getRandomValues(new Uint32Array(1));
  return new Remote(local, fleet, settings, mulberry32(place.seed ?? chance!), ended);
}

/** Sums and tallies of evaluators on other machines, everything else of a local one, which computes some chunks again. */
export class Remote implements Evaluator {
  constructor(
    private readonly local: Evaluator,
    private readonly fleet: Fleet,
    private readonly settings: Omit<RemoteSettings, 'urls'>,
    private readonly draw: Draw,
    private readonly ended: AbortController,
  ) {}

  get count(): number {
    return this.local.count;
  }

  get work(): Work {
    return this.local.work;
  }

  get used(): Used[] {
    return this.fleet.connections.map(({ url, hello, chunks, checked }) => ({
      url: url.href,
      version: hello.version,
      chunks,
      checked,
    }));
  }

  get elsewhere(): Elsewhere {
    const { connections, retries } = this.fleet;
    return {
      of: connections.length,
      answering: connections.filter(({ rest }) => rest.isOver).length,
      chunks: connections.reduce((sum, { chunks }) => sum + chunks, 0),
      retries,
    };
  }

  /** Puts the data in front of the net here. Evaluators are sent the net with the first of its chunks. */
  async open(parts: Parts, data: readonly SplitData[], load: Load = {}): Promise<Opened> {
    this.fleet.believe();
    const checked = data.map((split) => allOf(split).map((images) => this.picked(parts, images)));
    const again = checked.flat().reduce((sum, { size }) => sum + size, 0);
    const { workers, close: closeLocal } = await this.local.open(
      parts,
      data,
      load.isCounted ? { ...load, chunks: again } : load,
    );
    const closed = new AbortController();
    const signal = AbortSignal.any([this.fleet.signal, closed.signal]);
    const jobOf = askedJobs(parts, data);
    const counters: CountersOf = (split, dataset) => {
      const own = { checked: checked[split]![dataset]!, local: workers(split, dataset), signal };
      const job = { ...jobOf(split, dataset), ...own };
      return this.lanes().map((home) => new RemoteCounter(job, this.fleet, home));
    };
    const close = async (): Promise<void> => {
      closed.abort();
      await closeLocal();
    };
    return { splits: inChunks(parts, data, workers, counters), workers, close };
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await this.local.stop();
  }

  /** The chunks of a dataset that are computed again here. */
  private picked(parts: Parts, images: Dataset): Set<number> {
    return picked(Math.ceil(images.count / chunkSize(parts, images)), this.settings.checkPercent, this.draw);
  }

  /** The place of an evaluator for each request that is made at once: each evaluator's first, then each one's second. */
  private lanes(): number[] {
    const { concurrency } = this.settings;
    const counts = this.fleet.connections.map(
      ({ hello }) => concurrency ?? Math.min(mostUnasked, hello.limits.concurrency),
    );
    return Array.from({ length: Math.max(...counts) }, (_, turn) =>
      counts.flatMap((count, home) => (turn < count ? home : [])),
    ).flat();
  }
}
