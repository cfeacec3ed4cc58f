import { ofOnnxruntime, type Rewrite } from '../models/rewritten.ts';
import type { Doubt, RoundingDecides } from '../verdict/doubt.ts';
import { defenseSentence } from '../defense/registry.ts';
import { stageOf } from '../verdict/figures.ts';
import type { Finding } from './record/findings.ts';
import { metrics } from '../verdict/metric-table.ts';
import { channelsText, percentText } from '../verdict/metrics.ts';
import type { CandidateReport, ModelReport, Report } from './record/report.ts';

/** `original`, `pruned X=4`, `goodnet X=4`, `unlearned_2`. */
export function candidateName(candidate: Pick<CandidateReport, 'kind' | 'checkpoint' | 'stage'>): string {
  const stage = stageOf(candidate);
  if (stage === null) return candidate.kind;
  return stage.startsWith(candidate.kind.replace('-', '')) ? stage : `${candidate.kind} ${stage}`;
}

/** The verdict on a model in one line. */
export function verdictLine(
  model: Pick<ModelReport, 'gate' | 'candidates'> & Partial<Pick<ModelReport, 'findings'>>,
): string {
  const repeats =
    model.candidates[0]!.test !== null && model.findings?.some(({ code }) => code === 'judged-on-same-images');
  return `${verdictOn(model)}${repeats ? ' It was chosen and judged on the same images.' : ''}`;
}

function verdictOn({ gate, candidates }: Pick<ModelReport, 'gate' | 'candidates'>): string {
  const fileOf = (index: number) => candidates[index]!.file?.split('/').at(-1) ?? 'the submitted model';
  const name = gate.recommended === null ? '' : fileOf(gate.recommended);
  const fallen =
    gate.failedOnTest === null
      ? 'no file of an accepted kind meets the limits'
      : `${fileOf(gate.failedOnTest)} was chosen on validation, but does not meet the limits on test`;
  if (gate.doubt !== undefined) return `Gate not met: ${doubtText(gate.doubt)}.`;
  switch (gate.verdict) {
    case 'passed':
      return `Passed: ship ${name}.`;
    case 'inconclusive':
      return `Inconclusive: ${name} meets the limits on these images, which are too few to be sure${undecidedText(gate)}.`;
    case 'repairable':
      return `Gate not met: ${fallen}; ${name}, of another kind, does.${meant(gate.rules)}`;
    case 'failed':
      return `Gate not met: ${Object.keys(candidates[0]!.validation.poisoned).length === 0 ? 'no attack was measured, so nothing can be recommended' : gate.failedOnTest === null ? 'no candidate meets the limits' : fallen}.${meant(gate.rules)}`;
    case 'ungated':
      return 'Not gated: no limit is set.';
  }
}

/** What a limit on ASR of at most 1 means, where a figure does not meet it as percent and would as a share. */
function meant(rules: ModelReport['gate']['rules']): string {
  const limit = rules.find(
    ({ metric, limit, actual, met }) =>
      metric === 'asr' && !met && limit > 0 && limit <= 1 && actual !== null && actual <= 100 * limit,
  )?.limit;
  if (limit === undefined) return '';
  return ` The limit on ASR is ${limit}%, not ${Number((100 * limit).toPrecision(12))}%.`;
}

/** What intervals leave open of the recommended candidate, and how many images would tell. */
function undecidedText({ rules, recommended }: ModelReport['gate']): string {
  const open = rules.flatMap(({ candidate, split, metric, limit, undecided }) =>
    candidate === recommended && undecided !== undefined ? [{ split, metric, limit, ...undecided }] : [],
  );
  const words = open.map(({ split, metric, limit, end, images }) => {
    const { name, unit, images: sort } = metrics[metric];
    const needed =
      images === null
        ? 'as it lies on the limit itself, no number of images decides'
        : `about ${images.toLocaleString('en')} ${sort} images would decide`;
    return `${name} on ${split} may be ${percentText(end)}, and the limit is ${limit}${unit} (${needed})`;
  });
  return words.length === 0 ? '' : `: ${words.join('; ')}`;
}

