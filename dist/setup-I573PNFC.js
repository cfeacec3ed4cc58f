import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
import{d as m}from"./chunk-B5FF2X3O.js";import"./chunk-ZT7M32XY.js";import{a as p}from"./chunk-P6WDUY27.js";import"./chunk-ZB6IYJJS.js";import"./chunk-QQFVCPLU.js";import"./chunk-YQEAVH26.js";import{d as l}from"./chunk-HEK27BGC.js";import"./chunk-MI2ZSARE.js";import"./chunk-HTLDFV5Z.js";import"./chunk-GTRUWD7O.js";import"./chunk-CJZHBK7D.js";import"./chunk-KREKP5SB.js";import"./chunk-3OYBVCOF.js";import"./chunk-Y3L2V3Z2.js";import"./chunk-EOWYRATR.js";import"./chunk-426UGQLC.js";import{b as g}from"./chunk-LV2RLVAQ.js";import"./chunk-XDORJOJ6.js";import y from"node:path";function c({layout:i,scale:s,mean:t,std:r,folders:n},e){return{...new Set(e.map(o=>o.layout)).size>1?{layout:i}:{},...n===null?{}:{"class-folders":n},...s===1?{}:{scale:s},...t.every(o=>o===0)?{}:{mean:[...t]},...r.every(o=>o===1)?{}:{std:[...r]}}}var u=`name: models
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
`;function S({config:i,sources:s},{trials:t,best:r}){let e={...Object.fromEntries(Object.entries(i).filter(([f])=>s[f]==="flag")),...c(t[r],t)};return{settings:e,text:m(e)}}var d={config:".github/goodnet.yml",workflow:".github/workflows/goodnet.yml"};function T(i,{trials:s,best:t,verdict:r},n){let{settings:e}=i;if(r==="none")throw g("usage","--write",{cause:"no preparation of the pixels fits this net",fix:"give `--scale`, `--mean` and `--std` as the net was trained"});if(Object.keys(e.attacks??{}).length===0)throw g("usage","--write",{cause:"needs poisoned images: without an attack nothing can be judged",fix:"add `--poisoned NAME=FILE`"});let f=Object.values(d).map(a=>new p(a,n)),o={...e,...l(s[t].accuracy),...e},w=[m(o),u];return f.forEach((a,h)=>a.write(new TextEncoder().encode(w[h]))),Object.values(d).map(a=>y.normalize(a))}export{d as setupFiles,S as suggestConfig,T as writeSetup};
