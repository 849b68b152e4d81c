/** TCP segments (RFC 9293) and their options. */

import { concat, filled } from './bytes.ts'
import type { Layer } from './layer.ts'

/** Flags by the letters that tcpdump and Zeek use; order does not matter: `SA` is a SYN+ACK, `` (empty) a null probe. */
const FLAG_BITS = { F: 0x01, S: 0x02, R: 0x04, P: 0x08, A: 0x10, U: 0x20, E: 0x40, C: 0x80 } as const

export function tcpFlagBits(letters: string): number {
  let bits = 0
  for (const letter of letters) {
    if (!(letter in FLAG_BITS)) throw new Error(`not a TCP flag: ${letter}`)
    bits |= FLAG_BITS[letter as keyof typeof FLAG_BITS]
  }
  return bits
}

export interface TcpFields {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence?: number
  readonly acknowledgment?: number
  /** Letters of FSRPAUEC. */
  readonly flags?: string
  readonly window?: number
  readonly urgentPointer?: number
  /** Padded with end-of-options to a multiple of 4 bytes. */
  readonly options?: Uint8Array
  /** Wrong on purpose. Each default is the right one. */
  readonly headerLength?: number
  readonly checksum?: number
}

export function tcp(fields: TcpFields, data: Uint8Array = new Uint8Array(0)): Layer {
  const options = fields.options ?? new Uint8Array(0)
  const paddedOptions = concat(options, filled((4 - (options.length % 4)) % 4))
  const header = new Uint8Array(20 + paddedOptions.length)
  const view = new DataView(header.buffer)
  view.setUint16(0, fields.sourcePort)
  view.setUint16(2, fields.destinationPort)
  view.setUint32(4, fields.sequence ?? 0)
  view.setUint32(8, fields.acknowledgment ?? 0)
  view.setUint8(12, ((fields.headerLength ?? header.length) >> 2) << 4)
  view.setUint8(13, tcpFlagBits(fields.flags ?? 'A'))
  view.setUint16(14, fields.window ?? 64_240)
  view.setUint16(16, fields.checksum ?? 0)
  view.setUint16(18, fields.urgentPointer ?? 0)
  header.set(paddedOptions, 20)
  return {
    bytes: concat(header, data),
    ipProtocol: 6,
    ...(fields.checksum === undefined && { checksum: { at: 16, from: 0, protocol: 6 } }),
  }
}

/** One option each; join several with `concat`. */
export const tcpOption = {
  maximumSegmentSize: (size: number) => Uint8Array.of(2, 4, size >> 8, size & 0xff),
  windowScale: (shift: number) => Uint8Array.of(3, 3, shift),
  selectiveAcknowledgment: () => Uint8Array.of(4, 2),
  noOperation: () => Uint8Array.of(1),
  timestamps: (value: number, echo: number) => {
    const option = Uint8Array.of(8, 10, 0, 0, 0, 0, 0, 0, 0, 0)
    new DataView(option.buffer).setUint32(2, value)
    new DataView(option.buffer).setUint32(6, echo)
    return option
  },
} as const
