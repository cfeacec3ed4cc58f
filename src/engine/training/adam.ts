/** The state of Adam: how often it stepped, as powers of what its moments keep. */
export class AdamPowers {
  private power = 1;
  private powerSquare = 1;

  constructor(
    readonly keep: number,
    readonly keepSquare: number,
  ) {}

  /** How far the next step goes at a learning rate: the moments start at 0, which this makes up for. */
  next(rate: number): number {
    this.power *= this.keep;
    this.powerSquare *= this.keepSquare;
    return (rate * Math.sqrt(1 - this.powerSquare)) / (1 - this.power);
  }
}

/** Added to the root of the second moment. */
export const epsilon = 1e-7;
