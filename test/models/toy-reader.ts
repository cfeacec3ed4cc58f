import '../../src/models/reader.ts';
import type { ModelFormat } from '../../src/models/format.ts';
import { formats } from '../../src/models/formats.ts';
import { toy } from './toy-format.ts';

/** The thread that reads files apart, with one format more. */
(formats as ModelFormat[]).push(toy);
