import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{i as p}from"./chunk-MC6VUK5L.js";import"./chunk-QQFVCPLU.js";import{d as u}from"./chunk-QZTDAC7Q.js";import"./chunk-GZQ43VV2.js";import{d as l}from"./chunk-HEK27BGC.js";import"./chunk-MI2ZSARE.js";import"./chunk-GHVFJPHA.js";import"./chunk-Y3L2V3Z2.js";import"./chunk-MJSCR3EC.js";import"./chunk-J6XQBLY3.js";import"./chunk-AEP2LH7E.js";import"./chunk-CPA42333.js";import"./chunk-EOWYRATR.js";import"./chunk-ZGUTMJVP.js";import{b as c}from"./chunk-AG3HALIV.js";import"./chunk-XDORJOJ6.js";import h from"node:path";var d=`name: models
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
`;function E({config:r,sources:a},{trials:s,best:g}){let f=Object.fromEntries(Object.entries(r).filter(([t])=>a[t]==="flag")),{layout:o,scale:n,mean:i}=s[g],m=new Set(s.map(t=>t.layout)).size>1,e={...f,...m?{layout:o}:{},...n===1?{}:{scale:n},...i.every(t=>t===0)?{}:{mean:[...i]}};return{settings:e,text:u(e)}}var w={config:".github/goodnet.yml",workflow:".github/workflows/goodnet.yml"};function O(r,{trials:a,best:s,verdict:g},f){let{settings:o}=r;if(g==="none")throw c("usage","--write",{cause:"no preparation of the pixels fits this net",fix:"give `--scale`, `--mean` and `--std` as the net was trained"});if(Object.keys(o.attacks??{}).length===0)throw c("usage","--write",{cause:"needs poisoned images: without an attack nothing can be judged",fix:"add `--poisoned NAME=FILE`"});let n=Object.values(w).map(e=>new p(e,f)),i={...o,...l(a[s].accuracy),...o},m=[u(i),d];return n.forEach((e,t)=>e.write(new TextEncoder().encode(m[t]))),Object.values(w).map(e=>h.normalize(e))}export{w as setupFiles,E as suggestConfig,O as writeSetup};
