import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Config, configSchema } from '../../settings/config.ts';
import { pinned, splitsOf } from '../../settings/split-files.ts';
import { withRole } from '../../settings/roles.ts';
import { hashInput } from '../../data/folder.ts';
import { GoodnetError } from '../../base/errors.ts';
import type { PinnedFile } from '../../base/files.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import { type Kept, keptText, parseKept } from '../../report/record/kept.ts';
import type { WrittenFile } from '../../output/ledger.ts';
import type { Output } from '../../output/output.ts';
import { partsOfABatch } from '../../engine/training/draw.ts';
import type { TriggerStore } from '../../defense/reversal/search.ts';
import type { TrainingStore } from '../../defense/retraining/attempts.ts';
import { keptTrainings } from '../kept-trainings.ts';
import { keptTriggers } from '../kept-triggers.ts';
import type { ModelReport } from '../../report/record/report.ts';
import { inStages } from '../../report/write-models.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';

/** Keeps finished models beside their staged files, and takes up those that a stopped run kept. */
export class Keeper {
  private readonly circumstances: string;
  /** SHA-256 of every file that the config names, by path; null where one cannot be read. */
  private data: Map<string, string> | null | undefined;

  constructor(
    private readonly output: Output,
    private readonly settings: ResolvedConfig,
    private readonly baseline: Baseline | null,
    private readonly world: { cwd: string; version: string },
  ) {
    this.circumstances = identityOf(settings, baseline, world.version);
  }

  /** Keeps a model that is finished in place of its trainings, and answers it. Throws `output-unwritable`. */
  keep(finished: Kept): Kept {
    const { name } = finished.model;
    this.output.keep(name, keptText(finished, this.circumstances));
    this.output.forget(`${trainingsOf(name)}-`);
    return finished;
  }

  /** The model as a stopped run finished it, its files staged; null where there is none, or another file, setting, version or figure. */
  take(model: string, folder: string): Kept | null {
    const text = this.output.keptAs(folder);
    if (text === undefined) return null;
    const hashes = this.hashesOf(model);
    const found =
      hashes &&
      parseKept(
        text,
        { path: model, folder, circumstances: this.circumstances, hashes },
        { ...this.settings, baseline: this.baseline },
      );
    const files = found && repairsOf(found.model);
    return files !== null && this.output.adopt(files) ? found : null;
  }

  /** Triggers that were found for a model in a round, by this run or by the one that it resumes. */
  triggersOf(model: string, folder: string): (round: number) => TriggerStore {
    const identified = this.identified(model);
    return (round) => keptTriggers(this.output, `${folder}.triggers-${round}`, identified);
  }

  /** What trainings made of a model, by this run or by the one that it resumes. */
  trainingsOf(model: string, folder: string): TrainingStore {
    return keptTrainings(this.output, trainingsOf(folder), this.identified(model, { partsOfABatch }));
  }

  /** Stands for all that is computed of a model, and by what; null where a file cannot be read. */
  private identified(model: string, ...by: readonly object[]): () => string | null {
    let identity: string | null | undefined;
    return () => {
      if (identity === undefined) {
        const hashes = this.hashesOf(model);
        identity = hashes && JSON.stringify([this.circumstances, [...hashes].sort(), ...by]);
      }
      return identity;
    };
  }

  private hashesOf(model: string): Map<string, string> | null {
    const { config } = this.settings;
    this.data ??= hashesOf(filesOf(config), this.world.cwd);
    const own = hashesOf([{ file: model }], this.world.cwd);
    return own && this.data && new Map([...own, ...this.data]);
  }
}

/** What a model's trainings are kept by, before their stage and rate. */
const trainingsOf = (folder: string): string => `${folder}.trained`;

/** A repaired model's file. */
type RepairedFile = Omit<WrittenFile, 'bytes'>;

/** The repaired models that a report names, in the order in which they were written; null where it names none for some candidate. */
function repairsOf({ candidates }: ModelReport): RepairedFile[] | null {
  const members = inStages(candidates).flatMap((stage) => stage.members);
  const files = members.flatMap(([{ file, sha256 }]): RepairedFile[] =>
    file === null || sha256 === null ? [] : [{ path: file, sha256 }],
  );
  return files.length === candidates.length - 1 ? files : null;
}

/** The data files, triggers and architecture that a config names. */
function filesOf(config: Config): PinnedFile[] {
  const splits = splitsOf(config);
  const images = splits.flatMap(({ attacks }) =>
    attacks.flatMap(([, setting]) =>
      'trigger' in setting
        ? [setting.trigger.image, ...(setting.trigger.mask === undefined ? [] : [setting.trigger.mask])].map(pinned)
        : [setting],
    ),
  );
  return [
    ...(config.architecture === undefined ? [] : [pinned(config.architecture)]),
    ...splits.map(({ clean }) => clean),
    ...images,
  ];
}

function hashesOf(files: readonly PinnedFile[], cwd: string): Map<string, string> | null {
  try {
    return new Map(files.map((pin) => [pin.file, hashInput(path.resolve(cwd, pin.file), pin)]));
  } catch (error) {
    if (error instanceof GoodnetError) return null; // the model is computed again, which tells why
    throw error;
  }
}

/** What all results of a run depend on besides its files. The list of models may grow or shrink, and the output folder move. */
function identityOf({ config, sources }: ResolvedConfig, baseline: Baseline | null, version: string): string {
  const deciding = withRole(configSchema, 'data', 'measure', 'limit');
  const rest = (values: object): object =>
    Object.fromEntries(Object.entries(values).filter(([name]) => deciding.includes(name as keyof Config)));
  return createHash('sha256')
    .update(JSON.stringify({ version, config: rest(config), sources: rest(sources), baseline }))
    .digest('hex');
}
