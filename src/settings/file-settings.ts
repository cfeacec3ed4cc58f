import type { Config, FileSetting } from './config.ts';

/** The settings that say where files lie, and nothing of what is in them. */
export const fileSettings = [
  'models',
  'architecture',
  'clean',
  'attacks',
  'baseline',
  'out',
  'sarif-file',
] as const satisfies (keyof Config)[];

/** Settings with `change` applied to the name of every file and model that is read. */
export function mapFiles<C extends Partial<Config>>(settings: C, change: (file: string) => string): C {
  const { models, architecture, clean, attacks, baseline } = settings;
  const named = (file: FileSetting): FileSetting =>
    typeof file === 'string' ? change(file) : { ...file, file: change(file.file) };
  const given = <T extends object>(values: T): Partial<T> =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
  const split = (files: { validation?: FileSetting; test?: FileSetting }) =>
    given({ validation: files.validation && named(files.validation), test: files.test && named(files.test) });
  return {
    ...settings,
    ...given({
      models: models?.map((pattern) => (pattern.startsWith('!') ? `!${change(pattern.slice(1))}` : change(pattern))),
      architecture: architecture && named(architecture),
      clean: clean && (split(clean) as Config['clean']),
      attacks:
        attacks &&
        Object.fromEntries(
          Object.entries(attacks).map(([name, { validation, test, trigger, ...rest }]) => [
            name,
            {
              ...rest,
              ...split({
                ...(validation === undefined ? {} : { validation }),
                ...(test === undefined ? {} : { test }),
              }),
              ...given({
                trigger: trigger && {
                  ...trigger,
                  image: named(trigger.image),
                  ...given({ mask: trigger.mask && named(trigger.mask) }),
                },
              }),
            },
          ]),
        ),
      baseline: baseline && change(baseline),
    }),
  };
}

/** The name of every file, folder of images and model that the settings have read. */
export function namedFiles(settings: Partial<Config>): string[] {
  const names: string[] = [];
  mapFiles(settings, (file) => (names.push(file), file));
  return names;
}
