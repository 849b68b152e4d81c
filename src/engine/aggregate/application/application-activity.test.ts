import { beforeEach, describe, expect, it } from 'vitest'
import { DecodeIssue, DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol, type ProtocolName } from '../../decode/protocol-table.ts'
import { KeyHash } from '../../net/key-hash.ts'
import {
  CLIENT,
  SERVER,
  back,
  dns,
  give,
  hex,
  text,
  wire,
  type Message,
} from '../../../../test/application-messages.ts'
import { ApplicationActivity } from './application-activity.ts'
import { DhcpServerColumn } from './dhcp-activity.ts'
import { DNS_ACTIVITY_LIMITS, DnsClientColumn, DomainColumn } from './dns-activity.ts'
import { FtpDataColumn } from './ftp-data-ports.ts'
import { HttpColumn } from './http-activity.ts'
import { CleartextColumn, LoginColumn, NO_USER } from './login-activity.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

let issues = new DecodeIssueCounts()
let activity = new ApplicationActivity(new KeyHash([1, 2, 3, 4]), issues)
let frame = 0

beforeEach(() => {
  issues = new DecodeIssueCounts()
  activity = new ApplicationActivity(new KeyHash([1, 2, 3, 4]), issues)
  frame = 0
})

function observe(...messages: Message[]): void {
  for (const message of messages) give(activity, message, ++frame)
}

const codeCount = (protocol: ProtocolName, table: number, code: number) =>
  [...activity.tally.codes()].find(
    (row) => row.application === Protocol[protocol] && row.table === table && row.code === code,
  )?.count ?? 0

const nameCounts = (protocol: ProtocolName, table: number) => {
  const names = activity.tally.names(Protocol[protocol], table)
  return Array.from({ length: names?.count ?? 0 }, (_, id) => [
    Buffer.from(names!.nameBytes(id)).toString('latin1'),
    names!.counts[id],
  ])
}

describe('DNS evidence', () => {
  it('counts names under a domain for each client, in any case of letters, and how long they are', () => {
    observe(
      dns('aaaa.tunnel.example.org', { type: 16 }),
      dns('bb.Example.ORG'),
      dns('BB.example.org'),
      dns('other.net'),
    )
    const { domains } = activity.dns
    const parent = activity.dns.parents.intern(wire('example.org'), 0, 12)
    const row = domains.find(4, CLIENT, parent)
    const value = (column: keyof typeof DomainColumn) => domains.value(row, DomainColumn[column])
    expect([value('distinctNames'), value('txtQueries'), value('longestLabel')]).toEqual([2, 1, 7])
    expect(value('distinctNameBytes')).toBe(24 + 15)
    expect([domains.firstFrame(row), domains.lastFrame(row), domains.lastSeconds(row)]).toEqual([1, 3, 1003])
    expect(domains.count).toBe(2)
  })

  it('counts names that do not exist for the client that asked', () => {
    observe(
      dns('x1.example.org', { response: true, code: 3 }),
      dns('x1.example.org', { response: true, code: 3 }),
      dns('x2.example.org', { response: true, code: 3 }),
      dns('x3.example.org', { response: true, code: 0 }),
    )
    const row = activity.dns.clients.find(4, CLIENT)
    expect(activity.dns.clients.value(row, DnsClientColumn.nxdomains)).toBe(3)
    expect(activity.dns.clients.value(row, DnsClientColumn.distinctNxdomains)).toBe(2)
    expect(activity.dns.clients.value(row, DnsClientColumn.responses)).toBe(4)
    expect(activity.dns.clients.find(4, SERVER)).toBe(-1)
  })

  it('goes on counting bytes when names are refused, and says so', () => {
    const few = { ...DNS_ACTIVITY_LIMITS, names: { countMax: 3, byteCountMax: 1000, lengthMax: 255 } }
    activity = new ApplicationActivity(new KeyHash([1, 2, 3, 4]), issues, { dns: few })
    for (let i = 0; i < 10; i++) observe(dns(`n${i}.example.org`))
    const row = activity.dns.domains.find(4, CLIENT, 0)
    expect(activity.dns.domains.value(row, DomainColumn.queryBytes)).toBe(
      10 * dns('n0.example.org').bytes.length,
    )
    expect(activity.dns.domains.value(row, DomainColumn.distinctNames)).toBe(3)
    expect(activity.dns.domains.value(row, DomainColumn.unlistedNames)).toBe(7)
    expect(activity.refusedNameCount).toBe(7)
  })

  it('names what is wrong with a message, and not what the snaplen cut', () => {
    const loop = hex('0001 0100 0001 0000 0000 0000 c00c 0001 0001')
    const lying = hex('0001 0100 0001 0005 0000 0000 01 61 00 0001 0001')
    const message = (bytes: Uint8Array, missing = 0): Message => ({
      application: 'dns',
      bytes,
      ipProtocol: 17,
      dstPort: 53,
      missing,
    })
    observe(message(loop), message(lying), message(lying, 40))
    expect(issues.count[DecodeIssue['dns-pointer-loop']]).toBe(1)
    expect(issues.firstFrame[DecodeIssue['dns-pointer-loop']]).toBe(1)
    expect(issues.count[DecodeIssue['bad-dns-message']]).toBe(1)
    expect(issues.count[DecodeIssue['truncated-application']]).toBe(1)
  })

  it('reads a message over TCP behind its length', () => {
    const message = dns('example.org')
    observe({ ...message, ipProtocol: 6, bytes: Buffer.concat([hex('001d'), message.bytes]) })
    expect(activity.dns.names.count).toBe(1)
  })
})

