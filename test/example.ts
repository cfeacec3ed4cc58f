import path from 'node:path';
import { openSplit } from '../src/data/splits.ts';
import { dataFormat } from '../src/settings/data-format.ts';
import { resolveConfig } from '../src/settings/resolve-config.ts';
import { splitFiles } from '../src/settings/split-files.ts';
import { loadModel, root, testWorld } from './support.ts';

/** The net and the data of an example, as small as they may be. */
export async function example(file = 'examples/badnet.h5') {
  const { config } = resolveConfig(
    {
      models: ['-'],
      clean: { validation: 'examples/clean_valid.h5' },
      attacks: { patch: { validation: 'examples/poisoned_valid.h5' } },
      scale: '1/255',
    },
    {},
    null,
  );
  const { model } = await loadModel(path.join(root, file));
  const data = await openSplit(splitFiles(config, 'validation')!, testWorld(root), dataFormat(config), model);
  const closeData = (): void => [data.clean, ...data.attacks.values()].forEach((each) => each.close());
  return { model, data, closeData };
}
