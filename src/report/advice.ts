import { ownLimits } from '../verdict/metric-table.ts';
import { code } from './escape.ts';
import type { ModelReport, Report } from './record/report.ts';
import { candidateName } from './wording.ts';

/** What to do next about one model, in one or two sentences of Markdown. */
export function advice(model: ModelReport, report: Pick<Report, 'config'>): string {
  const recommended = model.gate.recommended === null ? null : model.candidates[model.gate.recommended]!;
  const out = (report.config['out']?.value ?? '') as string;
  const file = recommended?.file == null ? '' : code(`${out}/${recommended.file}`);
  switch (model.gate.verdict) {
    case 'passed':
      return recommended!.file === null
        ? 'The submitted model meets every limit: ship it as it is.'
        : `Ship ${file} (SHA-256 ${code(recommended!.sha256 ?? '')}) instead of the submitted model.`;
    case 'inconclusive':
      return 'Give more images, as many as the verdict names, or judge by the rate itself (`judge-by: rate`) if that is sure enough for you.';
    case 'repairable':
      return recommended!.file === null
        ? 'The submitted model itself meets the limits: add `original` to `accept` if it is what you are going to ship.'
        : `${file} (${candidateName(recommended!)}) meets every limit. Add \`${recommended!.kind}\` to \`accept\` if that is what you are going to ship, or commit that file in place of the model.`;
    case 'failed':
      return failed(model);
    case 'ungated':
      return `Set ${ownLimits()} to make this a gate.`;
  }
}

function failed({ candidates, findings, gate }: ModelReport): string {
  if (gate.doubt !== undefined) return doubtAdvice[gate.doubt.code];
  if (Object.keys(candidates[0]!.validation.poisoned).length === 0)
    return 'Name poisoned images under `attacks`: without them nobody knows whether an attack succeeds.';
  if (findings.some(({ code: found }) => found === 'unlearning-may-repair'))
    return `Do not ship this model. Run goodnet again with \`defenses: [pruning, unlearning]\` and \`unlearned\` in \`accept\`, or retrain from data that you trust.`;
  if (findings.some(({ code: found }) => found === 'prune-resistant')) {
    return 'Do not ship this model. Pruning this layer does not remove the backdoor: retrain from data that you trust, or try another `layer` or `prune-inputs-of`.';
  }
  return 'Do not ship this model as it is. See the findings for the first step that would meet the limits, and change `checkpoints`, `layer` or the limits only if that is what you mean.';
}

/** Seconds as people say them, rounded up. */
export function durationText(seconds: number): string {
  const [value, unit] =
    seconds < 90 ? [seconds, 's'] : seconds < 5400 ? [seconds / 60, 'minutes'] : [seconds / 3600, 'hours'];
  return `about ${Math.max(1, Math.ceil(value))} ${unit}`;
}

const doubtAdvice = {
  'half-precision':
    'The figures are those of the same weights in float32. Build the net with the policy `float32`, load the weights into it, and gate that file: it is the one to ship.',
  'keras-versions-differ':
    'The figures are those of Keras 2. Load the model in the Keras that you use, save it there, and gate that file: it is the one to ship.',
  'answers-at-random':
    'Save the net that follows the augmentation, as `keras.Sequential(net.layers[1:])` does where it stands first, and gate that file: it is the one to ship.',
  'graph-rewritten':
    'The figures are those of `net(images)`. Build the net so that `predict` computes the same, as the finding says, and gate that file: it is the one to ship.',
  'rounding-decides':
    'Do not ship this model. Trained weights do not cancel so: it may have been made to answer otherwise where it is used.',
};
