/** The page's whole style sheet; its hash is in the Content-Security-Policy. */
export const STYLE = `
:root{color-scheme:light dark;--back:#f6f6f4;--card:#fff;--ink:#1d1d1b;--soft:#5c5c57;--line:#dcdcd6;--act:#1f5fae;--on:#fff}
@media(prefers-color-scheme:dark){:root{--back:#161615;--card:#20201e;--ink:#efefeb;--soft:#a9a9a2;--line:#3a3a36;--act:#8ab8f0;--on:#10233b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
main{width:100%;max-width:30rem;padding:clamp(1.25rem,6vw,2rem);background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25;text-wrap:balance}
p{margin:0 0 1.25rem;overflow-wrap:anywhere}
button{display:block;width:100%;margin:0 0 .75rem;padding:.75rem 1rem;font:inherit;font-weight:600;color:var(--on);background:var(--act);border:1px solid var(--act);border-radius:.5rem;cursor:pointer}
button.second{color:var(--act);background:none}
button:hover{filter:brightness(1.1)}
.less{margin-top:1.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h2{margin:0 0 .75rem;font-size:1.125rem}
fieldset{margin:0 0 1rem;padding:0;border:0}
legend{padding:0;font-weight:600}
label{display:block;margin:.5rem 0;overflow-wrap:anywhere}
label input{width:1.15em;height:1.15em;margin:0 .5rem 0 0;vertical-align:-.15em;accent-color:var(--act)}
select{display:block;width:100%;margin:.25rem 0 1rem;padding:.6rem .75rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.5rem}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.small{margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem;white-space:pre-line}
`;
