import type { TObject, TProperties } from '@sinclair/typebox';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../engine/split.ts';
import type { PixelRange, ReversedTrigger } from '../engine/training/trigger-gradients.ts';
import type { Edits, Model } from '../models/net.ts';
import type { Config, DefenseName } from '../settings/config.ts';
import type { Candidate } from '../verdict/figures.ts';
import type { GateResult, SplitName } from '../verdict/gate.ts';
import type { SplitAnswers } from './answers.ts';
import type { TrainingStore } from './retraining/attempts.ts';
import type { Found, TriggerStore } from './reversal/search.ts';
/** A way to repair a net. `Trace` is what a model's record tells of how it was done, `Finding` what a reader should know of it. */
export interface Defense<Trace extends object, Finding extends Coded> {
    name: DefenseName;
    /** The schema of the trace, entry by entry. */
    trace: TProperties;
    /** The schema of each kind of finding. */
    findings: readonly TObject[];
    /** The stages that it may propose with such settings: files are called by them. */
    stages(config: Config): string[];
    /** Repairs a net. `before` is what was proposed before. Throws GoodnetError for settings or data that it cannot work with. */
    propose(subject: Subject, before: readonly Proposed[]): Promise<Proposal<Trace, Finding> & Nets>;
    /** The same from nothing but what was counted, by the record of a model. Throws `report-invalid` for counts that no run can have. */
    recall(recorded: Recorded<Trace>, config: Config): Proposal<Trace, Finding>;
    /** A finding in words. */
    sentence(finding: Finding, trace: Partial<Trace>): string;
}
export interface Coded {
    code: string;
}
/** The net that is to be repaired. */
export interface Subject {
    model: Model;
    config: Config;
    /** Puts all data in front of the net as it is cut. It stays open until the verdict is known. */
    open: (parts: Parts) => Promise<Opened>;
    /** Puts all data in front of the whole net, for as long as `use` takes; `long` searches, or parts of a batch, are computed at once. */
    during: <T>(long: number, use: (opened: Opened) => Promise<T>) => Promise<T>;
    /** What was found by this run, or by one that was stopped: triggers of a round, and what trainings came to. */
    kept: {
        triggers: (round: number) => TriggerStore;
        trainings: TrainingStore;
    };
    /** What a scan of this very net by these very images found; null where there is none. */
    scanned: () => Promise<Found | null>;
    /** The classes of all images, as the original gives them. */
    original: () => Promise<Answered>;
    /** The classes of all images, as the net with these weights gives them. */
    answers: (edits: Edits) => Promise<Answered>;
    /** A counter of images that are finished, for people who wait. */
    progress: (stage: string, data: readonly {
        count: number;
    }[]) => (images: number) => void;
}
export interface Opened {
    validation: Split;
    test: Split | null;
}
/** The classes that a net gives all images. */
export type Answered = Record<SplitName, SplitAnswers | null>;
/** What a defense proposed, with its nets. */
export type Proposed = Proposal & Nets;
/** What a defense found out. */
export interface Proposal<Trace = object, Finding extends Coded = Coded> {
    /** The original first, then the repaired nets, scored on every split. */
    candidates: readonly Candidate[];
    /** What the record says of it. Steps of a sweep go through `keep` one by one, so that who has them already need not hold them twice. */
    trace: (keep?: Keep) => Trace;
    /** What a reader should know, once the verdict is known. */
    findings: (verdict: GateResult) => Told<Finding>;
}
export type Keep = <T>(step: T, index: number) => T;
/** Findings about how figures were made, about the stages of the defense, and about what came of it. */
export interface Told<Finding> {
    method: Finding[];
    stages: Finding[];
    outcome: Finding[];
}
/** The nets themselves, as long as they are open. */
export interface Nets {
    /** In the order of the candidates. */
    nets: readonly Net[];
    /** The net that shows most of what the defense does, whatever is recommended. */
    furthest: Net;
    /** The triggers that it found and used, for people to look at. */
    triggers?: readonly ShownTrigger[];
}
/** A trigger that was found for a class in a round, and what pixels may be. */
export interface ShownTrigger extends ReversedTrigger {
    round: number;
    target: number;
    range: PixelRange;
}
/** A net on its evaluator, and how its file differs from the original's. */
export interface Net {
    /** All data in front of the net, before channels are off. It stays open until the verdict is known. */
    opened: () => Promise<Opened>;
    /** What it is called, if it was trained. */
    stage?: string;
    /** Channels at the cut that are off. */
    off: Int32Array;
    /** The weights that are other ones. */
    edits: () => Edits;
}
/** A model's record: the trace, and the candidates and findings as they were told. */
export type Recorded<Trace> = Trace & {
    path: string;
    candidates: readonly Candidate[];
    findings: readonly Coded[];
};
/** One list of those of several proposals, each of which begins with the original: the first defense's, then all that is proposed. */
export declare const joined: <T>(lists: readonly (readonly T[])[]) => T[];
