import type { Config } from '../../settings/config.ts';
import { type ImageFile, splitFiles, type StampSetting } from '../../settings/split-files.ts';
import { hashesOf } from './baseline.ts';

/** Whether images of the test split are those of validation: the same datasets of a file with the same SHA-256. */
export function repeatsValidation(config: Config, inputs: Parameters<typeof hashesOf>[0]): boolean {
  const hashes = hashesOf(inputs);
  const [validation, test] = [splitFiles(config, 'validation'), splitFiles(config, 'test')].map((files) =>
    files === null ? [] : [files.clean, ...files.attacks.map(([, images]) => images)],
  );
  const identity = (images: ImageFile | StampSetting): string[] =>
    'trigger' in images || !hashes.has(images.file)
      ? []
      : [JSON.stringify([hashes.get(images.file), images.data ?? config['data-name']])];
  const known = new Set(validation!.flatMap(identity));
  return test!.flatMap(identity).some((images) => known.has(images));
}
