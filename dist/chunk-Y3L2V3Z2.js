import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
var e=0;async function r(o){performance.now()-e>=50&&(await new Promise(t=>setTimeout(t)),e=performance.now()),o?.throwIfAborted()}export{r as a};
