import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{a}from"./chunk-MMMENMZI.js";import"./chunk-XDORJOJ6.js";export{a as masking};
