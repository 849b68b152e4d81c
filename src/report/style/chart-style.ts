/** Charts: every colour of an SVG comes from here, so that it follows the theme and the paper. */

const series = ['s0', 's1', 's2', 's3', 's4', 's5', 's6']
const outcomes = ['open', 'refused', 'filtered', 'silent', 'unknown']

export const chartStyle = `
figure { margin: 0 0 1.4rem; }
figcaption { color: var(--quiet); font-size: 0.85rem; margin-top: 0.35rem; }
.chart svg { display: block; width: 100%; min-width: 44rem; height: auto; }
svg text { font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg text.small { font-size: 11px; }
svg text.title { font-size: 12.5px; font-weight: 600; }
svg text.end { text-anchor: end; }
svg text.middle { text-anchor: middle; }
svg text.address { font-size: 10px; font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
svg .quiet { fill: var(--quiet); font-weight: 400; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis, svg .tick { stroke: var(--quiet); stroke-width: 1; }
svg .fold { fill: var(--panel); stroke: var(--line); stroke-dasharray: 3 3; }
svg .packets { fill: var(--s0); }
${series.map((mark) => `svg .${mark} { fill: var(--${mark}); }`).join('\n')}
svg .box { fill-opacity: 0.28; stroke-width: 1; }
${series.map((mark) => `svg .box.${mark} { stroke: var(--${mark}); }`).join('\n')}
svg .cell { fill: rgba(var(--heat), 0.05); stroke: var(--line); stroke-width: 0.5; }
${[0.16, 0.3, 0.45, 0.62, 0.8, 1].map((alpha, index) => `svg .cell.l${index + 1} { fill: rgba(var(--heat), ${alpha}); }`).join('\n')}
${outcomes.map((outcome) => `svg .probes.${outcome} { fill: none; marker: url(#probe-${outcome}); }`).join('\n')}
${outcomes.map((outcome) => `svg .mark.${outcome} { fill: var(--${outcome}); stroke: var(--${outcome}); stroke-width: 1; }`).join('\n')}
svg .mark.refused, svg .mark.silent { fill: none; stroke-width: 1.5; }
svg .fired { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 5 3; }
svg line.finding { stroke-width: 1.4; }
${['critical', 'high', 'medium', 'low'].map((severity) => `svg line.finding.${severity} { stroke: var(--${severity}); }`).join('\n')}
svg text.finding { font-size: 11px; font-weight: 700; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; margin: 0.4rem 0 0; padding: 0; font-size: 0.85rem; }
.legend li { display: inline-flex; align-items: center; gap: 0.4rem; max-width: 100%; overflow-wrap: anywhere; }
.swatch { width: 0.8rem; height: 0.8rem; flex: none; }
.timeline { margin-top: 0.8rem; }
@media (forced-colors: active) {
  svg, .bar rect { forced-color-adjust: none; }
}
`
