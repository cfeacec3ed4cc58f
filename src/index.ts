export { type Config, configSchema, type FileSetting, type Kind, type ResolvedConfig, resolveConfig, type Source } from './config.ts';
export { parseConfig, readConfig } from './config-file.ts';
export { GoodnetError } from './errors.ts';
export { type Evaluation, evaluate } from './evaluate.ts';
export type { Finding } from './findings.ts';
export { type Inspection, inspect, type LayerInfo } from './inspect.ts';
export { type CandidateReport, type ModelReport, type Report, reportSchema } from './report/report.ts';
export { type ProgressEvent, run, type World } from './run.ts';
export { processWorld } from './world.ts';
