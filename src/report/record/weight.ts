import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';

const deepest = 20;

/** Adds up what the parts of reports take in memory, by V8's sizes. Throws `report-size` beyond `limits.reportMemory`, and `KIND-invalid` for what is nested like none. */
export class Weight {
  private bytes = 0;
  /** The lists of keys that objects have: each unlike the others takes memory of its own. */
  private readonly shapes = new Set<string>();

  constructor(private readonly kind: 'report' | 'manifest' | 'scan' = 'report') {}

  add(part: unknown, name: string): void {
    this.bytes += 8 + this.of(part, name, deepest);
    if (this.bytes > limits.reportMemory) throw failure('report-size', name, { most: limits.reportMemory });
  }

  private of(value: unknown, name: string, levels: number): number {
    if (typeof value === 'string') return 24 + 2 * value.length;
    if (typeof value === 'number') return (value | 0) === value ? 0 : 16;
    if (typeof value !== 'object' || value === null) return 0;
    if (levels === 0) throw failure(`${this.kind}-invalid`, name, { cause: `is nested deeper than any ${this.kind}` });
    let bytes = 0;
    if (Array.isArray(value)) for (const part of value) bytes += 8 + this.of(part, name, levels - 1);
    else for (const key in value) bytes += 8 + this.of((value as Record<string, unknown>)[key], name, levels - 1);
    if (Array.isArray(value)) return 48 + bytes;
    return 24 + (bytes === 0 ? 32 : bytes) + this.shape(Object.keys(value).join('\n'));
  }

  /** What a list of keys takes when it is the first of its kind. */
  private shape(keys: string): number {
    if (this.shapes.has(keys)) return 0;
    this.shapes.add(keys);
    return 400 + 8 * keys.length;
  }
}
