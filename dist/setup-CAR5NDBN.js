import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{d as u}from"./chunk-5AFRV5A6.js";import"./chunk-DCEK6CBL.js";import{d as p}from"./chunk-HEK27BGC.js";import"./chunk-MI2ZSARE.js";import"./chunk-N243NXDD.js";import"./chunk-KOKDPU4R.js";import{a as d}from"./chunk-JB6AFHOE.js";import"./chunk-ZB6IYJJS.js";import"./chunk-QQFVCPLU.js";import"./chunk-UCQA7KBP.js";import"./chunk-CJZHBK7D.js";import"./chunk-HEX4NBXJ.js";import"./chunk-3OYBVCOF.js";import"./chunk-Y3L2V3Z2.js";import"./chunk-EOWYRATR.js";import"./chunk-ST4ZNA7Q.js";import{b as l}from"./chunk-YARENJB5.js";import"./chunk-XDORJOJ6.js";import b from"node:path";var w=`name: models
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
`;function O({config:g,sources:f},{trials:s,best:m}){let c=Object.fromEntries(Object.entries(g).filter(([o])=>f[o]==="flag")),{layout:t,scale:n,mean:i,folders:r}=s[m],e=new Set(s.map(o=>o.layout)).size>1,a={...c,...e?{layout:t}:{},...r===null?{}:{"class-folders":r},...n===1?{}:{scale:n},...i.every(o=>o===0)?{}:{mean:[...i]}};return{settings:a,text:u(a)}}var h={config:".github/goodnet.yml",workflow:".github/workflows/goodnet.yml"};function P(g,{trials:f,best:s,verdict:m},c){let{settings:t}=g;if(m==="none")throw l("usage","--write",{cause:"no preparation of the pixels fits this net",fix:"give `--scale`, `--mean` and `--std` as the net was trained"});if(Object.keys(t.attacks??{}).length===0)throw l("usage","--write",{cause:"needs poisoned images: without an attack nothing can be judged",fix:"add `--poisoned NAME=FILE`"});let n=Object.values(h).map(e=>new d(e,c)),i={...t,...p(f[s].accuracy),...t},r=[u(i),w];return n.forEach((e,a)=>e.write(new TextEncoder().encode(r[a]))),Object.values(h).map(e=>b.normalize(e))}export{h as setupFiles,O as suggestConfig,P as writeSetup};
