import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Of so many accepted files one is written out again: pruned, and as a GoodNet, which Keras takes ten times as long to load. */
const writeEach = { pruned: 5, goodnet: 40 };

/**
 * Asks goodnet and both Kerases about one file after the other. Keras 3 loads files of either, so it is asked about all; tf-keras is about those of
 * Keras 2, and about a legacy `.h5` unless the two already disagree about its seed. Nets of which goodnet says that Keras may answer otherwise, and
 * which it never lets pass, are counted apart.
 */
export class Judge {
  #accepted = 0;
  #unlike = new Set();

  constructor({ goodnet, ...kerases }, { difference, tiedImages }, keep) {
    this.difference = difference;
    this.tiedImages = tiedImages;
    this.goodnet = goodnet;
    this.kerases = kerases;
    this.keep = keep;
  }

  get all() {
    return [this.goodnet, ...Object.values(this.kerases)];
  }

  /** What came of a mutant, or of a seed as it is (`run` below 0). */
  async judge(run, mutant) {
    const outcome = { run, ...mutant, sort: 'accepted', loads: {}, problems: [], tied: 0, written: 0 };
    const ours = await this.goodnet.ask({
      path: mutant.path,
      architecture: mutant.architecture,
      write: Object.keys(writeEach).filter((kind) => this.#accepted % writeEach[kind] === 0),
    });
    if (ours.crash !== undefined || ours.ended !== undefined)
      Object.assign(outcome, { sort: 'crashed', problems: [ours.crash ?? ours.ended] });
    else if (ours.refused !== undefined)
      Object.assign(outcome, { sort: 'refused', refused: ours.refused, reason: ours.reason });
    else await this.#compare(outcome, ours);
    if (outcome.problems.length > 0) this.#show(outcome, ours);
    for (const file of [mutant.path, mutant.architecture, ...(ours.files ?? []).map((written) => written.path)])
      if (file !== null) rmSync(file, { force: true });
    return outcome;
  }

  async #compare(outcome, ours) {
    this.#accepted++;
    const { seed } = outcome;
    const writer = seed.source.startsWith('keras3') ? 'keras3' : 'tf_keras';
    for (const [name, keras] of Object.entries(this.kerases)) {
      const theirs = await keras.ask({
        path: outcome.path,
        architecture: outcome.architecture,
        shape: ours.shape,
        calls: ours.doubt === null,
        predict: outcome.predict,
      });
      const found = this.difference(ours, theirs);
      outcome.tied += this.tiedImages(ours, theirs);
      const meant =
        name === 'keras3' || name === writer || (seed.layout === 'legacy' && !this.#unlike.has(`${name} ${seed.net}`));
      const doubt = ours.doubt !== null;
      outcome.loads[name] =
        theirs.classes === undefined && !theirs.loaded
          ? 'fails'
          : found === null
            ? 'same'
            : doubt
              ? 'doubt'
              : meant
                ? 'differs'
                : 'other';
      if (found === null || doubt) continue;
      if (outcome.run < 0 && name !== writer) this.#unlike.add(`${name} ${seed.net}`);
      else if (meant) outcome.problems.push(`${name}: ${found}`);
    }
    if (outcome.run < 0 && outcome.loads[writer] !== 'same')
      outcome.problems.push(`${writer} itself does not answer so: ${outcome.loads[writer]}`);
    if (outcome.problems.length > 0 && (await this.#hinges(outcome))) {
      outcome.problems.length = 0;
      for (const name of Object.keys(outcome.loads))
        if (outcome.loads[name] === 'differs') outcome.loads[name] = 'doubt';
      return;
    }
    for (const file of ours.files) await this.#compareWritten(outcome, file, ours.doubt === null, writer);
    if (outcome.problems.length > 0) outcome.sort = 'differing';
  }

  /** Whether goodnet itself says that rounding decides: such a net never passes. */
  async #hinges({ path, architecture }) {
    return (await this.goodnet.ask({ path, architecture, write: [], rounding: true })).hinges === true;
  }

  /** A pruned file must answer the same wherever its input loads, a GoodNet in both Kerases or the one that it is for. */
  async #compareWritten(outcome, file, calls, writer) {
    outcome.written++;
    const meant = calls ? Object.keys(this.kerases) : [writer];
    for (const [name, keras] of Object.entries(this.kerases)) {
      if (file.only !== null && file.only !== name) continue;
      if (file.kind === 'pruned' && (outcome.loads[name] !== 'same' || !meant.includes(name))) continue;
      const theirs = await keras.ask({ path: file.path, architecture: file.architecture, shape: file.shape, calls });
      const found = theirs.failed ?? theirs.ended ?? this.difference(file, theirs);
      if (found !== null) outcome.problems.push(`${file.kind} written, ${name}: ${found}`);
    }
  }

  /** Keeps the file and tells of it. */
  #show(outcome, ours) {
    mkdirSync(this.keep, { recursive: true });
    const kept = path.join(this.keep, path.basename(outcome.path));
    copyFileSync(outcome.path, kept);
    if (outcome.architecture !== null) copyFileSync(outcome.architecture, `${kept}.json`);
    for (const { path: file } of ours.files ?? [])
      if (existsSync(file)) copyFileSync(file, path.join(this.keep, path.basename(file)));
    writeFileSync(
      `${kept}.txt`,
      `${[...outcome.said, ...outcome.problems, JSON.stringify({ goodnet: ours.classes, loads: outcome.loads })].join('\n')}\n`,
    );
    console.log(
      `${outcome.sort} ${path.basename(kept)}: ${outcome.said.join(' + ') || 'as it is'}\n  ${outcome.problems.join('\n  ')}`,
    );
  }
}
