/** The style of report.html: light, dark and print. Colours have a contrast of at least 4.5 on their ground. */
export const style = `
:root{color-scheme:light dark;--text:#1a1a1a;--quiet:#595959;--ground:#fff;--raised:#f5f6f8;--line:#d5d9de;--link:#0b57b0;--good:#1a6b2f;--bad:#b3261e;--warn:#8a4b00;--info:#0b57b0}
@media (prefers-color-scheme:dark){:root{--text:#e6e6e6;--quiet:#a8adb3;--ground:#14171a;--raised:#1e2328;--line:#3a3f46;--link:#7ab8ff;--good:#6fd388;--bad:#ff8f85;--warn:#ffb454;--info:#7ab8ff}}
*{box-sizing:border-box}
html{scroll-behavior:auto}
body{margin:0 auto;max-width:72rem;padding:0 1rem 3rem;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem;background:var(--ground);padding:.5rem 1rem}
.skip:focus{left:1rem;top:.5rem;z-index:2}
header{padding-top:1.25rem}
header p{margin:0}
h1{margin:.25rem 0 .75rem;font-size:1.6rem;line-height:1.25;padding:.75rem 1rem;background:var(--raised);border-left:.4rem solid var(--info)}
h1.passed{border-color:var(--good)}h1.failed,h1.error{border-color:var(--bad)}h1.repairable,h1.inconclusive{border-color:var(--warn)}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .25rem}
h3{font-size:1.1rem;margin:2rem 0 .5rem}
h4{font-size:1rem;margin:1.25rem 0 .25rem}
section{margin-top:2rem;padding-top:1.25rem;border-top:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate}
.quiet,small{color:var(--quiet)}
.quiet{margin:.1rem 0;font-size:.9rem}
small{font-size:.82em;white-space:nowrap}small code{white-space:normal}
.verdict{font-weight:600;margin:.25rem 0 .5rem}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.info{color:var(--info)}
.mark{width:1em;height:1em;vertical-align:-.13em;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.recommended{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
.recommended div{background:var(--raised);border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem;min-width:9rem}
dl{margin:0}dt{color:var(--quiet);font-size:.85rem}dd{margin:0}
.recommended dd:not(.quiet){font-size:1.35rem;font-weight:600}
.scroll{overflow:auto;margin:.5rem 0 1rem;border:1px solid var(--line);border-radius:.35rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;padding:.5rem .6rem;color:var(--quiet);font-size:.9rem}
caption span{position:sticky;left:.6rem;display:inline-block;max-width:min(68rem,100vw - 3.4rem)}
th,td{overflow-wrap:break-word;padding:.3rem .6rem;border-top:1px solid var(--line);text-align:left;vertical-align:top}
thead th{background:var(--raised);vertical-align:bottom;position:sticky;top:0}
th[scope=row]{font-weight:500;min-width:7rem}th[scope=row] br+code{color:var(--quiet);font-size:.8em;display:inline}
td.number{white-space:nowrap}.number,thead .number{text-align:right}
td code,th code{overflow-wrap:anywhere;display:inline-block;min-width:9ch}
details{margin:.75rem 0}details .scroll{max-height:32rem}.readout.scroll{max-height:16rem;padding:.5rem .75rem}
summary{cursor:pointer;padding:.35rem 0;color:var(--link)}
.chart{position:relative;width:100%;margin:.5rem 0}
.chart[data-chart=sweep]{height:22rem;touch-action:pan-y}.chart[data-chart=activation]{height:11rem;touch-action:pan-y}
.cursor{position:absolute;width:0;border-left:2px solid var(--text);pointer-events:none;opacity:.6}
.lines{border:1px solid var(--line);border-radius:.35rem;margin:.5rem 0;padding:.25rem .75rem;display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;max-height:10rem;overflow:auto;min-width:0}
.lines legend{font-size:.9rem}
.lines label{display:flex;align-items:center;gap:.35rem;font-size:.9rem;padding:.15rem 0}
.lines i{width:1.4rem;height:0;border-top:3px solid}
.step{display:flex;align-items:center;gap:.75rem;flex-wrap:wrap}
.step input{flex:1 1 14rem;min-width:0;accent-color:var(--link)}
.tip{position:absolute;z-index:1;pointer-events:none;background:var(--ground);border:1px solid var(--quiet);border-radius:.35rem;padding:.4rem .6rem;font-size:.85rem;max-width:min(28rem,95%);box-shadow:0 2px 8px #0004}
.tip th,.tip td,.readout th,.readout td{padding:.1rem .6rem .1rem 0;border:0;background:none}
.tip table,.readout table{width:auto}@media (min-width:40rem){.tip td{white-space:nowrap}}.tip th[scope=row],.readout th[scope=row]{min-width:0}
.readout{min-height:5.5rem}.readout p,.tip p{margin:0 0 .2rem;font-weight:600}
.pictures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;padding:0;margin:.5rem 0}
.pictures li{width:10rem}
figure{margin:0}figcaption{font-size:.82rem;color:var(--text)}
.pictures img{width:100%;height:10rem;object-fit:contain;background:var(--raised);border:1px solid var(--line);image-rendering:pixelated}
.pictures dl{display:grid;grid-template-columns:auto 1fr;gap:0 .5rem}.pictures dt{font-size:inherit}.pictures dd{font-weight:600}
@media (max-width:48rem){.scroll tbody th[scope=row]{position:sticky;left:0;background:var(--ground);max-width:9rem}}
@media (max-width:30rem){body{padding:0 .75rem 2rem}h1{font-size:1.25rem}.pictures li{width:calc(50% - .4rem)}.recommended div{flex:1 1 40%}}
@page{margin:14mm}
@media print{:root{--text:#000;--quiet:#444;--ground:#fff;--raised:#f3f3f3;--line:#bbb;--link:#000;--good:#1a6b2f;--bad:#b3261e;--warn:#8a4b00;--info:#000}
body{font-size:10.5pt;max-width:none;padding:0}nav,.skip,.step,.lines input,.cursor,.tip,.readout{display:none}.lines{break-inside:avoid;break-after:avoid;overflow:visible;max-height:none;border:0;padding:0}.scroll{overflow:visible;max-height:none;border:0}table{font-size:7.5pt}caption{break-after:avoid;font-size:8.5pt;padding:0 0 .2rem}small{font-size:.88em}th,td{padding:.15rem .25rem}thead th{position:static}tr,figure,.chart,h2,h3{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}details:not([open]):not(.printed){display:none}
.chart{height:auto!important}.chart div,.chart svg{position:static!important;width:100%!important;height:auto!important}.pictures{gap:.4rem}.pictures li{width:6.6rem}.pictures img{height:6.6rem}figcaption{font-size:6.5pt}.quiet,.verdict{break-after:avoid}tbody tr:first-child{break-before:avoid}}
`;
