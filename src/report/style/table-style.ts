/** Tables: even digits to the right, headings that stay, long ones in a frame of their own. */

const COLUMN_COUNT_MAX = 16

/** `n3` sets the third column of a table as numbers, `f3` in letters of one width, whole, `c3` the same but broken anywhere. */
const columns = Array.from({ length: COLUMN_COUNT_MAX }, (_, index) => {
  const at = index + 1
  return `.n${at} :is(td, th):nth-child(${at}) { text-align: right; white-space: nowrap; }
:is(.f${at}, .c${at}) td:nth-child(${at}) { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: 0.92em; }
.f${at} td:nth-child(${at}) { overflow-wrap: normal; }
@media screen { .long .f${at} td:nth-child(${at}) { white-space: nowrap; } }
.c${at} td:nth-child(${at}) { overflow-wrap: anywhere; }
`
}).join('')

export const tableStyle = `
.table { margin: 0 0 1rem; }
.shown { margin-left: 0.4rem; }
.filter { display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; align-items: center; margin: 0 0 0.5rem; font-size: 0.85rem; color: var(--quiet); }
.filter input { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--quiet); border-radius: 5px; padding: 0.2rem 0.55rem; min-width: 14rem; }
.filter input::placeholder { color: var(--quiet); opacity: 1; }
.on-paper { display: none; }
.scroll { overflow-x: auto; border-radius: 6px; }
.scroll.long { max-height: 34rem; overflow: auto; border: 1px solid var(--line); }
@media screen { .scroll.long { content-visibility: auto; contain-intrinsic-size: auto 34rem; } }
table.data { border-collapse: collapse; width: 100%; font-size: 0.86rem; line-height: 1.4; }
table.data.small { width: auto; font-size: 0.84rem; }
table.data caption { text-align: left; color: var(--quiet); font-size: 0.88rem; padding: 0 0 0.4rem; }
table.data caption b { color: var(--ink); }
.long table.data caption { padding: 0.5rem 0.7rem; }
table.data th { text-align: left; font-weight: 600; color: var(--quiet); vertical-align: bottom; background: var(--panel); }
table.data :is(th, td) { padding: 0.32rem 0.7rem; border-bottom: 1px solid var(--line); }
table.data.many :is(th, td) { padding-inline: 0.4rem; }
table.data.many th { padding-right: 0.75rem; }
table.data td { vertical-align: top; overflow-wrap: break-word; max-width: 34rem; }
.long table.data th { position: sticky; top: 0; z-index: 1; box-shadow: 0 1px 0 var(--line); }
table.data tbody tr:hover { background: var(--mark); }
${columns}th:has(.sorter) { position: relative; cursor: pointer; }
.sorter { position: absolute; right: 0; bottom: 0.42rem; border: 0; background: none; padding: 0 0.08rem; color: var(--quiet); font-size: 0.72rem; line-height: 1.4; }
.sorter::after { content: '↕'; }
th[aria-sort='ascending'] .sorter::after { content: '▲'; color: var(--ink); }
th[aria-sort='descending'] .sorter::after { content: '▼'; color: var(--ink); }
.bar { display: block; width: 100%; min-width: 5rem; max-width: 14rem; height: 0.75rem; margin-top: 0.22rem; }
.bar { background: var(--panel); }
.bar rect { fill: var(--s1); }
.bar .second { fill: var(--s2); }
.indent { display: block; }
${Array.from({ length: 9 }, (_, index) => `.i${index + 1} { padding-left: ${(index + 1) * 1.1}rem; }\n`).join('')}
.columns { columns: 26rem; column-gap: 2rem; }
.columns > div { break-inside: avoid; padding-bottom: 0.4rem; }
.columns .scroll.long { max-height: 22rem; }
`
