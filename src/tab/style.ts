/** What the page in a tab has besides the style of report.html. */
export const tabStyle = `
body{max-width:76rem}
.private{border-left:.4rem solid var(--good);padding:.25rem .75rem;margin:.75rem 0}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
#drop{border:2px dashed var(--quiet);border-radius:.5rem;padding:.75rem 1rem;margin:.75rem 0;text-align:center}
#drop.over{border-color:var(--link);background:var(--raised)}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.75rem 0}#drop .buttons{justify-content:center}
button,.download{font:inherit;color:var(--link);background:var(--ground);border:1px solid var(--link);border-radius:.35rem;padding:.4rem .9rem;cursor:pointer;text-decoration:none;display:inline-block}
button:hover,.download:hover{background:var(--raised)}
.main{color:var(--ground);background:var(--link)}.main:hover{color:var(--link)}
select,input:not([type=checkbox]){font:inherit;color:var(--text);background:var(--ground);border:1px solid var(--quiet);border-radius:.35rem;padding:.3rem .5rem;max-width:100%}
input::placeholder{color:var(--quiet)}
input[type=checkbox]{accent-color:var(--link)}
fieldset{border:1px solid var(--line);border-radius:.35rem;margin:.75rem 0;padding:.5rem .9rem;min-width:0}
legend{font-weight:600;padding:0 .3rem}
.fields{display:flex;flex-wrap:wrap;gap:.6rem 1.5rem;margin:.25rem 0}
.field{display:flex;flex-direction:column;gap:.15rem;min-width:0}.field label{font-size:.9rem;color:var(--quiet)}
.field input{width:13rem}
.checks{flex-direction:column;gap:.25rem}.checks label{display:flex;gap:.5rem;align-items:baseline}
#given th,#given td{vertical-align:middle}#given table select{padding:.15rem .3rem}#given td button{padding:.1rem .5rem;font-size:.9rem}
#work{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;border:1px solid var(--line);background:var(--raised);border-radius:.35rem;padding:.5rem 1rem;margin:1rem 0;position:sticky;top:0;z-index:1}
#work p{margin:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;flex:1 1 18rem}
#doing{min-width:18rem;font-variant-numeric:tabular-nums}
progress{flex:1 1 10rem;height:.8rem;accent-color:var(--link)}
.problem{white-space:pre-wrap;border-left:.4rem solid var(--bad);background:var(--raised);padding:.75rem 1rem;margin:1rem 0}
#about dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem 1rem}#about dd{margin:0}
.report{width:100%;height:min(85vh,60rem);border:1px solid var(--line);border-radius:.35rem;background:var(--ground)}
tr.chosen th,tr.chosen td{font-weight:700}
footer{margin-top:3rem;border-top:1px solid var(--line)}
@media (max-width:30rem){#given th:nth-child(3),#given td:nth-child(3){display:none}#given th,#given td{padding:.3rem}#given select{max-width:10rem}.field,.field input{width:100%}#about dl{grid-template-columns:1fr}#about dt{margin-top:.35rem}}
`;
