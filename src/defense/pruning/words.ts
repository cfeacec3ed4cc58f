import { channelsText, percentText } from '../../verdict/metrics.ts';
import { metrics } from '../../verdict/metric-table.ts';
import type { PruningFinding } from './findings.ts';
import type { PruningTrace } from './trace.ts';

const netNames = { pruned: 'pruned net', goodnet: 'GoodNet' };

/** What pruning found, in words. Source of the method: Liu et al. 2018 and the CSAW-HackML-2020 lab. */
export function pruningSentence(finding: PruningFinding, { layer, prunes }: Partial<PruningTrace>): string {
  const pruned = `${prunes === 'inputs' ? 'the inputs of ' : ''}${layer}`;
  switch (finding.code) {
    case 'default-layer':
      return `No layer was named. goodnet chose ${pruned}: ${choice[finding.reason]}.`;
    case 'order-given':
      return 'The channels were pruned in the order that the settings give, not by their mean activation.';
    case 'checkpoint-not-reached':
      return `Checkpoint ${finding.checkpoint} was not reached: pruning never costs more than ${finding.largestDrop.toFixed(2)} points of accuracy, so there is no model for it.`;
    case 'checkpoints-coincide':
      return `One pruning step crosses the checkpoints ${finding.checkpoints.join(' and ')} at once, so their models are the same (${channelsText(finding.channelsPruned)} pruned).`;
    case 'attack-fails':
      return `The attack ${finding.attack} succeeds on only ${percentText(finding.original)} of its ${finding.split} images before any pruning. Either the model has no such backdoor, or the labels or the trigger are not the attack's.`;
    case 'prune-resistant':
      return (
        `Pruning ${pruned} does not repair this: after pruning ${channelsText(finding.channelsPruned)} ${finding.checkpoint === null ? '(all there are)' : `(checkpoint ${finding.checkpoint})`} ` +
        `the attack ${finding.attack} still succeeds on ${percentText(finding.pruned)} of its ${finding.split} images, after ${percentText(finding.original)} before.`
      );
    case 'unlearning-may-repair':
      return 'Unlearning may: it looks for triggers itself and trains the net to ignore them (`--defenses pruning,unlearning`).';
    case 'would-pass':
      return `The first ${netNames[finding.kind]}${finding.within === null ? '' : ` up to ${reach(finding.within)}`} that meets every limit on validation has ${channelsText(finding.channelsPruned)} pruned: accuracy ${percentText(finding.accuracy)}, ASR ${percentText(finding.asr)}.`;
    case 'none-would-pass':
      return nonePasses(finding);
  }
}

const choice = {
  'deepest-on-every-path':
    'the deepest convolution with a rectifying activation that every path through the net passes',
  'no-layer-on-every-path':
    'no single convolution lies on every path, and shortcuts carry a backdoor around any one of them',
  'no-convolution': 'the last hidden Dense layer of a net without convolutions',
  'last-prunable': 'the last layer that can be pruned, since none suits better',
};

type NonePasses = Extract<PruningFinding, { code: 'none-would-pass' }>;

const reach = ({ checkpoint, channelsPruned }: NonNullable<NonePasses['within']>): string =>
  `checkpoint ${checkpoint} (${channelsText(channelsPruned)} pruned)`;

function nonePasses({ kind, within, metric, limit, firstLater }: NonePasses): string {
  const where = within === null ? 'at any step' : `up to ${reach(within)}`;
  const net = netNames[kind];
  const does = metric === 'all' ? 'meets all limits at once' : metrics[metric].meets(limit!);
  const later =
    firstLater === null
      ? 'no step beyond it does either'
      : `the first beyond it that does has ${channelsText(firstLater.channelsPruned)} pruned, at accuracy ${percentText(firstLater.accuracy)} and ASR ${percentText(firstLater.asr)}`;
  return `No ${net} ${where} ${does}${within === null && firstLater === null ? '' : `; ${later}`}.`;
}
