/** Every rule that reads messages: fires at its threshold, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { DhcpServerColumn } from '../../aggregate/application/dhcp-activity.ts'
import { DnsClientColumn, DomainColumn } from '../../aggregate/application/dns-activity.ts'
import { CleartextColumn, NO_USER } from '../../aggregate/application/login-activity.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import { detect } from '../detect.ts'
import { inside, outside, RecordBuilder } from '../../../../test/detection/record-builder.ts'

function judged(write: (builder: RecordBuilder) => void) {
  const builder = new RecordBuilder()
  write(builder)
  const detection = detect(builder.until(60).evidence())
  // None of these is a scan.
  expect(detection.scanners).toEqual([])
  return { ...detection, rules: detection.findings.map(({ rule }) => rule) }
}

describe('cleartext-credentials', () => {
  const login = (secrets: number) => (builder: RecordBuilder) => {
    const { cleartext } = builder.applications.logins
    const row = cleartext.rowOf(4, outside(1), inside(21), 21 | (Protocol.ftp << 16), NO_USER)
    cleartext.see(row, 5, 1_700_000_001, 0)
    cleartext.add(row, CleartextColumn.secrets, secrets)
  }

  it('fires at one password, not at a name alone, and shows neither', () => {
    const { findings } = judged(login(1))
    expect(findings[0]).toMatchObject({
      rule: 'cleartext-credentials',
      actors: ['80.1.0.1'],
      targets: { ports: '21' },
    })
    expect(judged(login(0)).rules).toEqual([])
  })
})

describe('rogue-dhcp', () => {
  const servers = (count: number) => (builder: RecordBuilder) => {
    const rows = builder.applications.dhcp.servers
    for (let i = 0; i < count; i++) {
      // A relay repeats the first server's offer.
      for (const source of i === 0 ? [1, 2] : [10 + i]) {
        const row = rows.rowOf(4, inside(source), inside(i === 0 ? 1 : 10 + i), source === 2 ? 1 : 0)
        rows.see(row, 5 + i, 1_700_000_001, 0)
        rows.add(row, DhcpServerColumn.offers, 1)
      }
    }
  }

  it('fires at two servers, not at one and its relay', () => {
    expect(judged(servers(2)).findings[0]).toMatchObject({
      rule: 'rogue-dhcp',
      actors: ['10.0.0.1', '10.0.0.11'],
    })
    expect(judged(servers(1)).rules).toEqual([])
  })
})

describe('name-poisoning', () => {
  const answers = (names: number, protocol: number) => (builder: RecordBuilder) => {
    const { rows } = builder.applications.nameAnswers
    for (let name = 0; name < names; name++)
      rows.see(rows.rowOf(4, inside(66), name, protocol), 5 + name, 1_700_000_001, 0)
  }

  it('fires at three names answered, not at two, and not over mDNS', () => {
    expect(judged(answers(3, Protocol.llmnr)).findings[0]).toMatchObject({
      rule: 'name-poisoning',
      firedFrame: 7,
    })
    expect(judged(answers(2, Protocol.nbns)).rules).toEqual([])
    expect(judged(answers(9, Protocol.mdns)).rules).toEqual([])
  })
})

const label = (text: string): Uint8Array => {
  const parts = text.split('.').map((part) => new TextEncoder().encode(part))
  return Uint8Array.from(parts.flatMap((part) => [part.length, ...part]))
}

describe('dns-tunnel and dga-failures', () => {
  const asked =
    (names: number, length: number, domain = 'tunnel.example') =>
    (builder: RecordBuilder) => {
      const { dns } = builder.applications
      const bytes = label(domain)
      const row = dns.domains.rowOf(4, inside(5), dns.parents.intern(bytes, 0, bytes.length))
      dns.domains.see(row, 5, 1_700_000_001, 0)
      dns.domains.add(row, DomainColumn.distinctNames, names)
      dns.domains.add(row, DomainColumn.distinctNameBytes, names * length)
    }

  it('fire at 50 names of 50 bytes under one domain, not at fewer, shorter, or reverse ones', () => {
    expect(judged(asked(50, 50)).findings[0]).toMatchObject({
      rule: 'dns-tunnel',
      measures: { domain: 'tunnel.example' },
    })
    expect(judged(asked(49, 50)).rules).toEqual([])
    // As the table of names writes it, and in the filter any character for what is none of a host name.
    const odd = judged(asked(50, 50, 'tün nel\x01.ex_a-mple')).findings[0]!
    expect(odd.measures).toMatchObject({ domain: 'tün nel\\x01.ex_a-mple' })
    expect(odd.filters.wireshark).toContain('matches "(?i)(^|[.])t..n.nel.[.]ex_a-mple$"')
    expect(judged(asked(50, 49)).rules).toEqual([])
    expect(judged(asked(50, 72, 'ip6.arpa')).rules).toEqual([])
  })

  const missing = (domains: number, answered: number) => (builder: RecordBuilder) => {
    const { dns } = builder.applications
    const client = dns.clients.rowOf(4, inside(5))
    dns.clients.see(client, 5, 1_700_000_001, 0)
    for (let i = 0; i < domains; i++) {
      const bytes = label(`x${i}.example`)
      const row = dns.domains.rowOf(4, inside(5), dns.parents.intern(bytes, 0, bytes.length))
      dns.domains.add(row, DomainColumn.nxdomains, 1)
      dns.domains.add(row, DomainColumn.responses, 1)
    }
    dns.clients.add(client, DnsClientColumn.distinctNxdomains, 30)
    dns.clients.add(client, DnsClientColumn.nxdomains, 30)
    dns.clients.add(client, DnsClientColumn.responses, 30 + answered)
  }

  it('fire at ten domains that do not exist, not at nine, nor where most exist', () => {
    expect(judged(missing(10, 0)).rules).toEqual(['dga-failures'])
    expect(judged(missing(9, 0)).rules).toEqual([])
    expect(judged(missing(10, 40)).rules).toEqual([])
  })
})
