import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{b as s}from"./chunk-ET2YJLSN.js";import{a as i,b as p}from"./chunk-AGTRDHDH.js";var a=0,f=1,m=2,d=3,c=130;function b(r,t){for(let{path:o,message:e,trace:n}of r)t.write(`${i(e.startsWith(`${o}:`)?e:`${o}: ${e}`)}
`),n!==void 0&&t.write(`${p(n)}
`);return s(r)?d:r.length>0?m:a}export{a,f as b,m as c,c as d,b as e};
