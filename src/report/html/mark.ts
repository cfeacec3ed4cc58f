import type { Report } from '../record/report.ts';

const ring = '<circle cx="8" cy="8" r="6.5"/>';
const shapes: Record<Report['verdict'], { color: string; shape: string }> = {
  passed: { color: 'good', shape: `${ring}<path d="m5 8.3 2.1 2.2L11 6"/>` },
  ungated: { color: 'info', shape: `${ring}<path d="M8 7.5v3.5M8 4.8v.1"/>` },
  inconclusive: {
    color: 'warn',
    shape: `${ring}<path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.1M8 11.4v.1"/>`,
  },
  repairable: { color: 'warn', shape: '<path d="M8 1.8 14.5 14h-13zM8 6.3v3.6M8 11.9v.1"/>' },
  failed: { color: 'bad', shape: `${ring}<path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6"/>` },
  error: { color: 'bad', shape: `${ring}<path d="M5 8h6"/>` },
};

/** A drawn sign of a verdict, of the size of the text; the words beside it say the same. */
export const mark = (verdict: Report['verdict']): string =>
  `<svg class="mark ${shapes[verdict].color}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[verdict].shape}</svg>`;
