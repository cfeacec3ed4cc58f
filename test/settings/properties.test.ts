import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { toChannelsLast } from '../../src/data/layout.ts';
import type { Candidate } from '../../src/verdict/figures.ts';
import { figuresOf } from '../../src/verdict/figures.ts';
import { gate } from '../../src/verdict/gate.ts';
import { code, link, plainText, quoted } from '../../src/report/escape.ts';
import { payloads } from '../hostile/payloads.ts';
import { commandsIn } from '../hostile/runner-commands.ts';

let escapes = 0,
  brokenOut = 0;
/** Counts an escape, and whether it held. */
function holds(text: string, clean: boolean): void {
  escapes++;
  if (!clean) brokenOut++;
  expect([text, clean]).toEqual([text, true]);
}
afterAll(() => process.stderr.write(`\nFIGURE escapes tried / broken out: ${escapes} / ${brokenOut}\n`));

const html = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
/** What a name became: nothing but text may stand inside `<code>`. */
const inner = (rendered: string): string =>
  [...rendered.matchAll(/<code>([\s\S]*?)<\/code>/g)].map((match) => match[1]!).join('');
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...'`|<>&"\'*_[]()!@#\\~:\n\r -$\u202e\u0000'), maxLength: 40 }),
  fc.constantFrom(...payloads),
);

