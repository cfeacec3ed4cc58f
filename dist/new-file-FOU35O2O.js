import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{i as a}from"./chunk-BAZNX76N.js";import"./chunk-QQFVCPLU.js";import"./chunk-I3B4X3HY.js";import"./chunk-XDORJOJ6.js";export{a as NewFile};
