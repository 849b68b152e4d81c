/** Ceilings of the readers that a capture of a few kilobytes could not reach, so that tests can lower them. */

export interface CaptureLimits {
  /**
   * Longest pcapng block that is held in memory, as in libpcap (MAX_BLOCKSIZE, sf-pcapng.c). Longer ones are passed
   * over where nothing depends on them. A lower value would lose long name lists, a higher one costs memory.
   */
  readonly blockLengthMax: number
  /**
   * Interfaces that are listed one by one, of all captures that are read as one; the packets of all further ones are counted
   * under one more entry.
   */
  readonly listedInterfaceCountMax: number
  /** Interfaces at all, of every section of every capture together: about 20 bytes each. Beyond it the reading ends. */
  readonly interfaceCountMax: number
}

export const CAPTURE_LIMITS: CaptureLimits = {
  blockLengthMax: 16 * 1_048_576,
  listedInterfaceCountMax: 65_536,
  interfaceCountMax: 1_048_576,
}
