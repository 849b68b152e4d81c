/** What the package pcap-parser gives, as far as tests and benchmarks use it; it brings no types. */

declare module 'pcap-parser' {
  import type { Readable } from 'node:stream'

  interface PcapPacket {
    readonly header: {
      readonly timestampSeconds: number
      readonly timestampMicroseconds: number
      readonly capturedLength: number
      readonly originalLength: number
    }
    readonly data: Buffer
  }

  interface PcapParser {
    on(event: 'packet', listener: (packet: PcapPacket) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
  }

  const pcapParser: { parse(input: Readable | string): PcapParser }
  // CommonJS has no other export.
  // eslint-disable-next-line no-restricted-syntax
  export default pcapParser
}
