import { light, type Theme } from '../charts/chart-theme.ts';
import { plot, sweepLines } from '../charts/sweep-option.ts';
import type { PageData } from './page-data.ts';
import { type Reading, readingAt } from './readout.ts';

/** An element with text and children; foreign text only ever becomes text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

/** The step that is read out, shared by the charts over the same axis. */
export interface Cursor {
  step: number;
  set: (step: number) => void;
  watch: (listener: (step: number) => void) => void;
}

/** A cursor that stands at `step` first. */
export function cursor(step: number): Cursor {
  const listeners: ((step: number) => void)[] = [];
  return {
    step,
    set(next) {
      this.step = next;
      listeners.forEach((listener) => listener(next));
    },
    watch(listener) {
      listeners.push(listener);
      listener(this.step);
    },
  };
}

const tipAttacks = 6;

/** A line at the cursor's step that the pointer moves, with the step's figures beside the pointer. */
export function hover(place: HTMLElement, data: PageData, at: Cursor): void {
  const { channels } = data.sweep;
  const line = place.appendChild(element('div', 'cursor'));
  const tip = place.appendChild(element('div', 'tip'));
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  const x = (step: number): number =>
    plot.left + ((place.clientWidth - plot.left - plot.right) * step) / Math.max(1, channels);
  const move = (): void => {
    Object.assign(line.style, { left: `${x(at.step)}px`, top: `${plot.top}px`, bottom: `${plot.bottom}px` });
  };
  at.watch(move);
  new ResizeObserver(move).observe(place);
  place.addEventListener('pointermove', (event) => {
    const box = place.getBoundingClientRect();
    const step = Math.round(((event.clientX - box.left - plot.left) / (box.width - plot.left - plot.right)) * channels);
    at.set(Math.min(channels, Math.max(0, step)));
    fill(tip, readingAt(data, at.step, tipAttacks));
    tip.hidden = false;
    const left = x(at.step) + 14;
    Object.assign(tip.style, {
      left: `${left + tip.offsetWidth > box.width ? Math.max(0, left - 28 - tip.offsetWidth) : left}px`,
      top: `${Math.min(plot.top + 8, Math.max(0, box.height - tip.offsetHeight))}px`,
    });
  });
  place.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });
}

function fill(into: HTMLElement, { title, rows }: Reading): void {
  const row = ([name, ...values]: string[]): HTMLElement => {
    const head = element('th', '', name!);
    head.scope = 'row';
    return element('tr', '', head, ...values.map((value) => element('td', '', value)));
  };
  const heads = ['', 'pruned net', 'GoodNet'].map((name, i) => {
    const head = element(i === 0 ? 'td' : 'th', '', name);
    if (head instanceof HTMLTableCellElement && i > 0) head.scope = 'col';
    return head;
  });
  into.replaceChildren(
    element('p', '', title),
    element('table', '', element('thead', '', element('tr', '', ...heads)), element('tbody', '', ...rows.map(row))),
  );
}

/** A slider over the steps, for keyboards, fingers and screen readers, and the figures of its step. */
export function slider(data: PageData, at: Cursor): HTMLElement[] {
  const input = element('input');
  Object.assign(input, { type: 'range', min: '0', max: String(data.sweep.channels), step: '1' });
  const readout = element('div', 'readout');
  at.watch((step) => {
    const reading = readingAt(data, step, Infinity);
    input.value = String(step);
    input.setAttribute(
      'aria-valuetext',
      [
        reading.title,
        ...readingAt(data, step, 1).rows.map(
          ([name, pruned, goodnet]) => `${name}: pruned net ${pruned}, GoodNet ${goodnet}`,
        ),
      ].join('; '),
    );
    fill(readout, reading);
  });
  input.addEventListener('input', () => at.set(Number(input.value)));
  const few = data.sweep.attacks.length <= 8;
  if (!few) {
    readout.classList.add('scroll');
    Object.assign(readout, { tabIndex: 0, role: 'region', ariaLabel: 'Figures of the step' });
  }
  return [element('label', 'step', 'Channels pruned', input), readout];
}

/** Boxes that show and hide the lines; `paint` gives them the page's colours. */
export function legend(
  data: PageData,
  hidden: Set<string>,
  theme: () => Theme,
  draw: () => void,
): { box: HTMLElement; paint: () => void } {
  const box = element('fieldset', 'lines', element('legend', '', 'Lines (solid: pruned net, dashed: GoodNet)'));
  for (const { name } of sweepLines(data.sweep, light)) {
    const input = element('input');
    Object.assign(input, { type: 'checkbox', checked: true });
    input.addEventListener('change', () => {
      hidden[input.checked ? 'delete' : 'add'](name);
      draw();
    });
    box.append(element('label', '', input, element('i'), name));
  }
  const paint = (): void =>
    sweepLines(data.sweep, theme()).forEach(({ shades }, i) => {
      box.querySelectorAll<HTMLElement>('i')[i]!.style.borderColor = shades[0];
    });
  paint();
  return { box, paint };
}
