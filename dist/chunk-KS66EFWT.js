import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{a as r}from"./chunk-3XLAZCMB.js";import{a as d,b as c}from"./chunk-AGTRDHDH.js";import{a as i,b as t}from"./chunk-LV2RLVAQ.js";var p="20.19",f=2,l=3;function v(n){if(process.on("uncaughtException",o=>{let e=b(o);n(e),process.exit(e.code)}),g(process.versions.node,p))throw t("node-version","Node.js",{version:process.versions.node,oldest:p});if(typeof WebAssembly>"u")throw t("no-webassembly","this Node.js")}function b(n){let o=n instanceof i?n:r(n);return o!==null?{code:f,text:`${d(o.message)}
`}:{code:l,text:`This is a bug in goodnet:
${c(n instanceof Error?n.stack??n.message:String(n))}
`}}function g(n,o){let[[e=0,u=0],[s=0,a=0]]=[n,o].map(m=>m.split(".").map(Number));return e<s||e===s&&u<a}export{p as a,v as b,b as c};
