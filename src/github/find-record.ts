import { isDeepStrictEqual } from 'node:util';
import { failure, type GoodnetError } from '../base/errors.ts';
import type { Report } from '../report/record/report.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { measuring } from './base-limits.ts';
import type { Planned } from './matrix.ts';

/** A report or a scan, by what tells of which models it is. */
interface Recorded<M> {
  models: readonly M[];
  errors: Report['errors'];
}

/** A model, in the record that has it. */
export interface Found<R, M> {
  record: R;
  model: M;
}

/** A model that is not judged, and why. */
export type Refused = Report['errors'][number];

export const refuse = ({ subject, code, message }: GoodnetError): Refused => ({ path: subject, code, message });

/** Whether a run is one of a job's plan. */
export const isOfPlan = ({ plan: own }: Report['run'], { plan }: Planned): boolean => plan === null || own === plan;

/** The first setting that a record was measured by and that is another here; undefined where there is none. */
export const otherSetting = (record: Pick<Report, 'config'>, { config, sources }: ResolvedConfig): string | undefined =>
  measuring.find(
    (name) =>
      name !== 'models' &&
      sources[name] !== undefined &&
      sources[name] !== 'default' &&
      !isDeepStrictEqual(config[name], record.config[name]?.value),
  );

const sawIt = { report: 'the plan saw', scan: 'was evaluated' };

/** The record that answers for a job: of its file, and no other that says something else. `said` tells what a job that ran again finds again. */
export function findRecord<M extends { path: string; sha256: string }, R extends Recorded<M>>(
  records: readonly R[],
  { model: path, sha256 }: Planned,
  said: (found: Found<R, M>) => string,
  kind: 'report' | 'scan',
): Found<R, M> | Refused {
  const all = records.flatMap((record) =>
    record.models.filter((model) => model.path === path).map((model) => ({ record, model })),
  );
  const fitting = all.filter(({ model }) => sha256 === null || model.sha256 === sha256);
  const refused = records.flatMap(({ errors }) => errors.filter((error) => error.path === path));
  const says = new Set([...fitting.map(said), ...refused.map(({ code }) => code)]);
  if (says.size > 1) return refuse(failure(`${kind}-invalid`, path, { cause: `has several ${kind}s that differ` }));
  if (fitting.length > 0) return fitting[0]!;
  if (refused.length > 0) return refused[0]!;
  return refuse(
    all.length > 0
      ? failure(`${kind}-invalid`, path, { cause: `has a ${kind} of another file than ${sawIt[kind]}` })
      : failure(`${kind}-missing`, path),
  );
}
