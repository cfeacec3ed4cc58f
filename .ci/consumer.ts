// A project that uses goodnet as a library: compiled and run against the packed package.
import { processWorld, resolveConfig, run, type Report } from 'goodnet';

const example = (file: string) => `node_modules/goodnet/examples/${file}`;
const settings = resolveConfig(
  {
    models: [example('badnet.h5')],
    scale: 1 / 255,
    clean: { validation: example('clean_valid.h5') },
    attacks: { corner: { validation: example('poisoned_valid.h5') } },
    'max-asr': 20,
  },
  {},
  null,
);
const report: Report = await run(settings, processWorld());
const accuracy: number | null | undefined = report.models[0]?.candidates[0]?.validation.accuracy;
if (accuracy !== (100 * 442) / 450 || report.models[0]?.gate.verdict !== 'repairable')
  throw new Error('The figures of the example have changed');
// @ts-expect-error a wrong setting is a type error
if (accuracy === 7) resolveConfig({ modles: [] }, {}, null);
// @ts-expect-error a wrong field is a type error
if (accuracy === 7) console.log(report.modles);
