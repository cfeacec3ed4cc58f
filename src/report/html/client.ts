import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { activationOption } from '../activation-option.ts';
import { type ChartOption, dark, light, type Theme } from '../chart-theme.ts';
import { comparisonHeight, comparisonOption } from '../comparison-option.ts';
import { plot, sweepLines, sweepOption } from '../sweep-option.ts';
import type { PageData } from './page-data.ts';
import { type Reading, readingAt } from './readout.ts';

use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

const models = JSON.parse(document.getElementById('data')!.textContent) as PageData[];
const darkPage = matchMedia('(prefers-color-scheme: dark)');
let printing = false;
/** Pixels between the margins of a sheet, so that printed text has its size. */
const paperWidth = 680;
const theme = (): Theme => (darkPage.matches && !printing ? dark : light);

/** An element with text and children; foreign text only ever becomes text. */
function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

/** Keeps a chart drawn in its place, in the page's colours and at its width. Answers how to draw it again. */
function show(place: HTMLElement, option: (theme: Theme, width: number) => ChartOption): () => void {
  const inner = place.insertBefore(element('div'), place.firstChild);
  let chart: ECharts | undefined;
  const draw = (): void => {
    const width = Math.min(place.clientWidth, printing ? paperWidth : Infinity);
    if (width === 0) return;
    const size = { width, height: place.clientHeight };
    if (chart === undefined) chart = init(inner, null, { renderer: 'svg', ...size });
    else chart.resize(size);
    chart.setOption(option(theme(), width), true);
  };
  draw();
  new ResizeObserver(() => { if (!printing && place.clientWidth !== chart?.getWidth()) draw(); }).observe(place);
  redraws.push(draw);
  return draw;
}

const redraws: (() => void)[] = [];
const drawAll = (): void => redraws.forEach((draw) => draw());

/** The step that is read out, shared by the charts over the same axis. */
interface Cursor {
  step: number;
  set: (step: number) => void;
  watch: (listener: (step: number) => void) => void;
}

function cursor(step: number): Cursor {
  const listeners: ((step: number) => void)[] = [];
  return {
    step,
    set(next) { this.step = next; listeners.forEach((listener) => listener(next)); },
    watch(listener) { listeners.push(listener); listener(this.step); },
  };
}

const tipAttacks = 6;

/** A line at the cursor's step that the pointer moves, with the step's figures beside the pointer. */
function hover(place: HTMLElement, data: PageData, at: Cursor): void {
  const { channels } = data.sweep;
  const line = place.appendChild(element('div', 'cursor'));
  const tip = place.appendChild(element('div', 'tip'));
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  const x = (step: number): number => plot.left + ((place.clientWidth - plot.left - plot.right) * step) / Math.max(1, channels);
  const move = (): void => { Object.assign(line.style, { left: `${x(at.step)}px`, top: `${plot.top}px`, bottom: `${plot.bottom}px` }); };
  at.watch(move);
  new ResizeObserver(move).observe(place);
  place.addEventListener('pointermove', (event) => {
    const box = place.getBoundingClientRect();
    const step = Math.round(((event.clientX - box.left - plot.left) / (box.width - plot.left - plot.right)) * channels);
    at.set(Math.min(channels, Math.max(0, step)));
    fill(tip, readingAt(data, at.step, tipAttacks));
    tip.hidden = false;
    const left = x(at.step) + 14;
    Object.assign(tip.style, { left: `${left + tip.offsetWidth > box.width ? Math.max(0, left - 28 - tip.offsetWidth) : left}px`, top: `${Math.min(plot.top + 8, Math.max(0, box.height - tip.offsetHeight))}px` });
  });
  place.addEventListener('pointerleave', () => { tip.hidden = true; });
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
  into.replaceChildren(element('p', '', title), element('table', '', element('thead', '', element('tr', '', ...heads)), element('tbody', '', ...rows.map(row))));
}

/** A slider over the steps, for keyboards, fingers and screen readers, and the figures of its step. */
function slider(data: PageData, at: Cursor): HTMLElement[] {
  const input = element('input');
  Object.assign(input, { type: 'range', min: '0', max: String(data.sweep.channels), step: '1' });
  const readout = element('div', 'readout');
  at.watch((step) => {
    const reading = readingAt(data, step, Infinity);
    input.value = String(step);
    input.setAttribute('aria-valuetext', [reading.title, ...readingAt(data, step, 1).rows.map(([name, pruned, goodnet]) => `${name}: pruned net ${pruned}, GoodNet ${goodnet}`)].join('; '));
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

/** Boxes that show and hide the lines. */
function legend(data: PageData, hidden: Set<string>, draw: () => void): HTMLElement {
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
  const paint = (): void => sweepLines(data.sweep, theme()).forEach(({ shades }, i) => { box.querySelectorAll<HTMLElement>('i')[i]!.style.borderColor = shades[0]; });
  paint();
  redraws.push(paint);
  return box;
}

const cursors = models.map(({ sweep }) => {
  const reached = sweep.checkpoints.flatMap(({ step }) => step ?? []);
  return cursor(reached.length > 0 ? Math.min(...reached) : 0);
});

const draws: Record<string, (place: HTMLElement, data: PageData, at: Cursor) => void> = {
  sweep(place, data, at) {
    const hidden = new Set<string>();
    const draw = show(place, (colors, width) => sweepOption(data.sweep, colors, width, sweepLines(data.sweep, colors).filter(({ name }) => !hidden.has(name))));
    hover(place, data, at);
    place.before(legend(data, hidden, draw));
    place.after(...slider(data, at));
  },
  activation(place, data, at) {
    show(place, (colors, width) => activationOption(data.means, data.sweep.checkpoints, colors, width));
    hover(place, data, at);
  },
  comparison(place, { comparison }) {
    place.style.height = `${comparisonHeight(comparison)}px`;
    show(place, (colors, width) => comparisonOption(comparison, colors, width));
  },
};

document.getElementById('still')!.hidden = true;
const pending = new Set(document.querySelectorAll<HTMLElement>('.chart'));
const draw = (place: HTMLElement): void => {
  if (!pending.delete(place)) return;
  seen.unobserve(place);
  const index = Number(place.dataset['model']);
  draws[place.dataset['chart']!]!(place, models[index]!, cursors[index]!);
};
const seen = new IntersectionObserver((entries) => entries.forEach((entry) => { if (entry.isIntersecting) draw(entry.target as HTMLElement); }), { rootMargin: '400px' });
for (const place of pending) {
  place.hidden = false;
  seen.observe(place);
}

/** A link to a part that is folded opens it. */
function unfold(): void {
  const target = location.hash === '' ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let inside = target?.closest('details') ?? target?.querySelector(':scope > details'); inside instanceof HTMLDetailsElement; inside = inside.parentElement?.closest('details')) inside.open = true;
  target?.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();

darkPage.addEventListener('change', drawAll);
addEventListener('beforeprint', () => {
  printing = true;
  for (const place of [...pending].filter((each) => each.clientWidth > 0)) draw(place);
  drawAll();
});
addEventListener('afterprint', () => {
  printing = false;
  drawAll();
});
