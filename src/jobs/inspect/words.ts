import { dialectName } from '../../models/formats.ts';
import type { Column } from '../../report/columns.ts';
import { middle, plainText } from '../../report/escape.ts';
import { doubtText, sentence } from '../../report/wording.ts';
import { doubtOf } from '../../verdict/doubt.ts';
import type { Inspection, LayerInfo } from './inspect.ts';
import type { Probe, Trial } from './probe.ts';

/** Letters of a name in a table or beside it. */
const longestName = 60;

/** A foreign name that leaves a table its shape. */
export const short = (name: string, most = longestName): string => plainText(middle(name, most));

/** What kind of net a file holds. */
export const netWords = ({ path, dialect, inputShape, classes }: Inspection): string =>
  `${dialectName(path, dialect)}, input ${inputShape.join('x')}, ${classes} classes`;

/** The layers of a model; `yes` is how a layer that can be pruned is marked. */
export const layerColumns = (yes: string): Column<LayerInfo>[] => [
  { head: 'layer', words: true, cell: ({ name }) => short(name) },
  { head: 'class', words: true, cell: ({ className }) => className },
  { head: 'output', cell: ({ shape }) => shape.join('x') },
  { head: 'parameters', cell: ({ parameters }) => parameters.toLocaleString('en') },
  {
    head: 'prunable',
    cell: ({ obstacle }) => (obstacle === null ? yes : obstacle === 'yields-classes' ? 'yields the classes' : ''),
  },
];

/** What would be pruned, and why. */
export function choiceWords({ choice, problem }: Inspection): string[] {
  if (choice === null) return [plainText(problem ?? '')];
  const { channels, prunes, reason } = choice;
  const [layer, rankLayer] = [short(choice.layer), short(choice.rankLayer)];
  return [
    `prunes the ${channels} ${prunes === 'outputs' ? 'output' : 'input'} channels of ${layer}, ranked at ${rankLayer}`,
    ...(reason === null ? [] : [plainText(sentence({ code: 'default-layer', reason }, { ...choice, layer }))]),
  ];
}

/** Why no gate would pass this net, where something is known. */
export function doubtWords(model: Inspection): string[] {
  const doubt = doubtOf(model);
  return doubt === null ? [] : [`No gate passes this net: ${doubtText(doubt)}.`];
}

const readings = { numbers: 'by the numbers in their names', sorted: 'sorted as text' };

/** How pixels were prepared for a trial. */
export const trialName = ({ range, layout, folders }: Trial): string =>
  `${range}, ${layout}${folders === null ? '' : `, class folders ${readings[folders]}`}`;

/** A few images do not tell by which numbers they were normalised. */
const othersThanImageNets =
  "If training normalised images by another mean and standard deviation than ImageNet's, take those: `--mean M --std S` beside this scale, as they stood there.";

/** What follows from the trials. */
export function probeWords({ trials, best, close, verdict }: Probe): string[] {
  const name = (i: number): string => trialName(trials[i]!);
  const normalised = [best, ...close].some((i) => trials[i]!.range === 'ImageNet');
  const words = {
    right: `Right: pixels ${name(best)}.`,
    close: `Most accurate: pixels ${name(best)}. These images cannot tell it from ${close.map(name).join(' and ')}: compare with the accuracy that you know from training.`,
    set: 'This is what the settings say, and all that was tried.',
    none: 'None of these is right: the net does no better than if it always answered the most frequent class. It may want a mean and standard deviation for each channel (`--mean M --std S`, in PyTorch those of `Normalize`, which are of pixels in 0..1: `--scale 1/255`), channels in another order, or the labels are numbered otherwise.',
  };
  return [words[verdict], ...(normalised && verdict !== 'none' ? [othersThanImageNets] : [])];
}