describe('answers without the DNS', () => {
  it('keeps who answered for which name', () => {
    const llmnr = (responder: number): Message => ({
      application: 'llmnr',
      bytes: hex(
        '0001 8000 0001 0001 0000 0000',
        '04 77706164 00 0001 0001',
        'c00c 0001 0001 0000001e 0004 0a000009',
      ),
      ipProtocol: 17,
      src: responder,
      dst: CLIENT,
      srcPort: 5355,
    })
    observe(llmnr(7), llmnr(8), llmnr(8))
    const { rows, names } = activity.nameAnswers
    const wpad = names.intern(wire('wpad'), 0, 5)
    expect([rows.count, names.count]).toEqual([2, 1])
    const row = rows.find(4, 8, wpad, Protocol.llmnr)
    expect([rows.firstFrame(row), rows.lastFrame(row)]).toEqual([2, 3])
  })

  it('leaves out refusals, questions and the records of mDNS that many may share', () => {
    const mdns = (flags: string, type: string): Message => ({
      application: 'mdns',
      bytes: hex('0000', flags, '0000 0001 0000 0000', '01 61 00', type, '8001 0000001e 0004 0a000009'),
      ipProtocol: 17,
    })
    observe(mdns('8403', '0001'), mdns('0000', '0001'), mdns('8400', '000c'))
    expect(activity.nameAnswers.rows.count).toBe(0)
    observe(mdns('8400', '0001'))
    expect(activity.nameAnswers.rows.count).toBe(1)
  })
})

describe('DHCP evidence', () => {
  const dhcp = (type: number, options = '', op = '01', relay = '00000000'): Message => ({
    application: 'dhcp',
    bytes: hex(
      op,
      '010600 12345678 00000000',
      '00'.repeat(12),
      relay,
      '001122334455',
      '00'.repeat(202),
      '63825363',
      '3501',
      `0${type}`,
      options,
      'ff',
    ),
    ipProtocol: 17,
  })

  it('keeps apart the servers that offer, with the first frame of each', () => {
    observe(
      dhcp(2, '36040a000002', '02'),
      { ...dhcp(2, '36040a000063', '02'), src: 0x0a000063 },
      dhcp(5, '36040a000002', '02'),
    )
    const { servers } = activity.dhcp
    expect(servers.count).toBe(2)
    const first = servers.find(4, CLIENT, 0x0a000002, 0)
    expect([servers.value(first, DhcpServerColumn.offers), servers.lastFrame(first)]).toEqual([1, 3])
    expect(servers.firstFrame(servers.find(4, 0x0a000063, 0x0a000063, 0))).toBe(2)
  })

  it('tells a server behind a relay', () => {
    observe(dhcp(2, '36040a000002', '02', '0a0000fe'))
    expect(activity.dhcp.servers.find(4, CLIENT, 0x0a000002, 1)).not.toBe(-1)
  })
})

