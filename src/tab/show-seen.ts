import type { Given } from '../settings/config.ts';
import { element, part, table } from './draw.ts';
import type { Seen, Way } from './orders.ts';

let ways: readonly Way[] = [];

const another = 'another';
const way = part<HTMLSelectElement>('way');
way.onchange = () => chooseWay();

/** Shows what a model is, and settings that fit it. */
export function showSeen({ about, layers, ways: found, doubt }: Seen): void {
  const list = about.flatMap(([what, words]) => [element('dt', {}, what), element('dd', {}, words)]);
  const rows = layers.rows.map((cells) => ({ cells }));
  part('about').replaceChildren(
    element('dl', {}, ...list),
    element(
      'details',
      {},
      element('summary', {}, `All ${rows.length} layers`),
      table('Layers, and which can be pruned', layers.head, rows, layers.right),
    ),
  );
  ways = found;
  way.replaceChildren(
    ...found.map(({ words, accuracyPercent }, i) =>
      element('option', { value: String(i) }, `${words}: ${accuracyPercent.toFixed(2)}% of clean images right`),
    ),
    element('option', { value: another }, found.length === 0 ? 'as set here' : 'another: as set here'),
  );
  part('doubt').textContent = doubt.replaceAll(/`([^`]*)`/g, (_, code: string) => code.replaceAll('--', ''));
  chooseWay();
  for (const [name, limit] of Object.entries(found[0]?.limits ?? {})) field(name).value = String(limit);
  part('seen').hidden = false;
}

function chooseWay(): void {
  part('another').hidden = way.value !== another;
}

const field = (id: string): HTMLInputElement => part<HTMLInputElement>(id);
const isChecked = (id: string): boolean => field(id).checked;

/** The settings as the form has them. What no setting may be is left for the checks that all settings go through. */
export function settingsNow(): Given {
  const unlearns = isChecked('unlearning');
  const kinds = {
    original: isChecked('accept-original'),
    pruned: isChecked('accept-repaired'),
    unlearned: isChecked('accept-repaired') && unlearns,
    goodnet: isChecked('accept-goodnet'),
  };
  const accept = Object.entries(kinds).flatMap(([kind, isAccepted]) => (isAccepted ? [kind] : []));
  return {
    ...(way.value === another ? written() : ways[Number(way.value)]!.settings),
    ...limit('min-accuracy'),
    ...limit('max-asr'),
    accept: accept as Given['accept'] & object,
    defenses: unlearns ? ['pruning', 'unlearning'] : ['pruning'],
  };
}

/** Scale, mean and std as they were typed. */
function written(): Given {
  const text = (id: string): string => field(id).value.trim();
  const numbers = (id: string): Given =>
    text(id) === ''
      ? {}
      : {
          [id]: text(id)
            .split(/[\s,]+/)
            .map(Number),
        };
  const scale = text('scale');
  return {
    ...(scale === '' ? {} : { scale: Number.isFinite(Number(scale)) ? Number(scale) : scale }),
    ...numbers('mean'),
    ...numbers('std'),
  };
}

/** A limit, or none where nothing was typed. */
function limit(name: 'min-accuracy' | 'max-asr'): Given {
  const text = field(name).value.trim();
  if (text === '') return {};
  return { [name]: /^[\d.]+$/.test(text) ? Number(text) : text };
}
