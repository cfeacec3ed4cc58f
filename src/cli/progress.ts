import { Presets, SingleBar } from 'cli-progress';
import type { ProgressEvent } from '../jobs/listener.ts';
import { plainText } from '../report/escape.ts';
import { elsewhereWords } from '../report/elsewhere-words.ts';
import { stageName } from '../report/stage-name.ts';

/** Where progress is shown: a bar with rate and time left on a terminal, a line per finished stage elsewhere. */
export interface ProgressDisplay {
  show: (event: ProgressEvent) => void;
  stop: () => void;
}

/** A shorter stage has no rate worth telling. */
const shortestMs = 100;

export function progressDisplay(stderr: NodeJS.WritableStream & { isTTY?: boolean }, now: () => Date): ProgressDisplay {
  let bar: SingleBar | null = null;
  let current = '';
  let startedAt = 0;
  const elapsed = (): number => now().getTime() - startedAt;
  const rate = (done: number): string => Math.round((1000 * done) / Math.max(1, elapsed())).toLocaleString('en');
  return {
    show({ model, stage, done, total, elsewhere }) {
      const by = elsewhere === undefined ? '' : `, ${elsewhereWords(elsewhere)}`;
      const title = `${plainText(model)}: ${stageName(stage)}`;
      if (title !== current) {
        bar?.stop();
        current = title;
        startedAt = now().getTime();
        bar = stderr.isTTY
          ? new SingleBar(
              {
                stream: stderr,
                format: '{title} {bar} {percentage}% | {rate} images/s{by} | {eta_formatted} left',
                hideCursor: true,
                clearOnComplete: true,
              },
              Presets.shades_classic,
            )
          : null;
        bar?.start(total, 0, { title, rate: '0', by });
      }
      bar?.update(done, { title, rate: rate(done), by });
      if (done < total) return;
      bar?.stop();
      if (!stderr.isTTY)
        stderr.write(
          `${title}: ${total.toLocaleString('en')} images${elapsed() < shortestMs ? '' : ` at ${rate(done)} images/s`}${by}\n`,
        );
      bar = null;
      current = '';
    },
    stop: () => bar?.stop(),
  };
}
