/** Why a part cannot be used. */

/** `message` says what stands there and what to do; whoever knows the file puts its name before it. */
export class PartError extends Error {
  /** Where in the part's bytes; null for a part that was never in a file. */
  readonly byteOffset: number | null

  constructor(message: string, byteOffset: number | null) {
    super(message)
    this.name = 'PartError'
    this.byteOffset = byteOffset
  }
}
