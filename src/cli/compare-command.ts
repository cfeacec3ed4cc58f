import { type Command, Option } from 'commander';
import { plainText } from '../report/escape.ts';
import type { Leaderboard } from '../report/record/leaderboard.ts';
import type { Terminal } from './terminal.ts';

const formats = ['text', 'markdown', 'latex', 'csv'] as const;

/** `goodnet compare`: the models of one or several reports in one table, best first, and as a picture. */
export function addCompare(program: Command, { stdout, cwd }: Terminal): void {
  program
    .command('compare')
    .description('the models of one or several reports in one table, best first, with differences to the first')
    .argument('<reports...>', 'report.json files, or folders that hold one')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('text'))
    .option('--chart <file>', 'SVG file to draw it to')
    .action(async (reports: string[], { format, chart }: { format: (typeof formats)[number]; chart?: string }) => {
      const [{ compare }, { leaderboardSvg }, tables, { leaderboardTable }, { NewFile }] = await Promise.all([
        import('../jobs/compare.ts'),
        import('../report/charts/leaderboard-chart.ts'),
        import('../report/leaderboard-table.ts'),
        import('./tables.ts'),
        import('../output/new-file.ts'),
      ]);
      const texts = {
        text: (board: Leaderboard) => leaderboardTable(board, stdout.columns),
        markdown: tables.leaderboardMarkdown,
        latex: tables.leaderboardLatex,
        csv: tables.leaderboardCsv,
      };
      const file = chart === undefined ? null : new NewFile(chart, cwd);
      const board = compare(reports, cwd);
      file?.write(Buffer.from(leaderboardSvg(board)));
      stdout.write(texts[format](board));
      if (chart !== undefined && format === 'text') stdout.write(`Chart: ${plainText(chart)}\n`);
    });
}
