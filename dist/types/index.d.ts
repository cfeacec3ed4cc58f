import { type Evaluation } from './jobs/evaluate.ts';
import type { Listener } from './jobs/listener.ts';
import type { RunOptions } from './jobs/defend/run-options.ts';
import { type Verification, type VerifyOrder } from './jobs/verify/verify.ts';
import { type World as ProcessWorld } from './jobs/world.ts';
import type { Report } from './report/record/report.ts';
import type { Scan } from './report/record/scan.ts';
import type { ResolvedConfig } from './settings/resolve-config.ts';
export { type Config, configSchema, type Given, type Kind } from './settings/config.ts';
export type { FileSetting } from './settings/data-schema.ts';
export { type Door, type ResolvedConfig, resolveConfig, type Source } from './settings/resolve-config.ts';
export { compare } from './jobs/compare.ts';
export { parseConfig, readConfig } from './settings/config-file.ts';
export { GoodnetError } from './base/errors.ts';
export type { Evaluation } from './jobs/evaluate.ts';
export type { Finding } from './report/record/findings.ts';
export { type Inspection, inspect, type LayerInfo } from './jobs/inspect/inspect.ts';
export type { Preparation, Probe, Trial } from './jobs/inspect/probe.ts';
export type { Profile } from './jobs/profile.ts';
export { type Leaderboard, type Standing } from './report/record/leaderboard.ts';
export { type Manifest, manifestSchema } from './report/record/manifest.ts';
export { type CandidateReport, type ModelReport, type Report, reportSchema } from './report/record/report.ts';
export { type ModelScan, type Scan, type ScannedTrigger, scanSchema } from './report/record/scan.ts';
export { type ScanFinding } from './report/record/scan-findings.ts';
export { type Sample, sample, type SampleOrder } from './jobs/sample.ts';
export { type Stamped, stamp, type StampOrder } from './jobs/stamp.ts';
export type { Verification, VerifyOrder } from './jobs/verify/verify.ts';
export type { ProgressEvent, ResumeEvent } from './jobs/listener.ts';
/** The world of a program: its process, what it decides of a run, and who is told how it goes on. */
export interface World extends ProcessWorld, RunOptions, Listener {
}
/** The world of this process, in which nobody is told anything. */
export declare const processWorld: () => World;
/** The whole job of `goodnet defend`. */
export declare const run: (settings: ResolvedConfig, world: World) => Promise<Report>;
/** Scores many models on the same data. */
export declare const evaluate: (settings: ResolvedConfig, world: World) => Promise<{
    models: Evaluation[];
    errors: Report["errors"];
}>;
/** Looks for triggers that nobody told of. */
export declare const scan: (settings: ResolvedConfig, world: World) => Promise<Scan>;
/** Checks a folder that `run` wrote. */
export declare const verify: (order: VerifyOrder, world: World) => Promise<Verification>;
