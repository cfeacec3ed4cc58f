import path from 'node:path';
import { failure } from '../base/errors.ts';
import type { Listener } from '../jobs/listener.ts';
import { scan } from '../jobs/scan/scan.ts';
import type { World } from '../jobs/world.ts';
import { plainText } from '../report/escape.ts';
import type { Scan } from '../report/record/scan.ts';
import { largestIndex } from '../defense/reversal/masks.ts';
import { replacedLine } from '../report/wording.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import type { Outputs } from './outputs.ts';
import type { Fence } from './paths.ts';
import type { Runner } from './runner.ts';

/** The folder that a scan writes to, beside the run's own. */
export const scanFolder = (out: string): string => path.join(path.dirname(out), `${path.basename(out)}-scan`);

/** Refuses before any work a folder outside the fence, and a limit of the scan where the workflow asks for no scan. Throws GoodnetError. */
export function checkScan(isAsked: boolean, { config, sources }: ResolvedConfig, { admit }: Fence): void {
  if (isAsked) admit(scanFolder(config.out));
  else if (sources['max-anomaly-index'] === 'flag')
    throw failure('usage', 'max-anomaly-index', {
      cause: 'is a limit of the scan, and none is asked for',
      fix: 'set `scan: true`',
    });
}

/** Scans the models that the settings name, each of them inside the fence. */
export function scanBeside(
  { config, sources }: ResolvedConfig,
  { admit }: Fence,
  world: World,
  runner: Runner,
  progress: Listener['progress'],
): Promise<Scan> {
  const out = scanFolder(config.out);
  const replaced = (folders: readonly string[]): void => runner.log(plainText(replacedLine(folders, out)));
  return scan({ config: { ...config, out }, sources }, world, { admit }, { replaced, progress });
}

/** The largest index of all models; nothing where there is no scan. */
export function scanOutputs(scan: Scan | null): Outputs {
  if (scan === null) return {};
  const indices = scan.models.flatMap(({ triggers }) => largestIndex(triggers) ?? []);
  return { 'anomaly-index': indices.length === 0 ? '' : String(Math.max(...indices)) };
}
