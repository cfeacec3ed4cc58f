import type { Kind } from '../settings/config.ts';
import { metrics } from '../verdict/metric-table.ts';
import { plainText } from './escape.ts';
import { acceptedKinds } from './candidate-tables.ts';
import type { ModelReport, Report } from './record/report.ts';
import { percentText } from '../verdict/metrics.ts';
import { candidateName, verdictLine } from './wording.ts';

const mostResults = 100,
  longestMessage = 1000;

/** Rules of the log by their id: the name of the limit's setting, or why there is none to name. */
const rules: Record<string, { title: string; help: string }> = {
  ...Object.fromEntries(Object.values(metrics).map(({ setting, alert }) => [setting, alert])),
  'gate-not-met': {
    title: 'There is no candidate that the limits could be met by.',
    help: 'No attack was measured, no file of an accepted kind was made, or the figures are in doubt. Name attacks, change `checkpoints` or `accept`, or save the net in float32.',
  },
  'not-evaluated': {
    title: 'The model was refused.',
    help: 'goodnet could not read the model or the data, so nothing is known about it. The message says what to do.',
  },
};
const ruleIds = Object.keys(rules);

interface Result {
  ruleId: string;
  path: string;
  text: string;
  identity: string;
}

/**
 * The log for code scanning: one result for each limit that a candidate of an accepted kind does not meet, where the gate is not met, one for each
 * model whose figures are in doubt, and one for each refused model; a hundred at most, the first of each model first. Source: SARIF 2.1.0 (OASIS, 2020) and what GitHub reads of it.
 */
export function sarif(report: Report): string {
  const accepted = acceptedKinds(report);
  const perModel = [
    ...report.errors.map(({ path, message }): Result[] => [
      { ruleId: 'not-evaluated', path, text: message, identity: '' },
    ]),
    ...report.models.map((model) => unmet(model, accepted)),
  ];
  const all = inTurn(perModel);
  const left = all.length - mostResults;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'goodnet', version: report.run.version, rules: ruleIds.map(ruleOf) } },
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            ...(left > 0
              ? {
                  toolExecutionNotifications: [
                    {
                      level: 'note',
                      message: { text: `${left} more limits are not met; report.json has all of them.` },
                    },
                  ],
                }
              : {}),
          },
        ],
        results: all.slice(0, mostResults).map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Whether a text is a log that goodnet wrote, which may be replaced. */
export function isOwnSarif(text: string): boolean {
  try {
    const { runs } = JSON.parse(text) as { runs: { tool: { driver: { name: unknown } } }[] };
    return runs.length === 1 && runs[0]!.tool.driver.name === 'goodnet';
  } catch {
    return false;
  }
}

function unmet(model: ModelReport, accepted: readonly Kind[]): Result[] {
  const { gate, candidates, path } = model;
  if (gate.verdict === 'passed' || gate.verdict === 'ungated') return [];
  const missed = gate.rules.filter((rule) => !rule.met && accepted.includes(candidates[rule.candidate]!.kind));
  const whole =
    missed.length === 0 || gate.doubt !== undefined
      ? [{ ruleId: 'gate-not-met', path, text: verdictLine(model), identity: '' }]
      : [];
  return [
    ...whole,
    ...missed.map((rule) => {
      const candidate = candidates[rule.candidate]!;
      const subject = `${candidateName(candidate)}, ${rule.split}`;
      const { setting, says, unit } = metrics[rule.metric];
      return {
        ruleId: setting,
        path,
        text: `${subject}: ${says(rule.actual, candidate[rule.split]!)}; the limit is ${rule.limit}${unit}${rule.undecided === undefined ? '' : `, and the 95% interval reaches ${percentText(rule.undecided.end)}`}.`,
        identity: subject,
      };
    }),
  ];
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly T[][]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

function ruleOf(id: string): object {
  const { title, help } = rules[id]!;
  return {
    id,
    name: id.replace(/(^|-)[a-z]/g, (start) => start.slice(-1).toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: help.replaceAll('`', '') },
    help: { text: help.replaceAll('`', ''), markdown: help },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['security'] },
  };
}

function resultOf({ ruleId, path, text, identity }: Result): object {
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: 'error',
    message: { text: literal(text) },
    locations: [{ physicalLocation: { artifactLocation: location(path), region: { startLine: 1 } } }],
    partialFingerprints: { primaryLocationLineHash: `${ruleId}/${identity}:1` },
  };
}

/** Text without what SARIF reads as a link or a placeholder. */
const literal = (text: string): string =>
  plainText(text)
    .replace(/[[\]{}\\]/g, '?')
    .slice(0, longestMessage);

/** A path as a URI: relative to the repository's root, where it is relative. */
function location(path: string): object {
  const parts = path.replaceAll('\\', '/').split('/');
  const uri = parts
    .map((part, i) => (i === 0 && /^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part.replace(/\p{Cs}/gu, '?'))))
    .join('/');
  if (/^([A-Za-z]:)?\//.test(uri)) return { uri: `file://${uri.startsWith('/') ? '' : '/'}${uri}` };
  return { uri: uri.replace(/^(\.\/)+/, ''), uriBaseId: '%SRCROOT%' };
}
