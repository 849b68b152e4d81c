/** What clients asked the DNS for: evidence of tunnels, generated names and sweeps of reverse zones. RFC 1035. */

import { DnsSection, type DnsMessage } from '../../decode/application/dns-message.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { NameTable, type NameTableLimits } from '../../net/name-table.ts'
import { EvidenceRows } from './evidence-rows.ts'
import { mapAddress, type AddressMap, type MessageView } from './message-view.ts'
import { PairSet } from './pair-set.ts'
import { longestLabel, parentDomainStart } from './parent-domain.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

export interface DnsActivityLimits {
  readonly names: NameTableLimits
  /** Distinct (client, parent domain). */
  readonly domainCountMax: number
  /** Distinct (client, parent domain, name), and as many (client, name that does not exist). */
  readonly pairCountMax: number
}

/**
 * A day of an office resolves some ten thousand names; a tunnel invents one a packet. Past the ceilings counts of
 * messages stay exact and counts of distinct names become "at least".
 */
export const DNS_ACTIVITY_LIMITS: DnsActivityLimits = {
  names: { countMax: 1 << 18, byteCountMax: 16 << 20, lengthMax: 255 },
  domainCountMax: 1 << 16,
  pairCountMax: 1 << 19,
}

const TXT = 16
const NXDOMAIN = 3
const IN = 1

/** Columns of `domains`. The first two are counted from the pairs, so that parts can be merged. */
export const DomainColumn = Object.freeze({
  /** Distinct names under the domain that the client asked for. */
  distinctNames: 0,
  /** Their bytes on the wire, lengths of labels included. */
  distinctNameBytes: 1,
  responses: 2,
  nxdomains: 3,
  /** Queries of type TXT. */
  txtQueries: 4,
  longestLabel: 5,
  /** DNS payload bytes, from the client and to it. */
  queryBytes: 6,
  responseBytes: 7,
  /** Sightings of names that a ceiling refused: `distinctNames` is then a lower bound. */
  unlistedNames: 8,
})

/** Columns of `clients`. */
export const DnsClientColumn = Object.freeze({
  /** Distinct names that do not exist; from the pairs. */
  distinctNxdomains: 0,
  responses: 1,
  nxdomains: 2,
})

export class DnsActivity {
  /** Names asked for, as labels with their lengths and without the last zero, in lower case. */
  readonly names: NameTable
  /** Parent domains, in the same form. */
  readonly parents: NameTable
  /** Key: IP version, client, parent (of `parents`, or -1). Columns: DomainColumn. */
  readonly domains: EvidenceRows
  /** Key: IP version, client. Columns: DnsClientColumn. */
  readonly clients: EvidenceRows
  /** (row of `domains`, name): what `distinctNames` counts. */
  readonly domainNames: PairSet
  /** (row of `clients`, name): what `distinctNxdomains` counts. */
  readonly nxdomainNames: PairSet
  #responseCounts: Float64Array = new Float64Array(64)

  constructor(hash: KeyHash, limits: DnsActivityLimits = DNS_ACTIVITY_LIMITS) {
    this.names = new NameTable(hash, limits.names, true)
    this.parents = new NameTable(hash, limits.names, true)
    this.domains = new EvidenceRows(
      hash,
      3,
      ['own', 'own', 'sum', 'sum', 'sum', 'max', 'sum', 'sum', 'sum'],
      limits.domainCountMax,
    )
    this.clients = new EvidenceRows(hash, 2, ['own', 'sum', 'sum'], limits.domainCountMax)
    this.domainNames = new PairSet(hash, limits.pairCountMax)
    this.nxdomainNames = new PairSet(hash, limits.pairCountMax)
  }

  observe(view: MessageView, message: DnsMessage): void {
    const { isResponse } = message
    const client = isResponse ? view.dst : view.src
    const clientRow = this.clients.rowOf(view.ipVersion, client)
    if (clientRow !== -1) {
      this.clients.see(clientRow, view.frameNumber, view.seconds, view.nanoseconds)
      if (isResponse) this.clients.add(clientRow, DnsClientColumn.responses, 1)
    }
    for (let record = 0; record < message.recordCount; record++) {
      if (message.section[record] !== DnsSection.question) break
      this.#observeQuestion(view, message, record, client, clientRow)
    }
  }

