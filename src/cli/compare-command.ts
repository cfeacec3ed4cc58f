import { type Command, Option } from 'commander';
import { compare } from '../compare.ts';
import { plainText } from '../report/escape.ts';
import { leaderboardSvg } from '../report/leaderboard-chart.ts';
import { leaderboardCsv, leaderboardLatex, leaderboardMarkdown } from '../report/leaderboard-table.ts';
import type { Leaderboard } from '../report/leaderboard.ts';
import { NewFile } from '../report/new-file.ts';
import type { World } from '../run.ts';
import { leaderboardTable } from './tables.ts';

const formats: Record<string, (board: Leaderboard) => string> = { text: leaderboardTable, markdown: leaderboardMarkdown, latex: leaderboardLatex, csv: leaderboardCsv };

/** `goodnet compare`: the models of one or several reports in one table, best first, and as a picture. */
export function addCompare(program: Command, { stdout }: { stdout: NodeJS.WritableStream }, world: World): void {
  program.command('compare').description('the models of one or several reports in one table, best first, with differences to the first')
    .argument('<reports...>', 'report.json files, or folders that hold one')
    .addOption(new Option('--format <format>', 'what to print').choices(Object.keys(formats)).default('text'))
    .option('--chart <file>', 'SVG file to draw it to')
    .action((reports: string[], { format, chart }: { format: string; chart?: string }) => {
      const file = chart === undefined ? null : new NewFile(chart, world.cwd);
      const board = compare(reports, world.cwd);
      file?.write(Buffer.from(leaderboardSvg(board)));
      stdout.write(formats[format]!(board));
      if (chart !== undefined && format === 'text') stdout.write(`Chart: ${plainText(chart)}\n`);
    });
}
