/** DNS messages (RFC 1035, AAAA of RFC 3596): questions and answers, enough to look like a resolver's traffic. */

import { ipBytes, isIpv6 } from './addresses.ts'
import { concat, text } from './bytes.ts'

export interface DnsQuestion {
  readonly id: number
  readonly name: string
  /** 1 A (the default), 28 AAAA, 16 TXT, 12 PTR, ... */
  readonly type?: number
}

/** A standard query with recursion desired. */
export function dnsQuery(question: DnsQuestion): Uint8Array {
  return concat(header(question.id, 0x0100, 0), questionBytes(question))
}

/**
 * The answer to a question: addresses (A or AAAA by their look) with a time to live of 300 s, or none and a response code
 * (3 is "no such name").
 */
export function dnsAnswer(
  question: DnsQuestion,
  answer: { readonly addresses?: readonly string[]; readonly responseCode?: number } = {},
): Uint8Array {
  const addresses = answer.addresses ?? []
  const records = addresses.map((address) => {
    const data = ipBytes(address)
    // 0xc00c points back to the name in the question.
    return concat(
      Uint8Array.of(0xc0, 0x0c, 0, isIpv6(address) ? 28 : 1, 0, 1, 0, 0, 1, 0x2c, 0, data.length),
      data,
    )
  })
  const flags = 0x8180 | (answer.responseCode ?? 0)
  return concat(header(question.id, flags, addresses.length), questionBytes(question), ...records)
}

/** A name as length-prefixed labels. */
export function dnsName(name: string): Uint8Array {
  const labels = name.split('.').filter(Boolean).map(text)
  return concat(...labels.flatMap((label) => [Uint8Array.of(label.length), label]), Uint8Array.of(0))
}

function header(id: number, flags: number, answerCount: number): Uint8Array {
  return Uint8Array.of(id >> 8, id & 0xff, flags >> 8, flags & 0xff, 0, 1, 0, answerCount, 0, 0, 0, 0)
}

function questionBytes({ name, type = 1 }: DnsQuestion): Uint8Array {
  return concat(dnsName(name), Uint8Array.of(type >> 8, type & 0xff, 0, 1))
}
