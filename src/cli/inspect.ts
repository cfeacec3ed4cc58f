import { failure } from '../base/errors.ts';
import { type Inspection, inspect, type LayerInfo } from '../jobs/inspect/inspect.ts';
import type { Probe } from '../jobs/inspect/probe.ts';
import { obstacleText } from '../defense/pruning/target.ts';
import { prepareReader } from '../models/read-apart.ts';
import { plainJson, plainLines } from '../report/escape.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import type { SuggestedConfig } from '../jobs/inspect/setup.ts';
import { resolve } from './resolve.ts';
import { inspectionTable, probeTable } from './tables.ts';
import { type Flags, passed, type Terminal } from './terminal.ts';

/** `goodnet inspect`: answers the exit code. Without clean images it reads the model and loads no engine. */
export async function inspectCommand(model: string, flags: Flags, terminal: Terminal): Promise<number> {
  const reader = prepareReader(terminal);
  try {
    return await inspected(model, flags, terminal);
  } finally {
    await reader.dismiss();
  }
}

async function inspected(model: string, flags: Flags, terminal: Terminal): Promise<number> {
  const settings = await resolve([model], flags, terminal);
  const found = await inspect(model, settings.config, terminal);
  if (flags['write'] === true && found.probe === null)
    throw failure('usage', '--write', { cause: 'needs clean images', fix: 'add `--clean FILE`' });
  const { suggested, written } =
    found.probe === null
      ? { suggested: null, written: [] }
      : await setUp(settings, found.probe, flags['write'] === true, terminal);
  if (flags['json'] === true) {
    const layers = found.layers.map(inWords);
    terminal.stdout.write(`${plainJson({ ...found, layers, config: suggested?.settings ?? null, written })}\n`);
  } else terminal.stdout.write(`${[inspectionTable(found), ...suggestion(found, suggested, written)].join('\n')}\n`);
  return passed;
}

/** A layer as programs are told of it. */
const inWords = ({ obstacle, ...layer }: LayerInfo): object => ({
  ...layer,
  obstacle: obstacle && obstacleText(obstacle, layer.className),
});

async function setUp(
  settings: ResolvedConfig,
  probe: Probe,
  write: boolean,
  { cwd }: Terminal,
): Promise<{ suggested: SuggestedConfig; written: string[] }> {
  const { suggestConfig, writeSetup } = await import('../jobs/inspect/setup.ts');
  const suggested = suggestConfig(settings, probe);
  return { suggested, written: write ? writeSetup(suggested, probe, cwd) : [] };
}

function suggestion({ probe }: Inspection, suggested: SuggestedConfig | null, written: readonly string[]): string[] {
  if (probe === null || suggested === null) return [];
  const table = ['', probeTable(probe)];
  if (written.length > 0)
    return [
      ...table,
      '',
      `Written: ${written.join(', ')}. Commit them with the model and the data.`,
      ...(suggested.settings.accept === undefined
        ? [
            'The gate is on the submitted model alone; with `accept: [pruned, goodnet]` in the config a repaired one may pass as well.',
          ]
        : []),
    ];
  return probe.verdict === 'none' ? table : [...table, '', 'As a config:', '', plainLines(suggested.text.trimEnd())];
}
