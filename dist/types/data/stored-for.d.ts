import type { Model } from '../models/net.ts';
import type { DataFormat } from './dataset.ts';
import type { Source, StoredImages } from './stored.ts';
/** What a source holds, wherever it is. */
export type Content = Pick<Source, 'file' | 'layout' | 'data' | 'label' | 'otherLabel' | 'trueLabel'>;
/** Images with their labels, checked against a net. Throws GoodnetError only. */
export declare function storedFor({ file, layout: own, data: unsized, label, otherLabel, trueLabel }: Content, format: DataFormat, model: Model): StoredImages;
