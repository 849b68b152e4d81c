import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECODE_ISSUE_NAMES } from '../decode-issue.ts'
import { HTTP_METHODS } from './http.ts'
import { HTTP_HEAD_LENGTH_MAX, HttpHead, readHttpHead } from './http-message.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const head = new HttpHead()

function read(text: string): boolean {
  const bytes = bytesOf(text)
  return readHttpHead(bytes, 0, bytes.length, head)
}

const request =
  'GET /a/b?c=d HTTP/1.1\r\nHost: example.org:8080 \r\nUser-Agent:\tcurl/8.5.0\r\nAuthorization: Basic YTpi\r\n\r\nHost: body'
const field = (offset: number, length: number, text = request) => text.slice(offset, offset + length)

describe('readHttpHead', () => {
  it('reads a request with the fields it looks for', () => {
    expect(read(request)).toBe(true)
    expect(head).toMatchObject({
      isRequest: true,
      statusCode: 0,
      minorVersion: 1,
      isComplete: true,
      issue: 0,
    })
    expect(HTTP_METHODS[head.method]).toBe('GET')
    expect(field(head.targetOffset, head.targetLength)).toBe('/a/b?c=d')
    expect(field(head.hostOffset, head.hostLength)).toBe('example.org:8080')
    expect(field(head.userAgentOffset, head.userAgentLength)).toBe('curl/8.5.0')
    expect(field(head.authorizationOffset, head.authorizationLength)).toBe('Basic YTpi')
  })

  it('reads a response, whatever the case of its fields', () => {
    const text = 'HTTP/1.0 503 Service Unavailable\nsErVeR: x y\nCONTENT-TYPE: text/html\n\n'
    expect(read(text)).toBe(true)
    expect(head).toMatchObject({
      isRequest: false,
      method: -1,
      statusCode: 503,
      minorVersion: 0,
      isComplete: true,
    })
    expect(field(head.serverOffset, head.serverLength, text)).toBe('x y')
    expect(field(head.contentTypeOffset, head.contentTypeLength, text)).toBe('text/html')
  })

  it('takes the first of two fields of one name', () => {
    read('GET / HTTP/1.1\r\nHost: first\r\nHost: second\r\n\r\n')
    expect(head.hostLength).toBe(5)
  })

  it('does not take a continued line for a field', () => {
    read('GET / HTTP/1.1\r\nX: y\r\n Host: no\r\n\r\n')
    expect(head.hostOffset).toBe(-1)
    expect(head.issue).toBe(0)
  })

  it('leaves alone what does not start a message', () => {
    expect(read('body of something')).toBe(false)
    expect(read('')).toBe(false)
  })

  it('names a line without a colon and a status that is no number', () => {
    read('GET / HTTP/1.1\r\nHost example.org\r\n\r\n')
    expect(DECODE_ISSUE_NAMES[head.issue]).toBe('bad-http-header')
    read('HTTP/1.1 abc OK\r\n\r\n')
    expect([DECODE_ISSUE_NAMES[head.issue], head.statusCode]).toEqual(['bad-http-header', 0])
  })

  it('looks no further than its limit, and says so', () => {
    read(`GET / HTTP/1.1\r\nHost: ${'h'.repeat(60_000)}\r\nUser-Agent: late\r\n\r\n`)
    expect(head.hostLength).toBe(HTTP_HEAD_LENGTH_MAX - 'GET / HTTP/1.1\r\nHost: '.length)
    expect(head.userAgentOffset).toBe(-1)
    expect(DECODE_ISSUE_NAMES[head.issue]).toBe('http-header-too-long')
  })

  it('leaves nothing of the message before', () => {
    read(request)
    read('HTTP/1.1 200 OK\r\n\r\n')
    expect(head).toMatchObject({
      isRequest: false,
      hostOffset: -1,
      userAgentOffset: -1,
      authorizationOffset: -1,
      targetOffset: -1,
    })
  })

  it('reads the same from a packet whatever lies behind it, wherever the packet is cut', () => {
    const bytes = bytesOf(request)
    const other = new HttpHead()
    for (let length = 0; length <= bytes.length; length++) {
      for (const filler of [0x0a, 0x20, 0x3a, 0x61]) {
        const around = new Uint8Array(bytes.length + 60).fill(filler)
        around.set(bytes.subarray(0, length))
        expect(readHttpHead(around, 0, length, other)).toBe(
          readHttpHead(bytes.slice(0, length), 0, length, head),
        )
        expect(other).toEqual(head)
        expect(head.hostOffset === -1 || head.hostOffset + head.hostLength <= length).toBe(true)
      }
    }
  })

  it('never throws, and every field lies inside the payload', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'GET ',
        'HTTP/1.1 ',
        'Host:',
        'User-Agent:',
        'Authorization:',
        '\r\n',
        '\n',
        ' ',
        ':',
        '200',
      ),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bytes = bytesOf(pieces.join(''))
        readHttpHead(bytes, 0, bytes.length, head)
        for (const [offset, length] of [
          [head.targetOffset, head.targetLength],
          [head.hostOffset, head.hostLength],
          [head.userAgentOffset, head.userAgentLength],
          [head.authorizationOffset, head.authorizationLength],
        ] as const) {
          expect(length).toBeGreaterThanOrEqual(0)
          expect(offset + length).toBeLessThanOrEqual(bytes.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
