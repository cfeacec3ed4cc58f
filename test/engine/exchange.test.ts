import { describe, expect, test } from 'vitest';
import { partsOfABatch, shareOf } from '../../src/engine/training/draw.ts';
import { Exchange, exchangeMemory, inHalves, leave } from '../../src/engine/training/exchange.ts';
import { mostMembers, type Trains, trainedTogether } from '../../src/engine/training/team.ts';
import type { Call } from '../../src/models/net.ts';
import { random } from '../random-nets.ts';

const membersOf = (of: number, memory = exchangeMemory(of)) =>
  Array.from({ length: of }, (_, place) => new Exchange({ place, of, memory }));

describe('shares of a batch', () => {
  test.each([0, 1, 2, 3, 5, 18, 36, 64])(
    'of %i images are all of them, in order, one half as many as the other',
    (n) => {
      for (const of of [1, 2, 4]) {
        const shares = Array.from({ length: of }, (_, place) => shareOf(n, place, of));
        expect(shares.flatMap(([start, stop]) => numbers(start, stop))).toEqual(numbers(0, n));
        const lengths = shares.map(([start, stop]) => stop - start);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }
    },
  );

  test('are the halves of shares of fewer', () => {
    for (const n of [1, 7, 64])
      for (const place of [0, 1]) {
        const [start, stop] = shareOf(n, place, 2);
        const halves = [0, 1].map((half) => shareOf(stop - start, half, 2).map((at) => start + at));
        expect(halves).toEqual([shareOf(n, 2 * place, 4), shareOf(n, 2 * place + 1, 4)]);
      }
  });

  const numbers = (start: number, stop: number) => Array.from({ length: stop - start }, (_, i) => start + i);
});

describe('an exchange', () => {
  test.each([1, 2, 4])('of %i adds up in halves, as often as wanted, more than a piece at once', async (of) => {
    const members = membersOf(of);
    for (const [round, length] of [3, 2 ** 20 + 5, 0, 7].entries()) {
      const draw = random(round + 1);
      const given = members.map(() => Float32Array.from({ length }, () => draw() * 2 ** (40 * draw())));
      const added = inHalves(given, (a, b) => a.map((value, i) => value + b[i]!));
      const found = given.map((own) => own.slice());
      // some come late
      const came = members.map(async (member, place) => {
        if ((place + round) % 2 === 1) await new Promise((resume) => setTimeout(resume, 5));
        return member.addUp(found[place]!);
      });
      expect(await Promise.all(came)).toEqual(members.map(() => true));
      for (const own of found) expect(Buffer.compare(bytesOf(own), bytesOf(added))).toBe(0);
    }
  });

  test('ends for all where one leaves, also for those who come later', async () => {
    const memory = exchangeMemory(4);
    const [first, second, late] = membersOf(4, memory);
    const waiting = [first!, second!].map((member) => member.addUp(new Float32Array(1)));
    await new Promise((resume) => setTimeout(resume, 5));
    leave(memory);
    expect(await Promise.all(waiting)).toEqual([false, false]);
    expect(await late!.addUp(new Float32Array(1))).toBe(false);
    expect(await first!.addUp(new Float32Array(1))).toBe(false);
  });

  const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);
});

describe('a team', () => {
  const settings = { images: new Int32Array(), steps: 2, rate: 1, seed: 1 };
  const untold = () => undefined;
  /** Members that meet twice, whose losses are their places. */
  const worker: Trains = {
    trained: async (_, member, progress) => {
      const { place } = member!;
      const exchange = new Exchange(member!);
      for (let step = 0; step < 2; step++) {
        if (!(await exchange.addUp(Float32Array.of(1)))) break;
        progress?.(64);
      }
      return { weights: new Map([[`of ${place}`, new Float32Array()]]), losses: Float64Array.of(place, 10) };
    },
  };

  test('is as large as its workers, the parts of a batch and the memory let it be; the first tells', async () => {
    for (const [workers, most, of] of [
      [2, 9, 2],
      [3, 9, 2],
      [4, 9, partsOfABatch],
      [9, 9, partsOfABatch],
      [4, 2, 2],
      [4, 3, 2],
    ] as const) {
      const told: number[] = [];
      const all = Array<Trains>(workers).fill(worker);
      const { weights, losses } = await trainedTogether(all, most, settings, (images) => told.push(images));
      expect([[...weights.keys()], told]).toEqual([['of 0'], [64, 64]]);
      expect(losses).toEqual(Float64Array.of((of * (of - 1)) / 2, 10 * of));
    }
    const alone: Trains = {
      trained: async (_, member) => ({ weights: new Map(), losses: Float64Array.of(Number(member)) }),
    };
    expect((await trainedTogether([alone], 9, settings, untold)).losses).toEqual(Float64Array.of(0));
    expect((await trainedTogether([alone, alone], 1, settings, untold)).losses).toEqual(Float64Array.of(0));
  });

  test.each([0, 1])('throws what member %i throws, and leaves nobody waiting', async (at) => {
    let ended = 0;
    const all = [0, 1].map((place): Trains => ({
      trained: async (...given) => {
        if (place === at) throw new Error('no such image');
        const found = await worker.trained(...given);
        ended++;
        return found;
      },
    }));
    await expect(trainedTogether(all, 9, settings, untold)).rejects.toThrow('no such image');
    expect(ended).toBe(1);
  });

  test('has fewer members where the weights take much memory, those that are used twice once', () => {
    const call = (path: string, ...shape: number[]) => ({ layer: { weights: [{ path, shape }] } }) as unknown as Call;
    const million = call('kernel', 1000, 1000);
    expect(mostMembers({ calls: [] })).toBeGreaterThan(partsOfABatch);
    expect(mostMembers({ calls: [million, million, call('bias', 1000)] })).toBe(67);
    expect(mostMembers({ calls: [million, call('deep', 25_000_000)] })).toBe(2);
    expect(mostMembers({ calls: [million, call('deep', 140_000_000)] })).toBe(1);
  });
});
