import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{b as a}from"./chunk-Y4YS4HI4.js";import{a as i,b as p}from"./chunk-AGTRDHDH.js";var s=0,f=1,m=2,d=3,c=130;function g(r,e){for(let{path:o,message:t,trace:n}of r)e.write(`${i(t.startsWith(`${o}:`)?t:`${o}: ${t}`)}
`),n!==void 0&&e.write(`${p(n)}
`);return a(r)?d:r.length>0?m:s}export{s as a,f as b,m as c,c as d,g as e};
