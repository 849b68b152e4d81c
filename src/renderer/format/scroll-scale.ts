/**
 * Scrolling through more rows than an element can be high. Chromium cuts heights at 33,554,428 px, so above a ceiling
 * the scroll bar stands for a share of the table instead of pixels.
 */

export const heightMax = 16_000_000

export interface ScrollScale {
  /** Height of the element that is scrolled. */
  readonly height: number
  /** Pixels of the table for each pixel of the scroll bar; 1 below the ceiling. */
  readonly factor: number
}

/** For `rowCount` rows of `rowHeight` in a viewport `viewportHeight` high. */
export function scrollScale(rowCount: number, rowHeight: number, viewportHeight: number): ScrollScale {
  const whole = rowCount * rowHeight
  if (whole <= heightMax) return { height: whole, factor: 1 }
  return { height: heightMax, factor: (whole - viewportHeight) / (heightMax - viewportHeight) }
}

export interface RowRange {
  readonly first: number
  /** One past the last. */
  readonly end: number
}

/** Rows in view when the table's own top edge is `top` pixels above the viewport's, with `extra` on both sides. */
export function rowsInView(
  top: number,
  viewportHeight: number,
  rowHeight: number,
  rowCount: number,
  extra: number,
): RowRange {
  const first = Math.max(0, Math.floor(top / rowHeight) - extra)
  const end = Math.min(rowCount, Math.ceil((top + viewportHeight) / rowHeight) + extra)
  return { first: Math.min(first, end), end }
}

/** The most rows `rowsInView` ever answers with, wherever the table is scrolled to. */
export function rowsInViewMax(viewportHeight: number, rowHeight: number, extra: number): number {
  return Math.ceil(viewportHeight / rowHeight) + 1 + 2 * extra
}

/** Where the table must be scrolled to so that `row` is in view below a sticky head; the same place when it is already. */
export function topShowing(row: number, top: number, viewportHeight: number, rowHeight: number): number {
  if (row * rowHeight < top) return row * rowHeight
  if ((row + 1) * rowHeight > top + viewportHeight) return (row + 1) * rowHeight - viewportHeight
  return top
}
