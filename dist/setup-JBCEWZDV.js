import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{i as l}from"./chunk-YKADEVLM.js";import"./chunk-QQFVCPLU.js";import{c as u}from"./chunk-S47QEIQ6.js";import"./chunk-ISC3HKYA.js";import"./chunk-567C62HH.js";import"./chunk-3ZWHIJMI.js";import"./chunk-FZ2W46TX.js";import"./chunk-EOWYRATR.js";import"./chunk-ZGUTMJVP.js";import{b as f}from"./chunk-C3E2EQ5Y.js";import"./chunk-XDORJOJ6.js";import w from"node:path";var p=`name: models
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
`;function E({config:r,sources:a},{trials:s,best:c}){let g=Object.fromEntries(Object.entries(r).filter(([t])=>a[t]==="flag")),{layout:o,scale:n,mean:i}=s[c],m=new Set(s.map(t=>t.layout)).size>1,e={...g,...m?{layout:o}:{},...n===1?{}:{scale:n},...i.every(t=>t===0)?{}:{mean:[...i]}};return{settings:e,text:u(e)}}var d={config:".github/goodnet.yml",workflow:".github/workflows/goodnet.yml"},h=5,x=20;function O(r,{trials:a,best:s,verdict:c},g){let{settings:o}=r;if(c==="none")throw f("usage","--write",{cause:"no preparation of the pixels fits this net",fix:"give `--scale`, `--mean` and `--std` as the net was trained"});if(Object.keys(o.attacks??{}).length===0)throw f("usage","--write",{cause:"needs poisoned images: without an attack nothing can be judged",fix:"add `--poisoned NAME=FILE`"});let n=Object.values(d).map(e=>new l(e,g)),i={"min-accuracy":o["min-accuracy"]??Math.max(0,Math.floor(a[s].accuracy)-h),"max-asr":o["max-asr"]??x},m=[u({...o,...i}),p];return n.forEach((e,t)=>e.write(new TextEncoder().encode(m[t]))),Object.values(d).map(e=>w.normalize(e))}export{d as setupFiles,E as suggestConfig,O as writeSetup};
