import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
var t=({clean:a,attacks:l})=>[a,...l.values()];export{t as a};
