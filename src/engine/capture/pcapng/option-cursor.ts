/** Walks the options of a pcapng block (draft-ietf-opsawg-pcapng, section 3.5). One object serves every block. */

const END_OF_OPTIONS = 0
const OPTION_HEADER_LENGTH = 4

/** Comment, in every block. */
export const OPTION_COMMENT = 1

export class OptionCursor {
  code = 0
  /** Index of the value's first byte. */
  start = 0
  /** Length without padding. */
  length = 0
  /** Did an option claim more bytes than the block has? Then the walk is over. */
  hasOverrun = false
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0
  #end = 0
  #littleEndian = true

  /** Start over at `view[start .. end)`. */
  open(view: DataView, start: number, end: number, littleEndian: boolean): void {
    this.#view = view
    this.#at = start
    this.#end = end
    this.#littleEndian = littleEndian
    this.hasOverrun = false
  }

  /** Step to the next option. False after the last; a missing end mark is no fault, the block's end ends them too. */
  next(): boolean {
    if (this.#at + OPTION_HEADER_LENGTH > this.#end) return false
    this.code = this.#view.getUint16(this.#at, this.#littleEndian)
    this.length = this.#view.getUint16(this.#at + 2, this.#littleEndian)
    this.start = this.#at + OPTION_HEADER_LENGTH
    if (this.code === END_OF_OPTIONS) return false
    if (this.start + this.length > this.#end) {
      this.hasOverrun = true
      return false
    }
    this.#at = this.start + this.length + ((4 - (this.length & 3)) & 3)
    return true
  }
}
