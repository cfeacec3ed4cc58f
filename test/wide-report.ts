import { proposalOf } from '../src/defense/pruning/pruning.ts';
import { checkpoints } from '../src/defense/pruning/checkpoints.ts';
import type { Step } from '../src/defense/pruning/sweep.ts';
import type { Finding } from '../src/report/record/findings.ts';
import { gate } from '../src/verdict/gate.ts';
import { assemble, finish, type ModelOutcome } from '../src/report/record/assemble.ts';
import { resolveConfig } from '../src/settings/resolve-config.ts';
import type { Report } from '../src/report/record/report.ts';

/** How large a report is made. `name` stands in every name that somebody else chose. */
export interface Wide {
  models: number;
  channels: number;
  attacks: number;
  name?: string;
  errors?: number;
  gated?: boolean;
}

/** A report with made-up counts: accuracy falls at the end of the sweep, each attack's ASR somewhere before or after it. */
export function wideReport({ models, channels, attacks, name = 'net', errors = 0, gated = true }: Wide): Report {
  const { config, sources } = resolveConfig(
    {
      models: ['x'],
      clean: { validation: 'clean.h5', test: 'clean_test.h5' },
      checkpoints: [2, 4, 10, 30],
      accept: ['original', 'pruned', 'goodnet'],
      ...(gated ? { 'min-accuracy': 85, 'max-asr': 20 } : {}),
    },
    {},
    null,
  );
  const outcomes = Array.from({ length: models }, (_, m): ModelOutcome => {
    const attackNames = Array.from({ length: attacks }, (_, a) => `attack ${a} ${name}`);
    const sizes = { clean: 11547, poisoned: Object.fromEntries(attackNames.map((attack) => [attack, 10264])) };
    const falls = (k: number, at: number, n: number): number =>
      Math.round(n / (1 + Math.exp((k / channels - at) * 25)));
    const steps = Array.from({ length: channels + 1 }, (_, k): Step => {
      const byAttack = (value: (a: number) => number) =>
        Object.fromEntries(attackNames.map((attack, a) => [attack, value(a)]));
      const correct = falls(k, 0.85 - 0.002 * (m % 50), sizes.clean);
      const hits = byAttack((a) => falls(k, 0.4 + 0.012 * a, 10264));
      return {
        step: k,
        channel: k === 0 ? null : k - 1,
        pruned: { correct, hits, robust: {} },
        goodnet: {
          correct: Math.floor(correct * 0.99),
          hits,
          robust: {},
          rejectedClean: sizes.clean - correct,
          rejectedPoisoned: byAttack((a) => 10264 - hits[attackNames[a]!]!),
        },
      };
    });
    const measured = { sizes, steps };
    const picks = checkpoints(steps, sizes.clean, config.checkpoints);
    const proposal = proposalOf(
      {
        target: { layer: { name: `conv ${name}` }, prunes: 'outputs', rankLayer: `pool ${name}` },
        reason: null,
        ranking: {
          meanActivation: Float64Array.from({ length: channels }, (_, c) => (c / channels) ** 3),
          order: Int32Array.from({ length: channels }, (_, c) => c),
        },
        orderIsGiven: false,
        validation: measured,
        test: measured,
        picks,
        best: null,
      },
      config,
    );
    const { candidates } = proposal;
    const found: Finding[] = attackNames
      .slice(0, 1)
      .map((attack) => ({ code: 'attack-fails', attack, split: 'test', original: 3 }));
    return {
      path: `models/${m} ${name}.h5`,
      folder: `models__${m}.h5`,
      model: { sha256: 'a'.repeat(64), classes: 1283 },
      inputs: [{ file: `clean ${name}.h5`, bytes: 716_000_000, sha256: 'b'.repeat(64), samples: 11547 }],
      proposals: [proposal],
      candidates,
      verdict: gate(candidates, config, config.accept),
      findings: found,
      changes: [],
      rounding: [],
      files: candidates.slice(1).map(({ kind, checkpoint }, i) => ({
        of: i + 1,
        path: `models__${m}.h5/${kind === 'pruned' ? 'model' : kind}_X=${checkpoint}.h5`,
        sha256: 'c'.repeat(64),
        bytes: 1,
      })),
      pictures: { split: 'test', channelsPruned: 1, sets: [], attacksLeftOut: 0 },
      unlearningSeconds: null,
    };
  });
  const refused = Array.from({ length: errors }, (_, i) => ({
    path: `refused ${i} ${name}.h5`,
    code: 'layer-unsupported',
    message: `layer ${name} is a Lambda, which is not supported`,
  }));
  return assemble(
    outcomes.map((outcome) => finish(outcome, sources)),
    [],
    {
      errors: refused,
      config,
      sources,
      baselineFile: null,
      run: {
        tool: 'goodnet',
        version: '0.0.0',
        engine: 'wasm',
        workers: 1,
        node: 'v0',
        startedAt: '1970-01-01T00:00:00.000Z',
        seconds: 0,
      },
    },
  );
}
