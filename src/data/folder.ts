import { createHash } from 'node:crypto';
import path from 'node:path';
import { breathe } from '../base/breathe.ts';
import { failure } from '../base/errors.ts';
import { hashFile, openFile, type PinnedFile, readAll } from '../base/files.ts';
import { isFolder, listFolder } from '../base/folders.ts';
import type { TypedArray } from '../formats/element-types.ts';
import { type Bounds, defaultBounds, limits } from '../base/limits.ts';
import { classOfFile, classesOfFolders } from './class-names.ts';
import { type Decoder, pictureInfo, startDecoder } from '../formats/decode-picture.ts';
import { inChannels, type PictureInfo } from '../formats/picture.ts';
import { type Resize, resizeImage, type Size } from './resize.ts';
import type { FolderReading } from '../settings/config.ts';
import { asArray } from './labels.ts';
import type { Source } from './stored.ts';

/**
 * What the net in front of the images takes: rows, columns, channels; its classes; and what to do about other sizes.
 */
export interface Wanted {
  input: readonly number[];
  classes: number;
  /** Whether its last class may be a GoodNet's own. */
  rejects: boolean;
  /** What the names of class folders mean. */
  folders: FolderReading;
  resize: Resize | null;
}

interface ImageFile {
  /** Path below the folder, with `/`. */
  name: string;
  sha256: string;
  bytes: number;
  label: number;
  otherwise: number | null;
  info: PictureInfo;
}

/**
 * Opens a folder of PNG, JPEG and WebP files: one subfolder a class, or files named `name_label=K.png`. Its SHA-256 is
 * that of the text which `sha256sum` prints for all its images, sorted by path. Without `wanted` the images say their
 * size and channels themselves.
 */
export async function openFolder(
  folder: string,
  { file, sha256: pinned }: PinnedFile,
  wanted: Wanted | null,
  assets: string,
  { fileBytes }: Bounds,
  signal?: AbortSignal,
): Promise<Source> {
  const files: ImageFile[] = [];
  for (const { name, label, otherwise } of imagesOf(folder, file, wanted)) {
    await breathe(signal);
    const bytes = readImage(folder, file, name, fileBytes);
    files.push({
      name,
      label,
      otherwise,
      bytes: bytes.content.length,
      sha256: bytes.sha256,
      info: pictureInfo(bytes.content, path.join(file, name)),
    });
  }
  const sha256 = hashOf(files);
  if (pinned !== undefined && pinned.toLowerCase() !== sha256)
    throw failure('file-hash', file, { expected: pinned, actual: sha256 });
  const channels = wanted?.input[2] ?? Math.max(...files.map(({ info }) => info.channels));
  if (channels !== 1 && channels !== 3) throw failure('image-channels', file, { channels });
  const size = sizeOf(files, file, wanted);
  const decoder = await startDecoder(assets);
  const differ = files.some(({ info }) => info.rows !== size[0] || info.columns !== size[1]);
  const Pixels = differ && wanted?.resize === 'bilinear' ? Float32Array : Uint8Array;
  const pixels = size[0] * size[1] * channels;
  return {
    file,
    sha256,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    held: null,
    layout: 'NHWC',
    trueLabel: null,
    close: () => undefined,
    label: asArray(Int32Array.from(files, ({ label }) => label)),
    otherLabel: files[0]!.otherwise === null ? null : asArray(Int32Array.from(files, ({ otherwise }) => otherwise!)),
    data: {
      shape: [files.length, ...size, channels],
      dtype: Pixels === Float32Array ? 'float32' : 'uint8',
      rowBytes: pixels * Pixels.BYTES_PER_ELEMENT,
      rows: (start, stop) => {
        const values = new Pixels((stop - start) * pixels);
        files
          .slice(start, stop)
          .forEach((image, i) =>
            values.set(
              decoded(
                readImage(folder, file, image.name, fileBytes),
                path.join(file, image.name),
                image,
                decoder,
                channels,
                size,
                wanted?.resize ?? null,
              ) as Uint8Array,
              i * pixels,
            ),
          );
        return values;
      },
    },
  };
}

