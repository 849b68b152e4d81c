/** The report's one style sheet, put together from its parts. */

import { chartStyle } from './chart-style.ts'
import { layoutStyle } from './layout-style.ts'
import { printStyle } from './print-style.ts'
import { tableStyle } from './table-style.ts'
import { themeStyle } from './theme-style.ts'

export const pageStyle = [themeStyle, layoutStyle, tableStyle, chartStyle, printStyle].join('')
