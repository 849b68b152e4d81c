/** One capture interface: an IDB of pcapng, or the only one a pcap file has. */

export interface CaptureInterface {
  readonly id: number
  readonly linkType: number
  /** 0 means no limit was stated. */
  readonly snaplen: number
  /** Such as `10^-6` or `2^-20`: seconds per tick. */
  readonly timestampResolution: string
  readonly name: string | null
  readonly description: string | null
  /** Bytes of frame check sequence that end each frame; null or absent when the capture does not say. */
  readonly fcsLength?: number | null
  /** Does it stand for all interfaces beyond the ceiling? */
  readonly isRest?: boolean
  packetCount: number
  /** From interface statistics blocks; null when none was seen. */
  droppedCount: number | null
  receivedCount: number | null
}
