/** The state of Adam: how often it stepped, as powers of what its moments keep. */
export class AdamPowers {
  constructor(
    readonly keep: number,
    readonly keepSquare: number,
    private readonly powers: [power: number, powerSquare: number] = [1, 1],
  ) {}

  /** How far the next step goes at a learning rate: the moments start at 0, which this makes up for. */
  next(rate: number): number {
    this.powers[0] *= this.keep;
    this.powers[1] *= this.keepSquare;
    return (rate * Math.sqrt(1 - this.powers[1])) / (1 - this.powers[0]);
  }
}

/** Added to the root of the second moment. */
export const epsilon = 1e-7;
