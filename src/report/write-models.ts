import { failure } from '../base/errors.ts';
import type { Net } from '../defense/defense.ts';
import type { ReadFile } from '../models/format.ts';
import { endingOf, formatOf, hasModelEnding } from '../models/formats.ts';
import { type Edits, editedWeights, isEdited, type Model } from '../models/net.ts';
import type { WrittenFile } from '../output/ledger.ts';
import type { Output } from '../output/output.ts';
import { type Candidate, stageOf } from '../verdict/figures.ts';

/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
  /** The place of its candidate. */
  of: number;
}

type Staged = Pick<Candidate, 'kind' | 'checkpoint' | 'stage'>;

/** A repaired net's file is named as its input is; a GoodNet's as its format says. */
function pathOf(folder: string, input: string, stage: string, joined: boolean): string {
  const ending = joined ? formatOf(input).goodnetEnding : endingOf(input);
  return `${folder}/${joined ? 'goodnet' : 'model'}_${stage}${ending}`;
}

/** Whether a path in an output folder is a repaired model's. */
export const isModelFile = (file: string): boolean => /\/(model|goodnet)_[^/]+$/.test(file) && hasModelEnding(file);

/** Every path that the nets of some stages may be written to for the model file `input`. */
export const modelPaths = (folder: string, input: string, stages: readonly string[]): string[] =>
  stages.flatMap((stage) => [false, true].map((joined) => pathOf(folder, input, stage, joined)));

/** The candidates that have a file, in the order in which they are written: those of a stage, which share their weights, together. */
export function inStages<C extends Staged>(candidates: readonly C[]): { stage: string; members: [C, number][] }[] {
  const stages = [...new Set(candidates.flatMap((candidate) => stageOf(candidate) ?? []))];
  const placed = candidates.map((candidate, i): [C, number] => [candidate, i]);
  return stages.map((stage) => ({ stage, members: placed.filter(([candidate]) => stageOf(candidate) === stage) }));
}

/** What the repaired models of one model are made from. */
export interface Repairs extends ReadFile {
  /** Reads a file in the place of the input, with weights that may be known. */
  again: (bytes: Uint8Array, known: Edits) => Promise<ReadFile>;
  candidates: readonly Candidate[];
  nets: readonly Net[];
}

/**
 * Stages each candidate's file: `model_X=4`, which ends as the input does, and `goodnet_X=4`. A repaired file that is
 * not the net that was scored is refused: values of its input share bytes. Throws `hdf5-objects`.
 */
export async function stageModelFiles(
  { model, bytes, again, candidates, nets }: Repairs,
  output: Output,
  folder: string,
): Promise<ModelFile[]> {
  const format = formatOf(model.file);
  const files: ModelFile[] = [];
  const repaired = async (edits: Edits): Promise<Uint8Array> => {
    const written = await format.repaired({ model, bytes }, edits);
    if (await isAsScored(model, edits, again(written, editedWeights(model, edits)))) return written;
    throw failure('hdf5-objects', model.file, { cause: shared });
  };
  for (const { stage, members } of inStages(candidates)) {
    const edits = nets[members[0]![1]]!.edits();
    for (const [{ kind }, of] of members) {
      const joined = kind === 'goodnet';
      const path = pathOf(folder, model.file, stage, joined);
      const file = joined
        ? await output.stageInPieces(path, (content) => format.joined({ model, bytes }, edits, content))
        : output.stage(path, await repaired(edits));
      files.push({ of, ...file });
    }
  }
  return files;
}

const shared = 'values that share bytes: a change of one weight changes others, too';

/** Whether a written file is the net with these edits; one that cannot be read is not. */
const isAsScored = (model: Model, edits: Edits, written: Promise<ReadFile>): Promise<boolean> =>
  written.then(
    (found) => isEdited(model, edits, found.model),
    () => false,
  );
