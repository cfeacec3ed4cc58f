import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
var i=e=>e.split(/[\\/]/).filter(l=>!["",".",".."].includes(l)).join("__").replaceAll(/[^\w.=+-]/g,"_");export{i as a};
