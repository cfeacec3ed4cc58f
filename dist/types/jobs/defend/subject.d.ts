import type { Subject } from '../../defense/defense.ts';
import { type Model } from '../../models/net.ts';
import type { Config } from '../../settings/config.ts';
import type { OpenedData } from '../opened-data.ts';
/** A net in front of its data, for the defenses. */
export declare function subjectOf(model: Model, config: Config, data: OpenedData, { progress, kept, scanned, started }: Pick<Subject, 'progress' | 'kept' | 'scanned'> & {
    started: () => void;
}): Subject;