/** What a graph computes otherwise, and what mends it. */
const rewritten: Record<Rewrite, string> = {
  slope: 'a leaky ReLU behind a convolution and an Add gets the slope 0.2, whatever its own; use 0.2, or a PReLU',
  multiple:
    'the Maximum of a tensor and a multiple of it above 1, or what may be one, becomes a leaky ReLU of that slope; write it as a leaky ReLU and a Rescaling',
  gelu: 'what is almost a GELU, a product by hand or one that is scaled by about 1, becomes one; use `activation="gelu"` alone',
  hard_swish:
    'what is almost a hard swish, a product by hand or one that is scaled by about 1, becomes one; use `activation="hard_swish"` alone',
  fraction: 'the quotient of a quotient is divided by the product of the divisors; divide once',
  mish: 'a mish behind a convolution and an Add fails; put it into the layer before',
  fast_gelu: 'what is almost a GELU by tanh, a product by hand, becomes one; use one `Gelu` node',
};

/** What a net computes that is not rewritten, and what runs it otherwise. */
const asWritten = (rewrite: Rewrite): string =>
  ofOnnxruntime.has(rewrite)
    ? 'The figures are those of the net as its file has it, of which onnxruntime makes another one'
    : 'The figures are those of `net(images)`. `predict` and `evaluate` run the net as a graph, of which TensorFlow makes another one';

const optimizer = (rewrite: Rewrite): string =>
  ofOnnxruntime.has(rewrite) ? 'onnxruntime' : 'TensorFlow, where `predict` runs it as a graph,';

/** Why figures carry no verdict, and what mends it. */
export function doubtText(doubt: Doubt): string {
  if (doubt.code === 'rounding-decides') return hinges(doubt);
  if (doubt.code === 'keras-versions-differ')
    return `its \`${doubt.activation}\` is one function in Keras 2, which wrote the file, and another in Keras 3, which loads it too; save it with the Keras that will use it`;
  if (doubt.code === 'answers-at-random')
    return `its ${doubt.augmentation} changes images at random where Keras calls the net as \`net(images)\`, and not in \`predict\`: such answers are not scored; save the net without it`;
  if (doubt.code === 'graph-rewritten')
    return `${optimizer(doubt.rewrite)} makes another net of it: ${rewritten[doubt.rewrite]}`;
  return `computed in float32, declared in ${doubt.declared}: its classes depend on rounding that goodnet does not compute; save the net in float32`;
}

function hinges({ channelsPruned, stage, split, attack, images, changed }: RoundingDecides): string {
  const pruned = channelsPruned === 0 ? '' : ` of the net with ${channelsText(channelsPruned)} pruned`;
  const net = stage === undefined ? pruned : ` of ${stage}`;
  return (
    `its classes hinge on the last bits of float32: ${changed} of ${images} ${attack === null ? 'clean ' : ''}${split} images${attack === null ? '' : ` of ${attack}`} may get another class${net} ` +
    'where sums are rounded otherwise, in Keras or on another machine; train it again without weights that cancel'
  );
}

/** What a run was made in: Node, or the browser that calls itself so. */
export const runtimeOf = ({ node }: Pick<Report['run'], 'node'>): [what: string, which: string] =>
  /^v\d/.test(node) ? ['Node', node] : ['browser', node];

/** The verdict on a whole run in one line. */
export function runLine({ verdict, models, errors }: Pick<Report, 'verdict' | 'models' | 'errors'>): string {
  const all = models.length + errors.length;
  const of = (count: number): string => (all === 1 ? '' : `: ${count} of ${all} models`);
  const unmet = models.filter(({ gate }) => gate.verdict !== 'passed' && gate.verdict !== 'ungated').length;
  const failing = unmet > 0 ? `, gate not met${all === 1 ? '' : ` by ${unmet}`}` : '';
  switch (verdict) {
    case 'passed':
      return `Passed${all === 1 ? '' : `: all ${all} models`}`;
    case 'inconclusive':
      return `Inconclusive${of(unmet)}`;
    case 'repairable':
      return `Gate not met, but repairable${of(unmet)}`;
    case 'failed':
      return `Gate not met${of(unmet)}`;
    case 'ungated':
      return 'Not gated: no limit is set';
    case 'error':
      return `Not evaluated${of(errors.length)}${failing}`;
  }
}

