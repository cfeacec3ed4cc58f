import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{d as u}from"./chunk-OGALPHXR.js";import"./chunk-U5WN6HRD.js";import{a as w}from"./chunk-ENFZ3HQI.js";import"./chunk-ZB6IYJJS.js";import"./chunk-QQFVCPLU.js";import"./chunk-UCQA7KBP.js";import{d}from"./chunk-HEK27BGC.js";import"./chunk-MI2ZSARE.js";import"./chunk-2QXMKAXL.js";import"./chunk-GTRUWD7O.js";import"./chunk-CJZHBK7D.js";import"./chunk-R7ELIXYI.js";import"./chunk-3OYBVCOF.js";import"./chunk-Y3L2V3Z2.js";import"./chunk-EOWYRATR.js";import"./chunk-426UGQLC.js";import{b as l}from"./chunk-3RCSQJFT.js";import"./chunk-XDORJOJ6.js";import y from"node:path";var h=`name: models
on: [push, pull_request]
permissions:
  contents: read
  pull-requests: write # for the comment
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { persist-credentials: false }
      - uses: OWNER/goodnet@v1
        with: { comment-summary-in-pr: always }
`;function P({config:a,sources:g},{trials:s,best:f}){let m=Object.fromEntries(Object.entries(a).filter(([t])=>g[t]==="flag")),{layout:o,scale:n,mean:i,std:r,folders:e}=s[f],c=new Set(s.map(t=>t.layout)).size>1,p={...m,...c?{layout:o}:{},...e===null?{}:{"class-folders":e},...n===1?{}:{scale:n},...i.every(t=>t===0)?{}:{mean:[...i]},...r.every(t=>t===1)?{}:{std:[...r]}};return{settings:p,text:u(p)}}var b={config:".github/goodnet.yml",workflow:".github/workflows/goodnet.yml"};function S(a,{trials:g,best:s,verdict:f},m){let{settings:o}=a;if(f==="none")throw l("usage","--write",{cause:"no preparation of the pixels fits this net",fix:"give `--scale`, `--mean` and `--std` as the net was trained"});if(Object.keys(o.attacks??{}).length===0)throw l("usage","--write",{cause:"needs poisoned images: without an attack nothing can be judged",fix:"add `--poisoned NAME=FILE`"});let n=Object.values(b).map(e=>new w(e,m)),i={...o,...d(g[s].accuracy),...o},r=[u(i),h];return n.forEach((e,c)=>e.write(new TextEncoder().encode(r[c]))),Object.values(b).map(e=>y.normalize(e))}export{b as setupFiles,P as suggestConfig,S as writeSetup};
