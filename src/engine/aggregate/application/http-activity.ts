/** Who asked which web server for what, and how it answered: evidence of crawlers and of guessing. RFC 9110. */

import { ascii, containsNoCase, startsWith } from '../../decode/application/ascii.ts'
import type { HttpHead } from '../../decode/application/http-message.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import type { AddressMap, MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (client, server, port), and distinct clients. A busy proxy's hour has some ten thousand. */
export const HTTP_ROW_COUNT_MAX = 65_536

const robots = ascii('/robots.txt')
/** Words that crawlers put into their user agents, after the lists of scan-NG and of search engines' own pages. */
const crawlerWords = ['bot', 'crawl', 'spider', 'slurp', 'archive.org', 'facebookexternalhit'].map(ascii)
/** Bytes of a user agent searched for those words. */
const USER_AGENT_LENGTH_MAX = 512

/** Columns of `exchanges`. */
export const HttpColumn = Object.freeze({
  requests: 0,
  responses: 1,
  informational: 2,
  success: 3,
  redirect: 4,
  clientError: 5,
  serverError: 6,
  unauthorized: 7,
  forbidden: 8,
  notFound: 9,
  /** Requests that carried an Authorization field. */
  authorizations: 10,
})

/** Columns of `clients`. */
export const HttpClientColumn = Object.freeze({
  requests: 0,
  robotsRequests: 1,
  crawlerRequests: 2,
  agentlessRequests: 3,
})

export class HttpActivity {
  /** Key: IP version, client, server, server's port. Columns: HttpColumn. */
  readonly exchanges: EvidenceRows
  /** Key: IP version, client. Columns: HttpClientColumn. */
  readonly clients: EvidenceRows

  constructor(hash: KeyHash) {
    this.exchanges = new EvidenceRows(hash, 4, new Array<'sum'>(11).fill('sum'), HTTP_ROW_COUNT_MAX)
    this.clients = new EvidenceRows(hash, 2, ['sum', 'sum', 'sum', 'sum'], HTTP_ROW_COUNT_MAX)
  }

  observe(view: MessageView, head: HttpHead): void {
    const { isRequest } = head
    const client = isRequest ? view.src : view.dst
    const server = isRequest ? view.dst : view.src
    const row = this.exchanges.rowOf(view.ipVersion, client, server, isRequest ? view.dstPort : view.srcPort)
    if (row !== -1) {
      this.exchanges.see(row, view.frameNumber, view.seconds, view.nanoseconds)
      if (isRequest) {
        this.exchanges.add(row, HttpColumn.requests, 1)
        if (head.authorizationOffset !== -1) this.exchanges.add(row, HttpColumn.authorizations, 1)
      } else this.#countStatus(row, head.statusCode)
    }
    if (isRequest) this.#observeClient(view, head)
  }

  merge(later: HttpActivity, frameOffset: number, addressOf: AddressMap): void {
    this.exchanges.mergeByAddress(later.exchanges, frameOffset, addressOf, 2)
    this.clients.mergeByAddress(later.clients, frameOffset, addressOf)
  }

  writePart(part: PartWriter): void {
    this.exchanges.writePart(part.under('exchanges'))
    this.clients.writePart(part.under('clients'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.exchanges.readPart(part.under('exchanges'), ipv6Count, 2)
    this.clients.readPart(part.under('clients'), ipv6Count)
  }

  #countStatus(row: number, status: number): void {
    this.exchanges.add(row, HttpColumn.responses, 1)
    const statusClass = Math.floor(status / 100)
    if (statusClass >= 1 && statusClass <= 5)
      this.exchanges.add(row, HttpColumn.informational + statusClass - 1, 1)
    if (status === 401) this.exchanges.add(row, HttpColumn.unauthorized, 1)
    else if (status === 403) this.exchanges.add(row, HttpColumn.forbidden, 1)
    else if (status === 404) this.exchanges.add(row, HttpColumn.notFound, 1)
  }

  #observeClient(view: MessageView, head: HttpHead): void {
    const row = this.clients.rowOf(view.ipVersion, view.src)
    if (row === -1) return
    this.clients.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    this.clients.add(row, HttpClientColumn.requests, 1)
    if (isRobots(view.bytes, head)) this.clients.add(row, HttpClientColumn.robotsRequests, 1)
    if (head.userAgentOffset === -1) this.clients.add(row, HttpClientColumn.agentlessRequests, 1)
    else if (isCrawler(view.bytes, head)) this.clients.add(row, HttpClientColumn.crawlerRequests, 1)
  }
}

/** The target is /robots.txt (RFC 9309 section 2.3), with or without a query. */
function isRobots(bytes: Uint8Array, head: HttpHead): boolean {
  if (!startsWith(bytes, head.targetOffset, head.targetLength, robots)) return false
  return head.targetLength === robots.length || bytes[head.targetOffset + robots.length] === 0x3f
}

function isCrawler(bytes: Uint8Array, head: HttpHead): boolean {
  const length = Math.min(head.userAgentLength, USER_AGENT_LENGTH_MAX)
  for (const word of crawlerWords) if (containsNoCase(bytes, head.userAgentOffset, length, word)) return true
  return false
}
