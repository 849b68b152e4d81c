/** What a table needs to know of one column; the cell itself may be drawn by a slot named `cell-<id>`. */

export interface TableColumn<Row> {
  /** Unique in its table, and the contract's name where it can be sorted. */
  readonly id: string
  readonly title: string
  readonly width: number
  /** Takes the room that is left; where no column does, all grow alike. */
  readonly isWide?: boolean
  readonly isSortable?: boolean
  /** Numbers stand on the right. */
  readonly isNumber?: boolean
  readonly isHidden?: boolean
  /** The sentence behind the title. */
  readonly hint?: string
  /** How it can be narrowed: by a part of its text, or by a smallest and a largest number. */
  readonly filter?: 'text' | 'number'
  readonly text: (row: Row) => string
  /** More than the cell has room for. */
  readonly title2?: (row: Row) => string
}

/** Widths of the grid: the wide columns take what room is left, and the row's menu stands at the end. */
export function gridTemplate(
  columns: readonly Pick<TableColumn<never>, 'width' | 'isWide'>[],
  menuWidth: number,
): string {
  const hasWide = columns.some(({ isWide }) => isWide)
  const tracks = columns.map(({ width, isWide }) =>
    hasWide && isWide !== true ? `${width}px` : `minmax(${width}px, ${width}fr)`,
  )
  return [...tracks, `${menuWidth}px`].join(' ')
}