describe('escapes', () => {
  const inMarkdown = (name: string): void => {
    for (const escape of [code, quoted]) {
      const places = [
        escape(name),
        `- ${escape(name)}`,
        `# ${escape(name)}`,
        `> ${escape(name)}`,
        `| a | b |\n| - | - |\n| ${escape(name)} | x |`,
        `**${escape(name)}**`,
        `<details>\n<summary>${escape(name)}</summary>\n\n${escape(name)}\n\n</details>`,
      ];
      for (const place of places) {
        const rendered = html(place);
        const plain = html(place.replaceAll(/<code>.*?<\/code>/gs, '<code>x</code>'));
        holds(
          name,
          !/[<>]/.test(inner(rendered)) &&
            rendered.replaceAll(/<code>[\s\S]*?<\/code>/g, '<code>x</code>') === plain &&
            !/@\w/.test(place.replaceAll(/&#\d+;/g, '')),
        );
      }
    }
    const target = link(name);
    holds(name, html(`[x](${target === '' ? 'y' : target})`).replaceAll(/ href="[^"<>]*"/g, '') === '<p><a>x</a></p>');
  };
  const inLog = (name: string): void => {
    for (const line of [plainText(name), `model ${plainText(name)}: refused`])
      holds(
        name,
        commandsIn(line).length === 0 && !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(line),
      );
  };

  test.each(payloads)('%j', (payload) => {
    inMarkdown(payload);
    inLog(payload);
  });
  test('any text', () => {
    fc.assert(fc.property(anyText, inMarkdown), { numRuns: 300 });
    fc.assert(fc.property(anyText, inLog), { numRuns: 1000 });
  });
  test('the parser of commands finds commands', () => {
    expect(commandsIn('::error file=a::b\n  ::warning::x\n##[group]x')).toEqual(['error', 'warning', 'group']);
  });
});

describe('settings', () => {
  const settings = fc.record(
    {
      'max-asr': fc.double({ min: 0, max: 100, noNaN: true }),
      'min-accuracy': fc.double({ min: 1, minExcluded: true, max: 100, noNaN: true }),
      layer: fc.string({ minLength: 1 }),
      out: fc.string({ minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  test('a flag goes before the config, the config before the default, and the source says which', () => {
    fc.assert(
      fc.property(settings, settings, (flags, file) => {
        const { config, sources } = resolveConfig({ models: ['a.h5'], ...flags }, file, 'c.yml');
        for (const name of ['max-asr', 'min-accuracy', 'layer', 'out'] as const) {
          expect(config[name]).toEqual(flags[name] ?? file[name] ?? (name === 'out' ? 'goodnet-out' : undefined));
          expect(sources[name]).toBe(
            name in flags ? 'flag' : name in file ? 'config' : name === 'out' ? 'default' : undefined,
          );
        }
      }),
    );
  });
  test('no text changes what other objects have, and whatever is no config is refused by a typed error', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    const keys = fc.constantFrom('__proto__', 'constructor', 'prototype', 'models', 'attacks', 'toString', '<<');
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.dictionary(keys, fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc
        .tuple(keys, fc.jsonValue())
        .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}\n${key}: {polluted: 1}`),
    );
    fc.assert(
      fc.property(text, (config) => {
        try {
          resolveConfig({ models: ['a'] }, parseConfig(config, 'c.yml'), 'c.yml');
        } catch (error) {
          expect((error as Error).name).toBe('GoodnetError');
        }
        expect([
          ({} as Record<string, unknown>)['polluted'],
          Object.getOwnPropertyNames(Object.prototype).join(),
        ]).toEqual([undefined, before]);
      }),
      { numRuns: 500 },
    );
  });
  test.each([
    'a: &a [x]\nb: *a',
    'models: &m [a]\nattacks: {<<: *m}',
    'max-asr: 1e999',
    'max-asr: .nan',
    'models: [a]\nmodels: [b]',
    '{"max-asr": 1, "max-asr": 2}',
    'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]',
    `layer: ${'x'.repeat(10)}\n? {a: b}\n: c`,
  ])('%j is refused', (text) => {
    expect(() => resolveConfig({ models: ['a'] }, parseConfig(text, 'c.yml'), 'c.yml')).toThrow(
      expect.objectContaining({ name: 'GoodnetError' }),
    );
  });
});

test('channels first, turned, is what channels last was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      (n, h, w, c) => {
        const last = Float32Array.from({ length: n * h * w * c }, (_, i) => i);
        const first = Float32Array.from({ length: last.length }, (_, i) => {
          const [x, y, channel, image] = [
            i % w,
            Math.floor(i / w) % h,
            Math.floor(i / (w * h)) % c,
            Math.floor(i / (w * h * c)),
          ];
          return last[((image * h + y) * w + x) * c + channel]!;
        });
        const scale = { scale: 1, mean: [0], std: [1] };
        expect([...toChannelsLast(first, 'NCHW', [c, h, w], scale).images]).toEqual([...last]);
        expect([...toChannelsLast(last, 'NHWC', [h, w, c], scale).images]).toEqual([...last]);
      },
    ),
  );
});

describe('the gate', () => {
  const counts = fc
    .record({ clean: fc.integer({ min: 0, max: 50 }), images: fc.integer({ min: 0, max: 50 }) })
    .chain(({ clean, images }) =>
      fc.record({
        clean: fc.constant(clean),
        images: fc.constant(images),
        nets: fc.array(
          fc.record({ correct: fc.integer({ min: 0, max: clean }), hits: fc.integer({ min: 0, max: images }) }),
          { minLength: 1, maxLength: 4 },
        ),
      }),
    );
  const candidates = counts.map(({ clean, images, nets }) =>
    nets.map(({ correct, hits }, i): Candidate => {
      const [net, original] = [
        { correct, hits: { a: hits }, robust: {} },
        { correct: nets[0]!.correct, hits: { a: nets[0]!.hits }, robust: {} },
      ];
      return {
        kind: i === 0 ? 'original' : 'pruned',
        checkpoint: i === 0 ? null : i,
        channelsPruned: i,
        validation: figuresOf(net, original, { clean, poisoned: { a: images } }),
        test: null,
      };
    }),
  );
  const limit = fc.integer({ min: 0, max: 100 });
  const limits = fc.record({ 'min-accuracy': limit, 'max-asr': limit, 'max-accuracy-drop': limit });
  const all = ['original', 'pruned', 'goodnet'] as const;

  test('a stricter limit never turns failed into passed', () => {
    fc.assert(
      fc.property(candidates, limits, limits, (nets, one, other) => {
        const stricter = {
          'min-accuracy': Math.max(one['min-accuracy'], other['min-accuracy']),
          'max-asr': Math.min(one['max-asr'], other['max-asr']),
          'max-accuracy-drop': Math.min(one['max-accuracy-drop'], other['max-accuracy-drop']),
        };
        if (gate(nets, stricter, all).verdict === 'passed') expect(gate(nets, one, all).verdict).toBe('passed');
      }),
    );
  });
  test('limits are inclusive, and what was not measured meets none', () => {
    fc.assert(
      fc.property(candidates, limits, (nets, some) => {
        for (const { candidate, metric, limit: bound, met } of gate(nets, some, all).rules) {
          const { accuracy, maxAsr, accuracyDrop } = nets[candidate]!.validation;
          const actual = { accuracy, asr: maxAsr, 'accuracy-drop': accuracyDrop }[metric as 'accuracy'];
          expect(met).toBe(actual !== null && (metric === 'accuracy' ? actual >= bound : actual <= bound));
        }
      }),
    );
  });
  test.each([NaN, null, Infinity, -Infinity])('a figure of %s passes no gate', (value) => {
    const [net] = [
      {
        kind: 'original' as const,
        checkpoint: null,
        channelsPruned: 0,
        test: null,
        validation: figuresOf(
          { correct: 50, hits: { a: 0 }, robust: {} },
          { correct: 50, hits: { a: 0 }, robust: {} },
          { clean: 50, poisoned: { a: 50 } },
        ),
      },
    ];
    for (const figure of ['accuracy', 'maxAsr', 'accuracyDrop'] as const) {
      const broken = { ...net, validation: { ...net.validation, [figure]: value } };
      expect(gate([broken], { 'min-accuracy': 0, 'max-asr': 100, 'max-accuracy-drop': 100 }, all).verdict).toBe(
        'failed',
      );
    }
  });
});
