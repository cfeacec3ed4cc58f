import { download, element, part, table } from './draw.ts';
import type { Outcome } from './orders.ts';

/** Addresses that hold a file of an earlier outcome in memory. */
let held: string[] = [];

/** Shows what came of a run: its verdict, the files to take away, and the report as it is. */
export function showOutcome({ verdict, sentence, judgedOn, report, repaired, zip, files }: Outcome): void {
  held.forEach((address) => URL.revokeObjectURL(address));
  const name = part('outcome-name');
  name.textContent = sentence;
  name.className = colours[verdict] ?? '';
  const address = URL.createObjectURL(report);
  const frame = element('iframe', { title: 'The report', src: address, className: 'report' });
  frame.setAttribute('sandbox', 'allow-scripts');
  const rows = repaired.map(({ path, content, candidate, accuracy, asr, isRecommended }) => {
    const file = path.split('/').at(-1)!;
    const link = download(content, file, file);
    return {
      cells: [link, isRecommended ? `${candidate}, recommended` : candidate, accuracy, asr],
      className: isRecommended ? 'chosen' : '',
    };
  });
  const json = files.find(([path]) => path === 'report.json')![1];
  part('result').replaceChildren(
    ...(rows.length === 0
      ? []
      : [
          table(
            'Repaired models to take away',
            ['file', 'what it is', `accuracy, ${judgedOn}`, `ASR, ${judgedOn}`],
            rows,
            [false, false, true, true],
          ),
        ]),
    element(
      'p',
      { className: 'buttons' },
      download(zip, 'goodnet-out.zip', 'All files, as one zip', 'download'),
      download(report, 'report.html', 'report.html', 'download'),
      download(json, 'report.json', 'report.json', 'download'),
    ),
    frame,
  );
  held = [address, ...[...part('result').querySelectorAll('a')].map(({ href }) => href)];
  part('outcome').hidden = false;
}

const colours: Partial<Record<Outcome['verdict'], string>> = {
  passed: 'good',
  failed: 'bad',
  error: 'bad',
  repairable: 'warn',
  inconclusive: 'warn',
  ungated: 'info',
};