  /** Times a name was asked for: in queries or in responses, whichever the capture has more of. */
  askedCount(name: number): number {
    return Math.max(this.names.counts[name]!, this.#responseCounts[name] ?? 0)
  }

  merge(later: DnsActivity, frameOffset: number, addressOf: AddressMap): void {
    const nameOf = this.names.merge(later.names)
    for (let name = 0; name < later.names.count; name++) {
      if (nameOf[name] !== -1) this.#countResponse(nameOf[name]!, later.#responseCounts[name] ?? 0)
    }
    const parentOf = this.parents.merge(later.parents)
    const domainOf = new Int32Array(later.domains.count)
    for (let row = 0; row < later.domains.count; row++) {
      const version = later.domains.key(row, 0)
      const parent = later.domains.key(row, 2)
      const client = mapAddress(addressOf, version, later.domains.key(row, 1))
      const ours = this.domains.rowOf(version, client, parent === -1 ? -1 : parentOf[parent]!)
      domainOf[row] = ours
      if (ours !== -1) this.domains.join(ours, later.domains, row, frameOffset)
    }
    const clientOf = this.clients.mergeByAddress(later.clients, frameOffset, addressOf)
    for (let pair = 0; pair < later.domainNames.count; pair++) {
      const domain = domainOf[later.domainNames.first(pair)]!
      const name = nameOf[later.domainNames.second(pair)]!
      if (domain !== -1 && name !== -1) this.#addDomainName(domain, name)
    }
    for (let pair = 0; pair < later.nxdomainNames.count; pair++) {
      const client = clientOf[later.nxdomainNames.first(pair)]!
      const name = nameOf[later.nxdomainNames.second(pair)]!
      if (client !== -1 && name !== -1) this.#addNxdomain(client, name)
    }
    this.domains.refusedCount += later.domains.refusedCount
    this.domainNames.refusedCount += later.domainNames.refusedCount
    this.nxdomainNames.refusedCount += later.nxdomainNames.refusedCount
  }

  writePart(part: PartWriter): void {
    const responses = new Float64Array(this.names.count)
    responses.set(this.#responseCounts.subarray(0, this.names.count))
    part.add('responses', responses)
    for (const name of ['names', 'parents', 'domains', 'clients', 'domainNames', 'nxdomainNames'] as const) {
      this[name].writePart(part.under(name))
    }
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.names.readPart(part.under('names'))
    this.#responseCounts = part.numbers('responses', this.names.count).slice()
    this.parents.readPart(part.under('parents'))
    this.domains.readPart(part.under('domains'), ipv6Count)
    this.domains.requireWord(part, 2, -1, this.parents.count)
    this.clients.readPart(part.under('clients'), ipv6Count)
    this.domainNames.readPart(part.under('domainNames'), this.domains.count, this.names.count)
    this.nxdomainNames.readPart(part.under('nxdomainNames'), this.clients.count, this.names.count)
  }

  #observeQuestion(
    view: MessageView,
    message: DnsMessage,
    record: number,
    client: number,
    clientRow: number,
  ): void {
    if (message.recordClass[record] !== IN) return
    const offset = message.nameOffset[record]!
    const length = message.nameLength[record]!
    const name = message.isResponse
      ? this.names.intern(message.names, offset, length)
      : this.names.add(message.names, offset, length)
    if (message.isResponse && name !== -1) this.#countResponse(name, 1)
    if (message.isResponse && message.responseCode === NXDOMAIN && clientRow !== -1) {
      this.clients.add(clientRow, DnsClientColumn.nxdomains, 1)
      if (name !== -1) this.#addNxdomain(clientRow, name)
    }
    const parentStart = parentDomainStart(message.names, offset, length)
    const parent = this.parents.intern(message.names, offset + parentStart, length - parentStart)
    const row = this.domains.rowOf(view.ipVersion, client, parent)
    if (row === -1) return
    const { domains } = this
    domains.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    if (name === -1) domains.add(row, DomainColumn.unlistedNames, 1)
    else this.#addDomainName(row, name)
    domains.raise(row, DomainColumn.longestLabel, longestLabel(message.names, offset, length))
    if (message.isResponse) {
      domains.add(row, DomainColumn.responses, 1)
      domains.add(row, DomainColumn.responseBytes, view.length)
      if (message.responseCode === NXDOMAIN) domains.add(row, DomainColumn.nxdomains, 1)
    } else {
      domains.add(row, DomainColumn.queryBytes, view.length)
      if (message.type[record] === TXT) domains.add(row, DomainColumn.txtQueries, 1)
    }
  }

  #countResponse(name: number, times: number): void {
    if (name >= this.#responseCounts.length) {
      const grown = new Float64Array(Math.max(this.#responseCounts.length * 2, name + 1))
      grown.set(this.#responseCounts)
      this.#responseCounts = grown
    }
    this.#responseCounts[name] = this.#responseCounts[name]! + times
  }

  #addDomainName(row: number, name: number): void {
    if (!this.domainNames.add(row, name)) return
    this.domains.add(row, DomainColumn.distinctNames, 1)
    this.domains.add(row, DomainColumn.distinctNameBytes, this.names.nameLength(name))
  }

  #addNxdomain(row: number, name: number): void {
    if (this.nxdomainNames.add(row, name)) this.clients.add(row, DnsClientColumn.distinctNxdomains, 1)
  }
}
