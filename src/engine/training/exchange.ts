/** One of those who train a net together: each computes a share of every batch, and they add up what they find. */
export interface Member {
  place: number;
  of: number;
  /** What all of them write to and read. It can be sent to threads. */
  memory: SharedArrayBuffer;
}

/** Numbers of a member that are exchanged at once. */
const pieceNumbers = 2 ** 19;
const pieceBytes = pieceNumbers * Float32Array.BYTES_PER_ELEMENT;
/** The count of arrivals stands in a line of the cache of its own. */
const headBytes = 64;
/** A count of arrivals that says that a member left. */
const left = 2 ** 30;

/** Memory for so many members: a count, and two slots for each of them, which they take in turn. */
export const exchangeMemory = (members: number): SharedArrayBuffer =>
  new SharedArrayBuffer(headBytes + 2 * members * pieceBytes);

const arrivalsIn = (memory: SharedArrayBuffer): Int32Array => new Int32Array(memory, 0, 1);

/** Says to all members that one of them is not coming any more. */
export function leave(memory: SharedArrayBuffer): void {
  const arrivals = arrivalsIn(memory);
  Atomics.store(arrivals, 0, left);
  Atomics.notify(arrivals, 0);
}

/** Where a member meets the others. */
export class Exchange {
  private readonly arrivals: Int32Array;
  private meetings = 0;

  constructor(private readonly member: Member) {
    this.arrivals = arrivalsIn(member.memory);
  }

  /**
   * Adds up the numbers of all members, in place: of two halves of the members, of halves of these, and so on. All have
   * as many. False where a member left.
   */
  async addUp(numbers: Float32Array): Promise<boolean> {
    const { place, of } = this.member;
    for (let start = 0; start < numbers.length; start += pieceNumbers) {
      const own = numbers.subarray(start, start + pieceNumbers);
      const slots = Array.from({ length: of }, (_, i) => this.slot(i).subarray(0, own.length));
      slots[place]!.set(own);
      if (!(await this.meet())) return false;
      own.set(inHalves(slots, addedTo));
    }
    return true;
  }

  /** A member's slot until the next meeting. What was written before the last one may be read until then. */
  private slot(place: number): Float32Array {
    const turn = this.meetings % 2;
    return new Float32Array(this.member.memory, headBytes + (turn * this.member.of + place) * pieceBytes, pieceNumbers);
  }

  /** Waits for all others; false where one left. */
  private async meet(): Promise<boolean> {
    const due = ++this.meetings * this.member.of;
    let came = Atomics.add(this.arrivals, 0, 1) + 1;
    if (came === due) Atomics.notify(this.arrivals, 0);
    while (came < due) {
      await Atomics.waitAsync(this.arrivals, 0, came).value;
      came = Atomics.load(this.arrivals, 0);
    }
    return came < left;
  }
}

/** What `add` makes of all: of what it makes of each half of them. They are a power of two. */
export function inHalves<T>(all: readonly T[], add: (a: T, b: T) => T): T {
  if (all.length === 1) return all[0]!;
  const middle = all.length / 2;
  return add(inHalves(all.slice(0, middle), add), inHalves(all.slice(middle), add));
}

/** a + b, number by number. */
function addedTo(a: Float32Array, b: Float32Array): Float32Array {
  const sum = new Float32Array(a.length);
  for (let i = 0; i < sum.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
}
