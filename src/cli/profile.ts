import pc from 'picocolors';
import { phases } from '../engine/phases.ts';
import { type Profile, stages } from '../jobs/profile.ts';
import { table } from './table.ts';

const names = { idle: 'waiting' } as Record<string, string>;

/** Where the time of a run went: the main thread's seconds by stage, and those of the threads that computed, summed over them. */
export function profileTable({ main, computing: { threads, seconds } }: Profile): string {
  const rows: string[][] = [];
  const add = <Phase extends string>(who: string, phases: readonly Phase[], of: Record<Phase, number>): void => {
    const all = phases.reduce((sum, phase) => sum + of[phase], 0);
    for (const [i, phase] of phases.entries())
      rows.push([
        i === 0 ? who : '',
        names[phase] ?? phase,
        of[phase].toFixed(2),
        `${((100 * of[phase]) / all).toFixed(0)}%`,
      ]);
    rows.push(['', pc.bold('all'), pc.bold(all.toFixed(2)), '']);
  };
  add('main thread', stages, main);
  if (threads > 0) add(threads === 1 ? 'computing' : `${threads} threads, summed`, phases, seconds);
  return table({ head: ['', 'phase', 'seconds', 'share'], rows, right: (column) => column >= 2 });
}
