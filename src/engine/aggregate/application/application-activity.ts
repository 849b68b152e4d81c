/** Everything that is kept of application messages: the tallies people read and the evidence rules judge. */

import { DhcpMessage, readDhcpMessage } from '../../decode/application/dhcp-message.ts'
import { HttpHead, readHttpHead } from '../../decode/application/http-message.ts'
import { readHttpLogin } from '../../decode/application/http-login.ts'
import { LoginSign } from '../../decode/application/login-sign.ts'
import { readBinaryLogin } from '../../decode/application/login-of-binary.ts'
import { readLineLogin } from '../../decode/application/login-of-line.ts'
import type { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import type { FlowBatch } from '../../decode/flow-batch.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import type { NameTableLimits } from '../../net/name-table.ts'
import { ApplicationTally } from './application-tally.ts'
import { DhcpActivity } from './dhcp-activity.ts'
import { DnsActivity, type DnsActivityLimits } from './dns-activity.ts'
import { DnsMessages } from './dns-messages.ts'
import { FtpDataPorts } from './ftp-data-ports.ts'
import { HttpActivity } from './http-activity.ts'
import { LoginActivity } from './login-activity.ts'
import { countMessageCodes } from './message-codes.ts'
import { MessageView, type AddressMap } from './message-view.ts'
import { countMessageWords } from './message-words.ts'
import { NameAnswers } from './name-answers.ts'
import { CodeTable, NameTableId } from './tally-table.ts'
import { TlsMessages } from './tls-messages.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

const TCP = 6

/** What is kept beside the tally. */
const ACTIVITIES = ['dns', 'nameAnswers', 'dhcp', 'http', 'logins', 'ftpData'] as const

/** Ceilings that tests lower, so that a small capture reaches them. */
export interface ApplicationLimits {
  readonly names?: NameTableLimits
  readonly dns?: DnsActivityLimits
}

/**
 * Each message is judged by its own packet alone, never by what its conversation did before; client hellos of several
 * segments are another matter (hello-assembly). So two parts of a capture
 * merge into exactly what one pass over both would have kept, wherever it is cut, as long as no ceiling is reached.
 */
export class ApplicationActivity {
  /** Messages, codes and names by application. */
  readonly tally: ApplicationTally
  readonly dns: DnsActivity
  /** LLMNR, NBNS and mDNS. */
  readonly nameAnswers: NameAnswers
  readonly dhcp: DhcpActivity
  readonly http: HttpActivity
  readonly logins: LoginActivity
  readonly ftpData: FtpDataPorts
  readonly #issues: DecodeIssueCounts
  readonly #view = new MessageView()
  readonly #dnsMessages = new DnsMessages()
  readonly #tlsMessages = new TlsMessages()
  readonly #dhcp = new DhcpMessage()
  readonly #http = new HttpHead()
  readonly #sign = new LoginSign()

  constructor(hash: KeyHash, issues: DecodeIssueCounts, limits: ApplicationLimits = {}) {
    this.#issues = issues
    this.tally = new ApplicationTally(hash, limits.names)
    this.dns = new DnsActivity(hash, limits.dns)
    this.nameAnswers = new NameAnswers(hash)
    this.dhcp = new DhcpActivity(hash)
    this.http = new HttpActivity(hash)
    this.logins = new LoginActivity(hash)
    this.ftpData = new FtpDataPorts(hash)
  }

  /** Sightings of names that a ceiling refused; their messages are counted all the same. */
  get refusedNameCount(): number {
    return (
      this.tally.refusedNameCount +
      this.dns.names.refusedCount +
      this.dns.parents.refusedCount +
      this.nameAnswers.names.refusedCount +
      this.logins.users.refusedCount
    )
  }

  /** Sightings that found no row of evidence, and pairs that were not told apart, because a table was full. */
  get refusedEvidenceCount(): number {
    const { dns, nameAnswers, dhcp, http, logins, ftpData } = this
    const tables = [
      dns.domains,
      dns.clients,
      dns.domainNames,
      dns.nxdomainNames,
      nameAnswers.rows,
      dhcp.servers,
      http.exchanges,
      logins.attempts,
      logins.cleartext,
      ftpData.rows,
    ]
    return tables.reduce((sum, { refusedCount }) => sum + refusedCount, 0)
  }

  /**
   * Count the message in the payload of a row of `flows`, which `application` (a Protocol number) was identified by.
   * Called in frame order; `frameNumber` is 1-based. Keeps nothing of `bytes`.
   */
  observe(
    flows: FlowBatch,
    row: number,
    application: number,
    bytes: Uint8Array,
    seconds: number,
    nanoseconds: number,
    frameNumber: number,
  ): void {
    const view = this.#view
    view.set(flows, row, application, bytes, seconds, nanoseconds, frameNumber)
    if (application === 0 || view.length <= 0) return
    this.tally.messageCounts[application] = this.tally.messageCounts[application]! + 1
    switch (application) {
      case Protocol.dns:
      case Protocol.mdns:
      case Protocol.llmnr:
      case Protocol.nbns:
        this.#dnsMessages.observe(view, this.tally, this.dns, this.nameAnswers, this.#issues)
        return
      case Protocol.http:
        this.#observeHttp(view)
        return
      case Protocol.tls:
      case Protocol.dtls:
        this.#tlsMessages.observe(view, this.tally, this.#issues)
        return
      case Protocol.dhcp:
        this.#observeDhcp(view)
        return
      case Protocol.dhcpv6:
        this.dhcp.observeDhcpv6(view, bytes[view.offset]!)
        break
      case Protocol.ftp:
        this.ftpData.observe(view)
        break
      default:
    }
    countMessageCodes(view, this.tally)
    countMessageWords(view, this.tally)
    this.#observeLogin(view)
  }

  /** Add what a later part of the capture kept; its frames come `frameOffset` after ours. */
  merge(later: ApplicationActivity, frameOffset: number, addressOf: AddressMap): void {
    this.tally.merge(later.tally)
    this.dns.merge(later.dns, frameOffset, addressOf)
    this.nameAnswers.merge(later.nameAnswers, frameOffset, addressOf)
    this.dhcp.merge(later.dhcp, frameOffset, addressOf)
    this.http.merge(later.http, frameOffset, addressOf)
    this.logins.merge(later.logins, frameOffset, addressOf)
    this.ftpData.merge(later.ftpData, frameOffset, addressOf)
  }

  writePart(part: PartWriter): void {
    this.tally.writePart(part.under('tally'))
    for (const name of ACTIVITIES) this[name].writePart(part.under(name))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.tally.readPart(part.under('tally'))
    for (const name of ACTIVITIES) this[name].readPart(part.under(name), ipv6Count)
  }

  #observeLogin(view: MessageView): void {
    const { application, bytes, offset, length } = view
    const sign = this.#sign
    sign.reset()
    const isSign =
      readLineLogin(application, bytes, offset, length, sign) ||
      readBinaryLogin(application, bytes, offset, length, view.ipProtocol === TCP, sign)
    if (isSign) this.logins.observe(view, sign)
  }

  #observeHttp(view: MessageView): void {
    const head = this.#http
    if (!readHttpHead(view.bytes, view.offset, view.length, head)) return
    const { tally } = this
    const { application, bytes } = view
    if (head.isRequest) tally.addCode(application, CodeTable.methods, head.method)
    else if (head.statusCode !== 0) tally.addCode(application, CodeTable.statusCodes, head.statusCode)
    if (head.hostOffset !== -1)
      tally.addName(application, NameTableId.hosts, bytes, head.hostOffset, head.hostLength)
    if (head.userAgentOffset !== -1) {
      tally.addName(application, NameTableId.userAgents, bytes, head.userAgentOffset, head.userAgentLength)
    }
    if (!head.isRequest && head.serverOffset !== -1) {
      tally.addName(application, NameTableId.servers, bytes, head.serverOffset, head.serverLength)
    }
    if (head.issue !== 0) this.#issues.add(head.issue, view.frameNumber)
    this.http.observe(view, head)
    this.#sign.reset()
    if (readHttpLogin(bytes, head, this.#sign)) this.logins.observe(view, this.#sign)
  }

  #observeDhcp(view: MessageView): void {
    const message = this.#dhcp
    if (!readDhcpMessage(view.bytes, view.offset, view.length, message)) return
    const { tally } = this
    const { application, bytes } = view
    tally.addCode(application, CodeTable.messageTypes, message.messageType)
    if (message.hostNameOffset !== -1) {
      tally.addName(application, NameTableId.hostNames, bytes, message.hostNameOffset, message.hostNameLength)
    }
    if (message.vendorClassOffset !== -1) {
      tally.addName(
        application,
        NameTableId.vendorClasses,
        bytes,
        message.vendorClassOffset,
        message.vendorClassLength,
      )
    }
    if (message.issue !== 0 && !view.isCut) this.#issues.add(message.issue, view.frameNumber)
    this.dhcp.observe(view, message)
  }
}
