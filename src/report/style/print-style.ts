/** The report on paper: white, page numbers, nothing to click, tables broken between rows only. */

import { PRINTED_ROW_COUNT_MAX } from '../table.ts'

export const printStyle = `
@page { margin: 15mm 13mm 17mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; color: #54606e; } }
@page wide { size: landscape; }
@media print {
  html { font-size: 12.5px; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 18pt; }
  h2, .verdict h2 { font-size: 13pt; }
  h3 { font-size: 11pt; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  button, .filter { display: none; }
  .contents, .verdict, .tiles li, .facts > div, figure, .code, tr { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .facts { grid-template-columns: repeat(3, 1fr); }
  .chapter { margin-top: 1.6rem; }
  .scroll, .scroll.long, .columns .scroll.long { overflow: visible; max-height: none; border: 0; }
  .chart svg { min-width: 0; }
  .on-paper { display: inline; }
  table.data { font-size: 7.2pt; line-height: 1.3; }
  table.data :is(th, td) { padding: 0.12rem 0.3rem; }
  table.data td { min-width: 0; }
  .wide { page: wide; }
  .long table.data th { position: static; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  .scroll:not(.long) { break-inside: avoid; }
  .pair, .timeline, .legend { break-inside: avoid; }
  tbody tr:nth-child(n + ${PRINTED_ROW_COUNT_MAX + 1}) { display: none; }
  .bar { min-width: 2rem; }
  article.finding { break-inside: auto; }
}
`
