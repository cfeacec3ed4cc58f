import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { activationOption } from '../charts/activation-option.ts';
import { type ChartOption, dark, light, type Theme } from '../charts/chart-theme.ts';
import { comparisonHeight, comparisonOption } from '../charts/comparison-option.ts';
import { sweepLines, sweepOption } from '../charts/sweep-option.ts';
import { type Cursor, cursor, element, hover, legend, slider } from './client-controls.ts';
import type { PageData } from './page-data.ts';

use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

const models = JSON.parse(document.getElementById('data')!.textContent) as PageData[];
const darkPage = matchMedia('(prefers-color-scheme: dark)');
let printing = false;
/** Pixels between the margins of a sheet, so that printed text has its size. */
const paperWidth = 680;
const theme = (): Theme => (darkPage.matches && !printing ? dark : light);

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
  new ResizeObserver(() => {
    if (!printing && place.clientWidth !== chart?.getWidth()) draw();
  }).observe(place);
  redraws.push(draw);
  return draw;
}

const redraws: (() => void)[] = [];
const drawAll = (): void => redraws.forEach((draw) => draw());

const cursors = models.map(({ sweep }) => {
  const reached = sweep.checkpoints.flatMap(({ step }) => step ?? []);
  return cursor(reached.length > 0 ? Math.min(...reached) : 0);
});

const draws: Record<string, (place: HTMLElement, data: PageData, at: Cursor) => void> = {
  sweep(place, data, at) {
    const hidden = new Set<string>();
    const draw = show(place, (colors, width) =>
      sweepOption(
        data.sweep,
        colors,
        width,
        sweepLines(data.sweep, colors).filter(({ name }) => !hidden.has(name)),
      ),
    );
    hover(place, data, at);
    const { box, paint } = legend(data, hidden, theme, draw);
    redraws.push(paint);
    place.before(box);
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
const seen = new IntersectionObserver(
  (entries) =>
    entries.forEach((entry) => {
      if (entry.isIntersecting) draw(entry.target as HTMLElement);
    }),
  { rootMargin: '400px' },
);
for (const place of pending) {
  place.hidden = false;
  seen.observe(place);
}

/** A link to a part that is folded opens it. */
function unfold(): void {
  const target = location.hash === '' ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (
    let inside = target?.closest('details') ?? target?.querySelector(':scope > details');
    inside instanceof HTMLDetailsElement;
    inside = inside.parentElement?.closest('details')
  )
    inside.open = true;
  target?.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();

darkPage.addEventListener('change', drawAll);
/** Folded parts that are open on paper only. */
let unfolded: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  printing = true;
  unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details.printed:not([open])')];
  unfolded.forEach((part) => {
    part.open = true;
  });
  for (const place of [...pending].filter((each) => each.clientWidth > 0)) draw(place);
  drawAll();
});
addEventListener('afterprint', () => {
  printing = false;
  unfolded.forEach((part) => {
    part.open = false;
  });
  drawAll();
});
