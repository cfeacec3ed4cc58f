import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));
var[{lastResort:n},{masking:r}]=await Promise.all([import("./last-resort-WXBDVQRW.js"),import("./secrets-JG23PTV4.js")]).catch(o=>(process.stdout.write(`::error title=goodnet::goodnet: cannot be loaded (${o.code??o.name}); allow more open files, or check it out again
`),process.exit(2))),s=r(process.env);n(({code:o,text:e})=>{let[t=""]=e.split(`
`);process.stdout.write(s(o===2?`::error title=goodnet::${t}
`:`::error title=goodnet::goodnet stopped by a bug; nothing was decided.
${e}`))});var[{main:i},{actionsRunner:a},{processWorld:c}]=await Promise.all([import("./main-GLJVVVH7.js"),import("./runner-RWJBNIRT.js"),import("./world-PNM6Z55A.js")]);process.exitCode=await i(a(process.env),c());
