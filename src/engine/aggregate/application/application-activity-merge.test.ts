import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { back, dns, give, hex, text, type Message } from '../../../../test/application-messages.ts'
import { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol, type ProtocolName } from '../../decode/protocol-table.ts'
import { KeyHash } from '../../net/key-hash.ts'
import { ApplicationActivity } from './application-activity.ts'
import { NameTableId } from './tally-table.ts'

/** A whole client hello that names a server of nine letters. */
const hello = (server: string) =>
  hex(
    '16 0301 004b 01 000047 0303',
    '11'.repeat(32),
    '00 0004 0004 0005 01 00 001a',
    '0000 000e 000c 00 0009',
    text(server).toString('hex'),
    '0017 0000 0023 0000',
  )

describe('parts of a capture', () => {
  const samples: Message[] = [
    dns('a.example.org'),
    dns('B.example.org', { type: 16 }),
    dns('a.example.org', { response: true }),
    dns('zz.example.net', { response: true, code: 3 }),
    { ...dns('c.example.co.uk'), ipVersion: 6, src: 1, dst: 2 },
    {
      application: 'llmnr',
      bytes: hex('0001 8000 0000 0001 0000 0000', '04 77706164 00 0001 0001 0000001e 0004 0a000009'),
      ipProtocol: 17,
    },
    {
      application: 'http',
      bytes: text(
        'GET /robots.txt HTTP/1.1\r\nHost: Example.org\r\nUser-Agent: bot\r\nAuthorization: Basic YTpi\r\n\r\n',
      ),
    },
    {
      application: 'http',
      bytes: text('HTTP/1.1 401 no\r\nServer: x\r\n\r\n'),
      ...back,
      srcPort: 80,
      dstPort: 50_000,
    },
    { application: 'ftp', bytes: text('USER alice\r\n'), dstPort: 21 },
    { application: 'ftp', bytes: text('227 x (10,0,0,2,195,80)\r\n'), ...back, srcPort: 21, dstPort: 50_000 },
    { application: 'ftp', bytes: text('PASS x\r\n'), dstPort: 21, ipVersion: 6, src: 2, dst: 0 },
    {
      application: 'tls',
      bytes: hex('16 0301 002f 01 00002b 0300', '11'.repeat(32), '00 0004 0004 0005 01 00'),
      dstPort: 443,
      ipVersion: 6,
      src: 0,
      dst: 1,
    },
    { application: 'tls', bytes: hello('aaaa.test'), dstPort: 443 },
    { application: 'tls', bytes: hello('bbbb.test'), dstPort: 443 },
    { application: 'ftp', bytes: text('USER bob\r\n'), dstPort: 21 },
    { application: 'ssh', bytes: text('SSH-2.0-x\r\n') },
    {
      application: 'dhcp',
      bytes: hex('02 010600', '00'.repeat(232), '63825363 350102 36040a000002 ff'),
      ipProtocol: 17,
    },
    {
      application: 'dhcp',
      bytes: hex('01 010600', '00'.repeat(232), '63825363 350103 32040a000002 ff'),
      ipProtocol: 17,
    },
    {
      application: 'dns',
      bytes: hex('0001 0100 0001 0000 0000 0000 c00c 0001 0001'),
      ipProtocol: 17,
      dstPort: 53,
    },
  ]

  /** Everything an activity holds, in an order that does not depend on row numbers. */
  function content(from: ApplicationActivity): unknown {
    const nameOf = (names: { nameBytes(id: number): Uint8Array }, id: number) =>
      id < 0 ? String(id) : Buffer.from(names.nameBytes(id)).toString('latin1')
    const rows = (
      table: ApplicationActivity['dns']['domains'],
      words: number,
      named: Record<number, { nameBytes(id: number): Uint8Array }> = {},
    ) =>
      Array.from({ length: table.count }, (_, row) =>
        [
          ...Array.from({ length: words }, (__, word) =>
            named[word] === undefined ? table.key(row, word) : nameOf(named[word], table.key(row, word)),
          ),
          ...table.columns.map((___, column) => table.value(row, column)),
          table.firstFrame(row),
          table.firstSeconds(row),
          table.lastFrame(row),
          table.lastSeconds(row),
          table.lastNanoseconds(row),
        ].join('|'),
      ).sort()
    const names = (table: ApplicationActivity['dns']['names'], count: (id: number) => number) =>
      Array.from({ length: table.count }, (_, id) => `${nameOf(table, id)}|${count(id)}`).sort()
    return {
      messages: [...from.tally.messageCounts],
      codes: [...from.tally.codes()].map((row) => JSON.stringify(row)).sort(),
      names: Array.from({ length: from.tally.messageCounts.length }, (_, application) =>
        Object.values(NameTableId).map((table) => {
          const one = from.tally.names(application, table)
          return one === null ? [] : names(one, (id) => one.counts[id]!)
        }),
      ),
      dnsNames: names(from.dns.names, (id) => from.dns.askedCount(id)),
      domains: rows(from.dns.domains, 3, { 2: from.dns.parents }),
      dnsClients: rows(from.dns.clients, 2),
      answers: rows(from.nameAnswers.rows, 4, { 2: from.nameAnswers.names }),
      dhcp: rows(from.dhcp.servers, 4),
      http: rows(from.http.exchanges, 4),
      logins: [rows(from.logins.attempts, 4), rows(from.logins.cleartext, 5, { 4: from.logins.users })],
      ftpData: rows(from.ftpData.rows, 3),
    }
  }

  it('merge into what one pass over both would have kept, wherever the cut is and whatever the secret', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(samples.length - 1), { maxLength: 40 }),
        fc.nat(40),
        fc.nat(),
        (picks, at, secret) => {
          const cut = Math.min(at, picks.length)
          const [whole, first, second] = [secret, secret ^ 5, secret ^ 9].map(
            (seed) => new ApplicationActivity(new KeyHash([seed, 1, 2, 3]), new DecodeIssueCounts()),
          )
          picks.forEach((pick, i) => {
            const message = samples[pick]!
            give(whole!, message, i + 1)
            if (i < cut) give(first!, message, i + 1)
            else {
              // The later part numbers its IPv6 addresses by itself, its frames too, and its clock goes on.
              const renumbered =
                message.ipVersion === 6
                  ? { ...message, src: 9 - message.src!, dst: 9 - message.dst! }
                  : message
              give(second!, renumbered, i + 1 - cut, i + 1)
            }
          })
          first!.merge(second!, cut, (version, address) => (version === 6 ? 9 - address : address))
          expect(content(first!)).toEqual(content(whole!))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('keep an address that the address table refused as one unknown address', () => {
    const one = new ApplicationActivity(new KeyHash([1, 2, 3, 4]), new DecodeIssueCounts())
    give(one, { ...dns('a.example.org'), ipVersion: 6, src: -1, dst: -1 }, 1)
    const other = new ApplicationActivity(new KeyHash([7, 7, 7, 7]), new DecodeIssueCounts())
    other.merge(one, 0, () => {
      throw new Error('an unknown address has no number')
    })
    expect(other.dns.clients.find(6, -1)).toBe(0)
  })
})

describe('any bytes', () => {
  it('are counted without a throw, whatever protocol they are taken for', () => {
    const protocols = Object.keys(Protocol) as ProtocolName[]
    const activity = new ApplicationActivity(new KeyHash([1, 2, 3, 4]), new DecodeIssueCounts())
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.constantFrom(...protocols),
        fc.constantFrom(6, 17),
        (bytes, application, ipProtocol) => {
          give(activity, { application, bytes, ipProtocol }, 1)
        },
      ),
      { numRuns: 5000 },
    )
    expect(activity.refusedNameCount).toBe(0)
  })
})
