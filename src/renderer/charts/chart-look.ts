/** How axes and tooltips look in every chart. */

import type { ChartTheme } from '../composables/useChartTheme.ts'

export function fontOf(theme: ChartTheme, size = 12): { readonly family: string; readonly size: number } {
  return { family: theme.font, size }
}

export function tooltipLook(theme: ChartTheme) {
  return {
    backgroundColor: theme.raised,
    titleColor: theme.ink,
    bodyColor: theme.ink,
    footerColor: theme.quiet,
    footerFont: { weight: 'normal' as const, size: 12 },
    borderColor: theme['line-strong'],
    borderWidth: 1,
    padding: 10,
    cornerRadius: 6,
    boxPadding: 5,
    titleFont: { size: 12.5, weight: 'bold' as const },
    bodyFont: { size: 12.5 },
  }
}

export function gridLook(theme: ChartTheme) {
  return { color: theme.line, drawTicks: false, tickColor: theme.line }
}
