import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { flatten } from '../src/models/keras/flatten.ts';
import { buildModel } from '../src/models/build-model.ts';
import type { Model } from '../src/models/net.ts';
import { readNet } from '../src/models/keras/topology.ts';
import { fixtures } from './support.ts';

/** A net of keras.applications without its weights' values, for images of `side` x `side` pixels where that is given. */
export function netOf(dialect: string, name: string, side?: number): Model {
  const configs = JSON.parse(
    gunzipSync(readFileSync(path.join(fixtures, `applications.${dialect}.json.gz`))).toString(),
  ) as Record<string, object>;
  const config = JSON.stringify(configs[name]);
  const sized = side === undefined ? config : config.replace(/\[null,\d+,\d+,3\]/g, `[null,${side},${side},3]`);
  const { topology } = flatten(readNet(sized, name), name);
  return buildModel(
    topology,
    (needs) =>
      new Map(
        [...needs].map(([layer, needed]) => [
          layer,
          needed.map(([weight, shape]) => ({ name: weight, shape, path: '', values: new Float32Array(0) })),
        ]),
      ),
    name,
    '',
  );
}