describe('HTTP evidence', () => {
  const http = (head: string, form: Partial<Message> = {}): Message => ({
    application: 'http',
    bytes: text(head),
    ...form,
  })
  const fromServer = { ...back, srcPort: 80, dstPort: 50_000 }

  it('counts credentials and refusals of a client and a server in one row', () => {
    observe(
      http('GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: Basic YTpi\r\n\r\n'),
      http('HTTP/1.1 404 Not Found\r\n\r\n', fromServer),
      http('HTTP/1.1 401 Unauthorized\r\n\r\n', fromServer),
      http('HTTP/1.1 403 Forbidden\r\n\r\n', fromServer),
      http('HTTP/1.1 200 OK\r\n\r\n', fromServer),
      http('HTTP/1.1 502 Bad\r\n\r\n', fromServer),
    )
    const { exchanges } = activity.http
    expect(exchanges.count).toBe(1)
    const row = exchanges.find(4, CLIENT, SERVER, 80)
    const value = (column: keyof typeof HttpColumn) => exchanges.value(row, HttpColumn[column])
    expect([value('authorizations'), value('unauthorized'), value('forbidden')]).toEqual([1, 1, 1])
    expect([exchanges.firstFrame(row), exchanges.lastFrame(row)]).toEqual([1, 6])
    expect(codeCount('http', CodeTable.statusCodes, 404)).toBe(1)
  })

  it('keeps hosts once, whatever the case of their letters', () => {
    observe(
      http('GET / HTTP/1.1\r\nHost: Example.ORG\r\n\r\n'),
      http('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n'),
    )
    expect(nameCounts('http', NameTableId.hosts)).toEqual([['example.org', 2]])
  })
})

describe('TLS tallies', () => {
  const extension = '0000 0010 000e 00 000b 6578616d706c652e6f7267'
  const body = hex('0303', '11'.repeat(32), '00 0002 1301 01 00', '0014', extension)
  const record = Buffer.concat([
    hex(
      '16 0301',
      (body.length + 4).toString(16).padStart(4, '0'),
      '01 00',
      body.length.toString(16).padStart(4, '0'),
    ),
    body,
  ])

  it('count the names asked for and the fingerprints of those who asked', () => {
    observe(
      { application: 'tls', bytes: record, dstPort: 443 },
      { application: 'tls', bytes: record, dstPort: 443 },
    )
    expect(nameCounts('tls', NameTableId.serverNames)).toEqual([['example.org', 2]])
    const [[fingerprint, count] = [], ...others] = nameCounts('tls', NameTableId.clientFingerprints)
    expect(fingerprint).toMatch(/^t12d010100_[0-9a-f]{12}_0{12}$/)
    expect([count, others]).toEqual([2, []])
  })

  it('gives a hello that a segment cuts no fingerprint', () => {
    observe({ application: 'tls', bytes: record.subarray(0, record.length - 1), dstPort: 443 })
    expect(nameCounts('tls', NameTableId.clientFingerprints)).toEqual([])
    expect(issues.count[DecodeIssue['bad-tls-handshake']]).toBe(0)
  })

  it('counts alerts in clear and what servers chose', () => {
    observe(
      { application: 'tls', bytes: hex('15 0303 0002 02 28'), ...back },
      {
        application: 'tls',
        bytes: hex('16 0303 002a 02 000026 0303', '22'.repeat(32), '00 c02f 00'),
        ...back,
      },
    )
    expect(codeCount('tls', CodeTable.alerts, 40)).toBe(1)
    expect(codeCount('tls', CodeTable.versions, 0x0303)).toBe(1)
    expect(codeCount('tls', CodeTable.cipherSuites, 0xc02f)).toBe(1)
  })
})

