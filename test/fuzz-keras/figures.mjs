/** Counts what came of the mutants, in all and by kind. */
export class Figures {
  #total = counts();
  #byKind;
  #loads = {};
  #refusals = new Map();
  #misses = new Map();
  #neutral = { accepted: 0, refused: [] };
  #seeds = { accepted: 0, refused: 0 };
  #tied = 0;
  #written = 0;
  #started = 0;
  failed = 0;

  constructor(kinds) {
    this.#byKind = new Map(kinds.map(({ name, neutral }) => [name, { neutral, alone: counts(), ...counts() }]));
  }

  begin() {
    this.#started = performance.now();
    console.log(`${this.#seeds.accepted} seeds accepted, ${this.#seeds.refused} refused`);
  }

  add(outcome) {
    const { sort, kinds, run } = outcome;
    this.#tied += outcome.tied;
    this.#written += outcome.written;
    if (sort === 'differing' || sort === 'crashed') this.failed++;
    if (run < 0) {
      this.#seeds[sort === 'accepted' ? 'accepted' : 'refused']++;
      if (sort === 'refused') this.#fail(outcome);
      return;
    }
    this.#total[sort]++;
    for (const miss of outcome.misses) this.#misses.set(miss, (this.#misses.get(miss) ?? 0) + 1);
    for (const name of kinds) this.#byKind.get(name)[sort]++;
    if (kinds.length === 1) this.#byKind.get(kinds[0]).alone[sort]++;
    for (const [name, how] of Object.entries(outcome.loads)) {
      this.#loads[name] ??= {};
      this.#loads[name][how] = (this.#loads[name][how] ?? 0) + 1;
    }
    if (sort === 'refused') this.#refusals.set(outcome.refused, (this.#refusals.get(outcome.refused) ?? 0) + 1);
    if (!outcome.neutral) return;
    if (sort === 'refused') this.#fail(outcome);
    else this.#neutral.accepted++;
  }

  /** What Keras itself writes was refused. */
  #fail({ run, seed, said, reason }) {
    this.failed++;
    if (run >= 0) this.#neutral.refused.push(run);
    console.log(`refused ${run}.${seed.name}, which Keras writes: ${said.join(' + ') || 'as it is'}\n  ${reason}`);
  }

  print() {
    const seconds = (performance.now() - this.#started) / 1000;
    const { accepted, refused, differing, crashed } = this.#total;
    const runs = accepted + refused + differing + crashed;
    console.log(
      table(
        ['kind', 'accepted', 'refused', 'differing', 'crashed', 'alone: accepted', 'refused', 'differing'],
        [...this.#byKind]
          .sort(byName)
          .map(([name, kind]) => [
            `${name}${kind.neutral ? ' (neutral)' : ''}`,
            kind.accepted,
            kind.refused,
            kind.differing,
            kind.crashed,
            kind.alone.accepted,
            kind.alone.refused,
            kind.alone.differing,
          ]),
      ),
    );
    for (const [name, how] of Object.entries(this.#loads))
      console.log(
        `accepted ones in ${name}: ${sorted(how)
          .map(([key, count]) => `${count} ${key}`)
          .join(', ')}`,
      );
    console.log(
      '(other: the Keras that the file is not meant for answers otherwise; doubt: answered otherwise, and goodnet says so: such a net never passes)',
    );
    console.log(
      `refused by: ${sorted(Object.fromEntries(this.#refusals))
        .map(([code, count]) => `${code} ${count}`)
        .join(', ')}`,
    );
    console.log(`neutral mutants: ${this.#neutral.accepted} accepted, ${this.#neutral.refused.length} refused`);
    console.log(
      `${this.#written} repaired models compared, ${this.#tied} answers passed over as tied, ${[...this.#misses.values()].reduce((a, b) => a + b, 0)} changes could not be made`,
    );
    console.log(
      `accepted ${accepted + differing}, refused ${refused}, differing ${differing}, crashed ${crashed}, ${(runs / seconds).toFixed(1)} mutations/s`,
    );
    console.log(`${runs + this.#seeds.accepted + this.#seeds.refused - this.failed} passed, ${this.failed} failed`);
  }
}

const counts = () => ({ accepted: 0, refused: 0, differing: 0, crashed: 0 });
const byName = ([a], [b]) => (a < b ? -1 : 1);
const sorted = (counted) => Object.entries(counted).sort(([, a], [, b]) => b - a);

function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
