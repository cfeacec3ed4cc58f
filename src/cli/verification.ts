import pc from 'picocolors';
import { missing, type Remark } from '../jobs/verify/bundle.ts';
import { plainText } from '../report/escape.ts';
import { isModelFile } from '../report/write-models.ts';
import type { Verification } from '../jobs/verify/verify.ts';

/** What `verify` checked and found, a line for each remark. */
export function verificationText({
  folder,
  manifestSha256,
  version,
  files,
  inputs,
  models,
  rerun,
  verdict,
  differences,
  withinRounding,
  unchecked,
}: Verification): string {
  const told = (word: string, { subject, text }: Remark) => `- ${word}: ${plainText(subject)}: ${plainText(text)}`;
  const count = (number: number, name: string) => `${number} ${name}${number === 1 ? '' : 's'}`;
  return [
    pc.bold(plainText(folder)),
    `manifest.json, SHA-256 ${manifestSha256}, goodnet ${plainText(version)}`,
    `Checked: ${count(files, 'file')}, ${inputs.found} of ${count(inputs.recorded, 'input')}, figures and verdict of ${count(models, 'model')}${rerun === true ? ', and all of it computed again' : ''}.`,
    ...differences.map((remark) => pc.red(told('differs', remark))),
    ...withinRounding.map((remark) => told('within rounding', remark)),
    ...unchecked.map((remark) => told('not checked', remark)),
    ...(differences.length > 0 && differences.every(({ subject, text }) => text === missing && isModelFile(subject))
      ? ['Only repaired models are missing: `--without-models` checks the rest.']
      : []),
    differences.length > 0
      ? pc.red(`${count(differences.length, 'difference')}: this is not what goodnet wrote.`)
      : pc.green(
          `Nothing differs${withinRounding.length > 0 ? ' but by rounding' : ''}. The verdict from the recorded counts is \`${verdict ?? 'unknown'}\`.`,
        ),
    ...(rerun === true || differences.length > 0
      ? []
      : [
          'Whoever can change a file can change its hash too: only `--rerun` shows that the counts are those of the models and the data.',
        ]),
  ].join('\n');
}
