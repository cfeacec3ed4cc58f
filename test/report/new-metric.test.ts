import { Type } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import { expect, test, vi } from 'vitest';
import { candidateTable } from '../../src/cli/tables.ts';
import { actionInputs } from '../../src/github/inputs.ts';
import { limitsOf } from '../../src/github/settings.ts';
import { comparisonSvg } from '../../src/report/charts/comparison-chart.ts';
import { sweepSvg } from '../../src/report/charts/sweep-chart.ts';
import { reportPage } from '../../src/report/html/write-page.ts';
import { markdown } from '../../src/report/markdown.ts';
import { dataIdentity } from '../../src/report/record/baseline.ts';
import { findingProblem } from '../../src/report/record/finding-schema.ts';
import type { Finding } from '../../src/report/record/findings.ts';
import { modelSchema, type Report } from '../../src/report/record/report.ts';
import { runSummary } from '../../src/report/run-summary.ts';
import { sarif } from '../../src/report/sarif.ts';
import type * as configModule from '../../src/settings/config.ts';
import { configSchema, kinds } from '../../src/settings/config.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { gate } from '../../src/verdict/gate.ts';
import type * as metricModule from '../../src/verdict/metric-table.ts';
import { type Limits, limitNames, type Metric, metrics } from '../../src/verdict/metric-table.ts';
import { assets } from '../support.ts';
import { wideReport } from '../wide-report.ts';

const { setting } = vi.hoisted(() => ({ setting: 'max-made-up' }));

// One entry in the schema of the settings, and one in the table of metrics.
vi.mock('../../src/settings/config.ts', async (original) => {
  const module = await original<typeof configModule>();
  const entry = Type.Optional(Type.Number({ description: 'limit: greatest made-up figure, percent' }));
  Object.assign(module.configSchema.properties, { [setting]: entry });
  return module;
});
vi.mock('../../src/verdict/metric-table.ts', async (original) => {
  const module = await original<typeof metricModule>();
  const entry: (typeof module.metrics)[Metric] = {
    setting: setting as 'max-asr',
    bound: 'greatest',
    unit: '%',
    figure: ({ accuracy }) => accuracy,
    sinceBaseline: false,
    images: 'clean',
    axis: 'accuracy',
    name: 'the made-up figure',
    short: 'made-up',
    asks: (limit) => `a made-up figure of at most ${limit}%`,
    meets: (limit) => `makes it ${limit}%`,
    says: (actual) => `the made-up figure is ${actual}`,
    alert: { title: 'The made-up figure is too high.', help: 'Make up another one, which `max-made-up` allows.' },
  };
  Object.assign(module.metrics, { 'made-up': entry });
  module.metricNames.push('made-up' as Metric);
  module.limitNames.push(entry.setting);
  return module;
});

const metric = 'made-up' as Metric;
const { config } = resolveConfig({ models: ['x'], [setting]: 7 }, {}, null);

/** A report of a net that does not meet the limit. */
function failing(): Report {
  const report = wideReport({ models: 1, channels: 8, attacks: 1, name: 'a' });
  const model = report.models[0]!;
  const judged = gate(model.candidates, config, kinds);
  const rules = judged.rules.map((rule) => ({ ...rule, source: 'flag' as const }));
  const finding: Finding = {
    code: 'none-would-pass',
    kind: 'pruned',
    within: null,
    metric,
    limit: 7,
    firstLater: null,
  };
  return { ...report, verdict: 'failed', models: [{ ...model, findings: [finding], gate: { ...judged, rules } }] };
}
const report = failing();
const model = report.models[0]!;

test('every limit of the schema is that of a metric, and the other way round', () => {
  const limits = Object.entries(configSchema.properties as Record<string, { description?: string }>)
    .filter(([, { description = '' }]) => description.startsWith('limit:'))
    .map(([name]) => name);
  expect([...limitNames].sort()).toEqual(limits.sort());
  expect(Object.values(metrics).map((each) => each.setting)).toEqual(limitNames);
});

test('a metric with its entry is a limit of the gate and a part of the record', () => {
  expect(model.gate).toMatchObject({ verdict: 'failed', recommended: null });
  expect(model.gate.rules[0]).toMatchObject({ metric, limit: 7, met: false });
  expect(new Ajv().compile(modelSchema.properties.gate)(model.gate)).toBe(true);
  expect(findingProblem(model.findings[0]!)).toBeNull();
  expect(dataIdentity({ [setting]: 7 }, [])).toBe(dataIdentity({}, []));
});

test('a metric with its entry is an input of the action, and one of its limits', () => {
  expect(actionInputs.map(({ name }) => name)).toContain(setting);
  expect(limitsOf({ [setting]: 7 }) as Limits & Record<string, number>).toEqual({ [setting]: 7 });
});

const margin = /made-up.[−+]\d+\.\d\d/;
const limit = 'a made-up figure of at most 7%';
const finding = 'No pruned net at any step makes it 7%.';
const alert = `"ruleId": "${setting}"`;

test.each<[string, string, (string | RegExp)[]]>([
  ['the terminal', candidateTable(model), [finding]],
  ['report.md', markdown(report), [limit, finding]],
  ['the summary', runSummary(report, { detail: 'table', notes: [] }), [limit, margin, finding]],
  ['report.html', reportPage(report, [], assets), [limit, margin, finding]],
  ['the log for code scanning', sarif(report), ['The made-up figure is too high.', alert, 'the made-up figure is 100']],
  ['sweep.svg', sweepSvg(model), ['made-up ≤ 7']],
  ['comparison.svg', comparisonSvg(model), ['≤ 7']],
])('%s shows a metric that has its entry', (_, text, shown) => {
  for (const words of shown) expect(text).toMatch(words);
});
