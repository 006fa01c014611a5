/** The report's style: plain, readable, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --page: #fff; --panel: #f6f8fa; --green: #1a7f37; --red: #cf222e; --purple: #8250df; --added: #dafbe1; --removed: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --line: #3d444d; --page: #0d1117; --panel: #151b23; --green: #3fb950; --red: #f85149; --purple: #ab7df8; --added: #12361f; --removed: #3c1618; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 1012px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 30px; font-weight: 500; margin: 0 0 8px; } h1 .number { color: var(--soft); font-weight: 300; }
h2 { font-size: 20px; border-bottom: 1px solid var(--line); padding-bottom: 6px; margin: 40px 0 16px; } h3 { font-size: 16px; margin: 24px 0 8px; }
code, pre, time { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
code { background: var(--panel); border-radius: 6px; padding: 2px 5px; } pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 12px; overflow-x: auto; }
.badge { color: #fff; background: var(--green); border-radius: 99px; padding: 4px 12px; font-weight: 500; } .badge.merged { background: #8250df; } .badge.closed { background: #cf222e; }
.result { font-weight: 600; } .note { color: var(--soft); font-size: 13px; } a { color: #0969da; } @media (prefers-color-scheme: dark) { a { color: #4493f8; } }
.comment { border: 1px solid var(--line); border-radius: 6px; padding: 8px 16px; margin: 8px 0 16px; } .comment h2 { margin: 8px 0 12px; } .comment table { border-collapse: collapse; } .comment td, .comment th { border: 1px solid var(--line); padding: 6px 12px; }
summary { color: var(--soft); cursor: pointer; }
.grid { overflow-x: auto; } .grid table { border-collapse: collapse; width: 100%; font-size: 13px; } .grid th { text-align: left; color: var(--soft); } .grid td, .grid th { border-bottom: 1px solid var(--line); padding: 6px 10px 6px 0; vertical-align: top; }
.trailers { margin: 2px 0 0; color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
.state { color: var(--soft); } .state.success { color: var(--green); } .state.failure, .state.error { color: var(--red); }
ol { list-style: none; padding: 0; margin: 0; } li { display: grid; grid-template-columns: 62px 20px 1fr; padding: 2px 0; } li time { color: var(--soft); text-align: right; padding-right: 10px; }
li.claim.holds b { color: var(--green); } li.claim.broken { color: var(--red); font-weight: 600; } li > div { min-width: 0; }
.diff { margin: 6px 0; } .diff .added { background: var(--added); } .diff .removed { background: var(--removed); } .diff .hunk { color: var(--purple); }
`;
