import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{a as r}from"./chunk-LKK4M5YW.js";import{a as c,b as d}from"./chunk-AGTRDHDH.js";import{a as s,b as i}from"./chunk-3NMQAP5C.js";var p="20.19",f=2,l=3;function h(n){if(process.on("uncaughtException",o=>{let e=g(o);n(e),process.exit(e.code)}),x(process.versions.node,p))throw i("node-version","Node.js",{version:process.versions.node,oldest:p})}function g(n){let o=n instanceof s?n:r(n);return o!==null?{code:f,text:`${c(o.message)}
`}:{code:l,text:`This is a bug in goodnet:
${d(n instanceof Error?n.stack??n.message:String(n))}
`}}function x(n,o){let[[e=0,u=0],[t=0,a=0]]=[n,o].map(m=>m.split(".").map(Number));return e<t||e===t&&u<a}export{p as a,h as b,g as c};