/** SHA-256 and size of a folder of images, as `openFolder` tells them. Throws GoodnetError. */
export function folderDigest(folder: string, file: string): { sha256: string; bytes: number } {
  const { top, inFolders } = imageNames(folder, file);
  const files = [...top, ...inFolders.flat()].map((name) => {
    const { content, sha256 } = readImage(folder, file, name, defaultBounds.fileBytes);
    return { name, sha256, bytes: content.length };
  });
  return { sha256: hashOf(files), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * The SHA-256 in hex of what stands at `place`, a file or a folder of images, as a report names it. Throws
 * GoodnetError.
 */
export const hashInput = (place: string, pinned: PinnedFile): string =>
  isFolder(place) ? folderDigest(place, pinned.file).sha256 : hashFile(place, pinned);

function decoded(
  { content, sha256: now }: ReturnType<typeof readImage>,
  file: string,
  { sha256 }: ImageFile,
  decode: Decoder,
  channels: 1 | 3,
  size: Size,
  resize: Resize | null,
): TypedArray {
  if (now !== sha256) throw failure('file-unreadable', file, { cause: 'it changed while goodnet ran' });
  const picture = decode(content, file);
  const values = inChannels(picture, channels);
  const from: Size = [picture.rows, picture.columns];
  return resize === null || (from[0] === size[0] && from[1] === size[1])
    ? values
    : resizeImage(values, from, size, channels, resize);
}

function readImage(
  folder: string,
  file: string,
  name: string,
  mostBytes: number,
): { content: Uint8Array; sha256: string } {
  const opened = openFile(path.join(folder, name), { file: path.join(file, name) }, mostBytes);
  try {
    return { content: readAll(opened), sha256: opened.sha256 };
  } finally {
    opened.close();
  }
}

/** The net's size where images are to be resized, else the one size that all images have. */
function sizeOf(files: readonly ImageFile[], file: string, wanted: Wanted | null): Size {
  if (wanted !== null && wanted.resize !== null) return [wanted.input[0]!, wanted.input[1]!];
  const first = files[0]!;
  const other = files.find(({ info }) => info.rows !== first.info.rows || info.columns !== first.info.columns);
  const shown = ({ name, info }: ImageFile) => `${name} has ${info.rows} x ${info.columns} pixels`;
  if (other !== undefined)
    throw failure('image-sizes', file, { one: shown(first), other: shown(other), canResize: wanted !== null });
  return [first.info.rows, first.info.columns];
}

function hashOf(files: readonly Pick<ImageFile, 'name' | 'sha256'>[]): string {
  const lines = files
    .map(({ name, sha256 }) => ({ name: Buffer.from(name), line: `${sha256}  ${name}\n` }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
  return createHash('sha256')
    .update(lines.map(({ line }) => line).join(''))
    .digest('hex');
}

/** Files that systems leave in folders by themselves. */
const isJunk = (name: string): boolean => name.startsWith('.') || ['Thumbs.db', 'desktop.ini'].includes(name);
const isImageName = (name: string): boolean => /\.(png|jpe?g|webp)$/i.test(name);

/** The images below a folder with their classes, in the order of their names. */
function imagesOf(
  folder: string,
  file: string,
  wanted: Wanted | null,
): { name: string; label: number; otherwise: number | null }[] {
  const { top, folders, inFolders } = imageNames(folder, file);
  if (folders.length === 0) return top.map((name) => ({ name, label: classOfFile(name, file), otherwise: null }));
  const { labels, otherwise } = classesOfFolders(folders, wanted, wanted?.folders ?? 'auto', file);
  return inFolders.flatMap((names, i) =>
    names.map((name) => ({ name, label: labels[i]!, otherwise: otherwise?.[i] ?? null })),
  );
}

/**
 * The images in a folder and in each of its subfolders, sorted. Links and whatever is no image are refused, not
 * skipped.
 */
function imageNames(folder: string, file: string): { top: string[]; folders: string[]; inFolders: string[][] } {
  const odd: string[] = [];
  const list = (below: string) =>
    listFolder(path.join(folder, below), path.join(file, below))
      .filter((entry) => !isJunk(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const images = (below: string): string[] =>
    list(below).flatMap((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile() && isImageName(entry.name)) return [name];
      if (below !== '' || !entry.isDirectory()) odd.push(entry.isDirectory() ? `${name}/` : name);
      return [];
    });
  const top = images('');
  const folders = list('')
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const inFolders = folders.map(images);
  if (folders.length > 0) odd.push(...top);
  if (odd.length > 0)
    throw failure('folder-files', file, {
      names: `${odd.slice(0, 3).join(', ')}${odd.length > 3 ? ` and ${odd.length - 3} more` : ''}`,
    });
  if (top.length === 0 && inFolders.flat().length === 0) throw failure('data-empty', file);
  const count = top.length + inFolders.flat().length;
  if (count > limits.folderImages) throw failure('folder-size', file, { images: count, most: limits.folderImages });
  return { top, folders, inFolders };
}
