/** The page's whole style sheet: nothing is loaded from anywhere. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--back:#f6f6f4;--card:#fff;--ink:#1d1d1b;--soft:#5c5c57;--line:#dcdcd6;--mark:#1f5fae}
@media(prefers-color-scheme:dark){:root{--back:#161615;--card:#20201e;--ink:#efefeb;--soft:#a9a9a2;--line:#3a3a36;--mark:#8ab8f0}}
*{box-sizing:border-box}
body{margin:0;padding:clamp(1rem,4vw,3rem);background:var(--back);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto}
h1{margin:0;overflow-wrap:anywhere;font-size:1.75rem;line-height:1.2;text-wrap:balance}
h2{margin:2.75rem 0 .25rem;font-size:1.25rem}
h3{margin:0;font-size:1.05rem;overflow-wrap:anywhere}
h4{margin:1.1rem 0 .35rem;font-size:.875rem;color:var(--soft)}
p{margin:.25rem 0 .75rem;max-width:40rem}
.soft{color:var(--soft)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:1rem 0 0;list-style:none}
a{color:var(--mark)}
article{margin:.75rem 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);border-radius:.5rem;break-inside:avoid-page}
dl{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.2rem 1rem;margin:.5rem 0 0;font-size:.9375rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap;font-variant-numeric:tabular-nums}
dd dl{margin:0}
pre{margin:.75rem 0 0;padding:.75rem 1rem;border-left:3px solid var(--line);font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
details{margin-top:.75rem}
summary{cursor:pointer;color:var(--soft);font-size:.9375rem}
:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
@media(max-width:36rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{body{padding:0;background:none}article{border-color:#999}nav{display:none}}
`;
