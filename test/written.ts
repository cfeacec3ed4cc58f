import { createHdf5, type GroupContent } from '../src/formats/write-hdf5.ts';
import { type Written, WrittenBytes } from '../src/formats/written-bytes.ts';
import { writeGoodnet } from '../src/models/keras/write-model.ts';
import type { Edits, Model } from '../src/models/net.ts';

/** The bytes of what `write` writes. */
export async function writtenBytes(write: (content: Written) => Promise<void>): Promise<Uint8Array> {
  const content = new WrittenBytes();
  await write(content);
  return content.bytes;
}

export const hdf5Of = (root: GroupContent): Promise<Uint8Array> => writtenBytes((content) => createHdf5(root, content));

export const goodnetBytes = (model: Model, edits: Edits): Promise<Uint8Array> =>
  writtenBytes((content) => writeGoodnet(model, edits, content));
