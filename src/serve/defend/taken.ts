import { failure } from '../../base/errors.ts';
import { type Config, configSchema } from '../../settings/config.ts';
import { withRole } from '../../settings/roles.ts';

/** Settings of a run that a request cannot have: of its machine, of files beside those that it sends. */
const untaken: readonly string[] = [
  ...withRole(configSchema, 'machine', 'trust', 'place').filter((name) => name !== 'models'),
  'baseline',
  'class-folders',
  'engine',
];

/** Refuses settings that would be nothing here: none is left aside unseen. Throws `defend-unfit`. */
export function checkTaken(settings: object): void {
  const name = Object.keys(settings).find((each) => untaken.includes(each));
  if (name !== undefined) throw unfit('config', `sets \`${name}\``, 'leave it out, or run `goodnet defend`');
}

/** Refuses jobs that take more than one net, its images and their counts. Throws `defend-unfit`. */
export function checkJob({ models, defenses, attacks }: Config): void {
  if (models.length > 1) throw unfit('config', `names ${models.length} models`, 'send one at a time');
  const trains = defenses.find((name) => name !== 'pruning');
  if (trains !== undefined) throw unfit('config', `asks for ${trains}, which trains`, 'run `goodnet defend`');
  const [stamped] = Object.entries(attacks).find(([, { trigger }]) => trigger !== undefined) ?? [];
  if (stamped !== undefined)
    throw unfit('config', `stamps the trigger of ${stamped}`, 'send poisoned images, as `goodnet stamp` writes them');
}

const unfit = (subject: string, cause: string, fix: string) => failure('defend-unfit', subject, { cause, fix });
