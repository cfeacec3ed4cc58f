import type { ModelReport } from './report.ts';
/** The sweep as a picture: accuracy and ASR in percent over channels pruned, solid for the pruned net, dashed for the GoodNet. */
export declare function sweepSvg(model: ModelReport): string;
/** The limits of accuracy and ASR that the gate holds the candidates against. */
export declare function limitLines({ gate }: ModelReport): object[];