describe('logins', () => {
  const ftp = (line: string, form: Partial<Message> = {}): Message => ({
    application: 'ftp',
    bytes: text(`${line}\r\n`),
    dstPort: 21,
    ...form,
  })
  const fromServer = { ...back, srcPort: 21, dstPort: 50_000 }

  it('counts refusals and successes of a client and a service, with first and last frame', () => {
    observe(
      ftp('USER alice'),
      ftp('PASS wrong'),
      ftp('530 no', fromServer),
      ftp('PASS right'),
      ftp('230 yes', fromServer),
    )
    const { attempts } = activity.logins
    expect(attempts.count).toBe(1)
    const row = attempts.find(4, CLIENT, SERVER, 21 | (Protocol.ftp << 16))
    const value = (column: keyof typeof LoginColumn) => attempts.value(row, LoginColumn[column])
    expect([value('failures'), value('successes')]).toEqual([1, 1])
    expect([attempts.firstFrame(row), attempts.lastFrame(row)]).toEqual([1, 5])
  })

  it('keeps the names that went over the wire in clear, and of secrets only that they did', () => {
    observe(ftp('USER alice'), ftp('PASS wrong'))
    const { cleartext, users } = activity.logins
    const service = 21 | (Protocol.ftp << 16)
    expect(Buffer.from(users.nameBytes(0)).toString()).toBe('alice')
    const named = cleartext.find(4, CLIENT, SERVER, service, 0)
    expect([
      cleartext.value(named, CleartextColumn.names),
      cleartext.value(named, CleartextColumn.secrets),
    ]).toEqual([1, 0])
    const nameless = cleartext.find(4, CLIENT, SERVER, service, NO_USER)
    expect([
      cleartext.value(nameless, CleartextColumn.names),
      cleartext.value(nameless, CleartextColumn.secrets),
    ]).toEqual([0, 1])
    expect(JSON.stringify([...activity.tally.codes()])).not.toContain('wrong')
  })

  it('remembers which ports FTP named, and whose', () => {
    observe(ftp('227 Entering Passive Mode (10,0,0,2,195,80)', fromServer), ftp('PORT 10,0,0,77,19,137'))
    expect(activity.ftpData.isAnnounced(4, SERVER, 50_000)).toBe(true)
    expect(activity.ftpData.isAnnounced(4, CLIENT, 5001)).toBe(true)
    expect(activity.ftpData.isAnnounced(4, CLIENT, 50_000)).toBe(false)
    const { rows } = activity.ftpData
    expect(rows.value(rows.find(4, SERVER, 50_000), FtpDataColumn.thirdParty)).toBe(0)
    expect(rows.value(rows.find(4, CLIENT, 5001), FtpDataColumn.thirdParty)).toBe(1)
  })
})

describe('tallies', () => {
  it('counts codes, words and banners of other protocols', () => {
    observe(
      { application: 'ssh', bytes: text('SSH-2.0-OpenSSH_9.2\r\nxx') },
      { application: 'ntp', bytes: hex('24 02 06 ec', '00'.repeat(44)), ipProtocol: 17 },
      {
        application: 'snmp',
        bytes: hex('301f 020101 0406 7075626c6963 a012 0204 7b086e69 0201 00 0201 00 3004 3002 0600'),
        ipProtocol: 17,
      },
      { application: 'smtp', bytes: text('MAIL FROM:<a@b>\r\n') },
      { application: 'smtp', bytes: text('250 ok\r\n') },
      { application: 'modbus', bytes: hex('0001 0000 0006 11 83 006b 0003') },
      { application: 'irc', bytes: text(':irc.example.org 001 alice :Welcome\r\n') },
    )
    expect(nameCounts('ssh', NameTableId.banners)).toEqual([['SSH-2.0-OpenSSH_9.2', 1]])
    expect([codeCount('ntp', CodeTable.modes, 4), codeCount('ntp', CodeTable.strata, 2)]).toEqual([1, 1])
    expect([codeCount('snmp', CodeTable.versions, 1), codeCount('snmp', CodeTable.messageTypes, 0)]).toEqual([
      1, 1,
    ])
    expect(nameCounts('snmp', NameTableId.communities)).toHaveLength(1)
    expect(nameCounts('smtp', NameTableId.verbs)).toEqual([['MAIL', 1]])
    expect(codeCount('smtp', CodeTable.replyCodes, 250)).toBe(1)
    expect(codeCount('modbus', CodeTable.functionCodes, 0x83)).toBe(1)
    expect(codeCount('irc', CodeTable.replyCodes, 1)).toBe(1)
    expect(activity.tally.messageCounts[Protocol.smtp]).toBe(2)
  })
})
