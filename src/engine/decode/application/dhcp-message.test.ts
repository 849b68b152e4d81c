import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECODE_ISSUE_NAMES } from '../decode-issue.ts'
import { DhcpMessage, DhcpType, readDhcpMessage } from './dhcp-message.ts'

const hex = (...parts: string[]) => Uint8Array.from(Buffer.from(parts.join('').replaceAll(' ', ''), 'hex'))
const message = new DhcpMessage()

const request = hex(
  '01 01 06 00 12345678 0000 8000', // request, Ethernet, six bytes; id; seconds; broadcast
  '00000000 c0000263 00000000 c00002fe', // client, your 192.0.2.99, server, relay 192.0.2.254
  '001122334455', // hardware address
  '00'.repeat(10 + 64 + 128), // its padding, server name, boot file
  '63825363', // magic
  '35 01 03', // DHCP REQUEST
  '32 04 c0000217', // requested 192.0.2.23
  '36 04 c0000201', // server 192.0.2.1
  '00 00', // padding
  '0c 05 616c696365', // host name: alice
  '3c 08 4d53465420352e30', // vendor class: MSFT 5.0
  'ff',
)
const read = (bytes: Uint8Array) => readDhcpMessage(bytes, 0, bytes.length, message)

describe('readDhcpMessage', () => {
  it('reads addresses, hardware and options', () => {
    expect(read(request)).toBe(true)
    expect(message).toMatchObject({
      isReply: false,
      messageType: DhcpType.request,
      yourAddress: 0xc0000263 | 0,
      relayAddress: 0xc00002fe | 0,
      requestedAddress: 0xc0000217 | 0,
      serverId: 0xc0000201 | 0,
      hardwareHigh: 0x0011,
      hardwareLow: 0x22334455,
      issue: 0,
    })
    const text = (offset: number, length: number) =>
      Buffer.from(request.subarray(offset, offset + length)).toString()
    expect(text(message.hostNameOffset, message.hostNameLength)).toBe('alice')
    expect(text(message.vendorClassOffset, message.vendorClassLength)).toBe('MSFT 5.0')
  })

  it('reads plain BOOTP as a message without a type', () => {
    expect(read(request.subarray(0, 236))).toBe(true)
    expect(message).toMatchObject({ messageType: 0, hardwareLow: 0x22334455, hostNameOffset: -1, issue: 0 })
  })

  it('reads what is whole when cut at any length, and nothing behind it', () => {
    for (let length = 0; length <= request.length; length++) {
      const around = new Uint8Array(request.length + 300).fill(0x41)
      around.set(request.subarray(0, length))
      expect(readDhcpMessage(around, 0, length, message)).toBe(length >= 44)
      expect(message.hostNameOffset + message.hostNameLength).toBeLessThanOrEqual(length)
      expect(message.vendorClassOffset + message.vendorClassLength).toBeLessThanOrEqual(length)
      if (length < 243) expect(message.messageType).toBe(0)
    }
  })

  it('names an option that is longer than the message', () => {
    const lying = request.slice()
    lying[lying.length - 10] = 0xf0
    read(lying)
    expect(DECODE_ISSUE_NAMES[message.issue]).toBe('bad-dhcp-option')
    expect(message.messageType).toBe(DhcpType.request)
    expect(message.vendorClassOffset).toBe(-1)
  })

  it('leaves nothing of the message before', () => {
    read(request)
    read(new Uint8Array(240))
    expect(message).toMatchObject({
      messageType: 0,
      serverId: 0,
      requestedAddress: 0,
      hardwareLow: 0,
      hostNameOffset: -1,
    })
  })

  it('never throws and never points outside, whatever the options are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (options) => {
        const bytes = new Uint8Array(240 + options.length)
        bytes.set(request.subarray(0, 240))
        bytes.set(options, 240)
        read(bytes)
        expect(message.hostNameOffset + message.hostNameLength).toBeLessThanOrEqual(bytes.length)
        expect(message.vendorClassOffset + message.vendorClassLength).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 1000 },
    )
  })
})
