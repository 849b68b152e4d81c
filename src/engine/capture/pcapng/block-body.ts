/** Where a complete block's body lies: what the readers of the single blocks are handed. */

export interface BlockBody {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** First byte after the total length. */
  readonly start: number
  /** One past the last byte before the trailing total length. */
  readonly end: number
  readonly littleEndian: boolean
}
