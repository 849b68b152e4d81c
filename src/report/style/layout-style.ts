/** How the page is laid out: its type, its chapters, its facts and its findings. */

export const layoutStyle = `
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 78rem;
  background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 0; font-weight: 650; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; }
h3 { font-size: 1.08rem; margin: 2rem 0 0.6rem; }
h4 { font-size: 0.95rem; margin: 1.3rem 0 0.4rem; }
p { margin: 0 0 0.7rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
code, .fixed { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: 0.9em; }
code { overflow-wrap: anywhere; }
b { font-weight: 650; }
.quiet { color: var(--quiet); font-weight: 400; }
.note { color: var(--quiet); font-size: 0.85rem; }
.empty { color: var(--quiet); padding: 0.6rem 0.9rem; border: 1px dashed var(--line); border-radius: 6px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.number { color: var(--quiet); font-weight: 500; margin-right: 0.35rem; }
.icon { width: 0.95em; height: 0.95em; fill: currentColor; fill-rule: evenodd; flex: none; vertical-align: -0.08em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
button {
  font: inherit; font-size: 0.85rem; color: var(--ink); background: var(--panel); border: 1px solid var(--line);
  border-radius: 5px; padding: 0.2rem 0.65rem; cursor: pointer;
}
button:hover { background: var(--mark); }

.masthead { position: relative; padding-bottom: 1.3rem; }
.masthead .kind { margin: 0 0 0.35rem; color: var(--quiet); font-size: 0.82rem; font-weight: 600; letter-spacing: 0.07em; text-transform: uppercase; }
.masthead .identity { margin: 0.3rem 0 0; color: var(--quiet); font-size: 0.88rem; overflow-wrap: anywhere; }
.masthead .theme { position: absolute; top: 0; right: 0; }
@media (max-width: 40rem) { .masthead .theme { position: static; margin-top: 0.7rem; } }

.verdict { --tone: var(--quiet); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 8px; padding: 1.1rem 1.3rem 0.9rem; margin-bottom: 1rem; background: var(--panel); }
.verdict h2 { display: flex; gap: 0.6rem; align-items: center; color: var(--tone); margin-bottom: 0.35rem; font-size: 1.5rem; }
.verdict p { margin-bottom: 0.5rem; }
.verdict.critical { --tone: var(--critical); background: var(--critical-ground); }
.verdict.high { --tone: var(--high); background: var(--high-ground); }
.verdict.medium { --tone: var(--medium); background: var(--medium-ground); }
.verdict.low { --tone: var(--low); background: var(--low-ground); }
.verdict.clear { --tone: var(--clear); background: var(--clear-ground); }
.verdict.damage { --tone: var(--medium); }
.verdict.damage h2 { font-size: 1.1rem; }
.tally, .named { list-style: none; padding: 0; margin: 0.5rem 0; }
.tally { display: flex; flex-wrap: wrap; gap: 0.4rem 1.4rem; }
.named { margin-bottom: 0.3rem; }
.named li { padding: 0.3rem 0; border-top: 1px solid var(--line); }
.named .note { display: block; }

.severity { font-weight: 600; white-space: nowrap; }
.severity .icon { margin-right: 0.35em; }
.severity.critical { color: var(--critical); }
.severity.high { color: var(--high); }
.severity.medium { color: var(--medium); }
.severity.low { color: var(--low); }

.tiles { list-style: none; margin: 1.2rem 0 1.4rem; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.8rem; }
.tiles li { border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 0.95rem; display: flex; flex-direction: column; }
.tile-name { font-size: 0.85rem; font-weight: 600; color: var(--quiet); }
.tile-value { font-size: 1.4rem; font-weight: 650; letter-spacing: -0.01em; line-height: 1.35; }
.tiles .note { font-size: 0.78rem; line-height: 1.35; }

.contents ol { columns: 13rem auto; column-gap: 2rem; margin: 0; padding: 0.9rem 1.2rem 0.9rem 2.6rem; border: 1px solid var(--line); border-radius: 8px; font-size: 0.92rem; }
.contents li { padding: 0.1rem 0; break-inside: avoid; }
.contents li::marker { color: var(--quiet); }
.figure { color: var(--quiet); }

.chapter { margin-top: 3rem; }
.chapter > h2 { border-bottom: 2px solid var(--line); padding-bottom: 0.4rem; margin-bottom: 1.1rem; }
.remarks { margin: 0 0 1.2rem; padding-left: 1.2rem; }
.remarks li { padding: 0.15rem 0; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 0 1.6rem; margin: 0 0 1.2rem; }
.facts > div { padding: 0.45rem 0; border-top: 1px solid var(--line); }
.facts dt { font-size: 0.82rem; font-weight: 600; color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts dd .note { display: block; font-size: 0.8rem; line-height: 1.4; }

article.finding { --tone: var(--line); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 8px; padding: 1.1rem 1.3rem; margin: 1.4rem 0; }
article.finding.critical { --tone: var(--critical); }
article.finding.high { --tone: var(--high); }
article.finding.medium { --tone: var(--medium); }
article.finding.low { --tone: var(--low); }
article.finding > h3 { margin: 0 0 0.45rem; font-size: 1.15rem; }
.chips { display: flex; flex-wrap: wrap; gap: 0.4rem 0.6rem; align-items: center; font-size: 0.88rem; }
.chip { min-width: 0; border: 1px solid var(--line); border-radius: 999px; padding: 0.05rem 0.65rem; color: var(--quiet); }
.sentence { font-size: 1.02rem; max-width: 75ch; }
.pair { display: flex; flex-wrap: wrap; gap: 0.6rem 2rem; align-items: flex-start; margin-bottom: 0.6rem; }

.code { position: relative; display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; align-items: baseline; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); padding: 0.5rem 0.8rem; margin: 0.6rem 0; }
.code-name { flex: 1 1 auto; font-size: 0.8rem; font-weight: 600; color: var(--quiet); }
.code code { order: 3; flex: 1 0 100%; user-select: all; white-space: pre-wrap; }
`