/** A finding in words. */
export function sentence(
  finding: Finding,
  model: Pick<ModelReport, 'layer'> & Partial<Pick<ModelReport, 'candidates' | 'rankLayer' | 'prunes'>>,
): string {
  switch (finding.code) {
    case 'keras-versions-differ':
      return `The figures are those of Keras 2, which wrote the file: its \`${finding.activation}\` is clip(0.2 x + 0.5, 0, 1). Keras 3 loads the file too and computes relu6(x + 3) / 6.`;
    case 'computed-in-float32':
      return `The net declares half precision (${finding.declared}); goodnet computed it in float32, which keeps more digits. Where rounding decides between classes, images may get another class than on your machine.`;
    case 'answers-at-random':
      return `The figures are those of \`predict\` and \`evaluate\`. Called as \`net(images)\`, this net changes each image at random first (${finding.augmentation}), and Keras 3 computes BatchNormalization behind that from the batch it is given.`;
    case 'graph-rewritten':
      return `${asWritten(finding.rewrite)}: ${rewritten[finding.rewrite]}.`;
    case 'rounding-decides':
      return `On other machines this is another net: ${hinges(finding)}.`;
    case 'no-attack-measured':
      return 'No poisoned images were given. Without them nobody knows whether an attack succeeds, so no model is recommended.';
    case 'many-target-classes':
      return `The ${finding.split} images of the attack ${finding.attack} have ${finding.classes} different labels. ASR counts predictions of the label: is it the class that the attacker wants, and not the true one?`;
    case 'judged-on-same-images':
      return `${model.candidates?.[0]!.test ? 'Test images are those of validation, by their SHA-256' : 'There is no test split'}: the model was chosen and judged on the same images, so its figures are optimistic.`;
    case 'folders-by-number':
      return "The names of class folders are numbers and were taken for the classes. Keras's image_dataset_from_directory sorts them as text (0, 1, 10, 2), which makes other classes of them. `goodnet inspect` with these images tells which the net was trained on; say it with `class-folders: numbers` or `class-folders: sorted`.";
    case 'interval-spans-limit':
      return (
        `The limit of ${finding.limit}% for ${metrics[finding.metric].name} lies inside the 95% interval ` +
        `${percentText(finding.low)} to ${percentText(finding.high)} of ${model.candidates ? candidateName(model.candidates[finding.candidate]!) : 'the candidate'} on ${finding.split}: other images could turn the verdict.`
      );
    case 'asr-floor':
      return `${finding.images} of the ${finding.split} images poisoned by ${finding.attack} show the target class itself. They count as successes without any backdoor, so its ASR cannot fall far below ${percentText(finding.floor)}.`;
    default:
      return defenseSentence(finding, model);
  }
}

/** What is told where the files of an earlier run went from the output folder `out`. */
export function replacedLine(folders: readonly string[], out: string): string {
  const named = folders.slice(0, 8).join(', ');
  return `${out}: a folder holds one run; of an earlier one ${folders.length === 1 ? 'this is' : 'these are'} removed: ${named}${folders.length > 8 ? ` and ${folders.length - 8} more` : ''}`;
}

/** What is told where a model was to be given the triggers in a scan's folder. */
export const scannedLine = ({ model, folder, problem }: ScannedTriggers): string =>
  problem === null
    ? `${model}: triggers of the first round are those in ${folder}`
    : `${model}: triggers in ${folder} are not taken (${problem}); they are looked for anew`;

/** A scan's folder of a model, and why its triggers are not the model's; null where they are. */
export interface ScannedTriggers {
  model: string;
  folder: string;
  problem: string | null;
}
