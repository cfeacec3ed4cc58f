import path from 'node:path';
import { formatConfig } from '../../settings/config-file.ts';
import { type Config, configSchema } from '../../settings/config.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import { withRole } from '../../settings/roles.ts';
import type { StampSetting } from '../../settings/split-files.ts';

/** Where a trigger's two pictures are. */
interface Files {
  pattern: string;
  mask: string;
}

/** The attack that stamps a trigger. */
export const attackOf = (target: number, { pattern, mask }: Files, scale: number | string): StampSetting => ({
  target,
  trigger: { image: pattern, mask, at: [0, 0], opacity: 1, scale },
});

/** The settings without which images would be others, the clean ones among them. */
const imaging = [...withRole(configSchema, 'data'), 'architecture'] as const;

const comment = `# Triggers that were reversed, as attacks: not those of an attacker, of whom nobody knows.
# What a run calls ASR is the reversed-trigger rate here. A net that was trained on these triggers withstands them and
# may have its backdoor all the same. The pictures have 8 bits a value and are in the units of the stored pixels.
`;

/** A config that has `goodnet defend` measure the triggers of a net. */
export function attacksText(
  { model, settings }: { model: { file: string }; settings: ResolvedConfig },
  scale: number | string,
  triggers: readonly { target: number; files: Files }[],
): string {
  const { config, sources } = settings;
  const out = (file: string): string => path.join(config.out, file);
  const given = imaging.filter(
    (name) => name !== 'attacks' && sources[name] !== 'default' && config[name] !== undefined,
  );
  const attacks: Config['attacks'] = Object.fromEntries(
    triggers.map(({ target, files }) => {
      const { trigger, ...attack } = attackOf(target, { pattern: out(files.pattern), mask: out(files.mask) }, scale);
      const { opacity: _, ...stamp } = trigger;
      return [`reversed_${target}`, { ...attack, trigger: stamp }];
    }),
  );
  const wanted = { models: [model.file], ...Object.fromEntries(given.map((name) => [name, config[name]])), attacks };
  return comment + formatConfig(wanted);
}
