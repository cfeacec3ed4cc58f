import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{a as o}from"./chunk-AGTRDHDH.js";var p=0,i=1,s=2,m=3,d=130;function l(t,n){for(let{path:e,message:r}of t)n.write(`${o(r.startsWith(`${e}:`)?r:`${e}: ${r}`)}
`);return t.length>0?s:p}export{p as a,i as b,s as c,m as d,d as e,l as f};
