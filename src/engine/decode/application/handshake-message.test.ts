import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientHello, inRecords } from '../../../../test/captures/client-hello.ts'
import { HandshakeMessage } from './handshake-message.ts'

const MESSAGE = clientHello({ serverName: 'www.example.test' })
const LENGTH_MAX = 8192

function take(stream: Uint8Array, length = stream.length): HandshakeMessage {
  const message = new HandshakeMessage(LENGTH_MAX)
  message.take(stream, 0, length)
  return message
}

function bytesOf({ bytes, offset, length }: HandshakeMessage): number[] {
  return [...bytes.subarray(offset, offset + length)]
}

describe('HandshakeMessage', () => {
  it('reads a message of one record where it lies', () => {
    const stream = inRecords(MESSAGE)
    const message = take(stream)
    expect(message.bytes).toBe(stream)
    expect([message.offset, message.isWhole, message.streamLength]).toEqual([5, true, stream.length])
  })

  it('joins a message of records of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MESSAGE.length }), (length) => {
        const message = take(inRecords(MESSAGE, length))
        expect(message.isWhole).toBe(true)
        expect(bytesOf(message).slice(0, MESSAGE.length)).toEqual([...MESSAGE])
      }),
    )
  })

  it('is whole with its last byte and not before, and gives the beginning until then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(), (recordLength, some) => {
        const stream = inRecords(MESSAGE, recordLength)
        const message = take(stream, some % stream.length)
        const there = bytesOf(message)
        expect(message.isWhole).toBe(false)
        expect(there).toEqual([...MESSAGE.subarray(0, there.length)])
        expect(message.streamLength).toBeLessThanOrEqual(stream.length)
      }),
    )
  })

  it('does not go on behind a record of something else', () => {
    const stream = inRecords(MESSAGE, 1000)
    stream[1005] = 21
    const message = take(stream)
    expect([message.isWhole, message.length]).toEqual([false, 1000])
  })
})
