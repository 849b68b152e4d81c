/** What messages made of text say first: commands, reply codes, methods, banners. */

import {
  ascii,
  indexOfWordNoCase,
  isLetter,
  lineLength,
  startsWithNoCase,
  threeDigits,
} from '../../decode/application/ascii.ts'
import { replyCode } from '../../decode/application/ftp.ts'
import { imapAfterTag } from '../../decode/application/imap.ts'
import { ircCommandStart } from '../../decode/application/irc.ts'
import { sipMethod, sipStatus } from '../../decode/application/sip.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import type { MessageView } from './message-view.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

/** Longest command word kept: `UNSUBSCRIBE` and `AUTHENTICATE` fit. */
const VERB_LENGTH_MAX = 16
/** RFC 4253 section 4.2 allows 255 bytes of identification, its line end included. */
const BANNER_LENGTH_MAX = 255
const FILE_NAME_LENGTH_MAX = 255

const verb = new Uint8Array(VERB_LENGTH_MAX)
const popReplies = [ascii('+ok'), ascii('-err')]
const imapReplies = [ascii('ok '), ascii('no '), ascii('bad ')]
const rtspStatus = ascii('rtsp/')

/** Count the first words of a message of one of the protocols below; of others, nothing. */
export function countMessageWords(view: MessageView, tally: ApplicationTally): void {
  const { application, bytes, offset, length } = view
  switch (application) {
    case Protocol.ssh:
    case Protocol.vnc: {
      countBanner(view, tally, 0)
      return
    }
    case Protocol.mysql: {
      countMysqlVersion(view, tally)
      return
    }
    case Protocol.ftp:
    case Protocol.smtp:
    case Protocol.nntp: {
      const code = replyCode(bytes, offset, length)
      if (code !== -1) tally.addCode(application, CodeTable.replyCodes, code)
      else countVerb(view, tally, 0)
      return
    }
    case Protocol.pop: {
      const reply = indexOfWordNoCase(bytes, offset, length, popReplies)
      if (reply !== -1) tally.addCode(application, CodeTable.replyCodes, reply)
      else countVerb(view, tally, 0)
      return
    }
    case Protocol.imap: {
      countImap(view, tally)
      return
    }
    case Protocol.irc: {
      countIrc(view, tally)
      return
    }
    case Protocol.sip: {
      const status = sipStatus(bytes, offset, length)
      if (status !== -1) tally.addCode(application, CodeTable.statusCodes, status)
      else tally.addCode(application, CodeTable.methods, sipMethod(bytes, offset, length))
      return
    }
    case Protocol.rtsp: {
      if (!startsWithNoCase(bytes, offset, length, rtspStatus)) {
        countVerb(view, tally, 0)
        return
      }
      const status = threeDigits(bytes, offset + 9, length - 9)
      if (status !== -1) tally.addCode(application, CodeTable.statusCodes, status)
      return
    }
    case Protocol.tftp: {
      countTftpName(view, tally)
      return
    }
    default:
  }
}

/** The letters from `start` on, in capitals, as a command. */
function countVerb(view: MessageView, tally: ApplicationTally, start: number): void {
  let size = 0
  while (
    size < VERB_LENGTH_MAX &&
    start + size < view.length &&
    isLetter(view.bytes[view.offset + start + size]!)
  ) {
    verb[size] = view.bytes[view.offset + start + size]! & 0xdf
    size++
  }
  if (size > 0) tally.addName(view.application, NameTableId.verbs, verb, 0, size)
}

function countImap(view: MessageView, tally: ApplicationTally): void {
  const after = imapAfterTag(view.bytes, view.offset, view.length)
  if (after === 0) return
  const result = indexOfWordNoCase(view.bytes, view.offset + after, view.length - after, imapReplies)
  if (result !== -1) tally.addCode(view.application, CodeTable.replyCodes, result)
  else countVerb(view, tally, after)
}

function countIrc(view: MessageView, tally: ApplicationTally): void {
  const start = ircCommandStart(view.bytes, view.offset, view.length)
  if (start === -1) return
  const numeric = threeDigits(view.bytes, view.offset + start, view.length - start)
  if (numeric !== -1) tally.addCode(view.application, CodeTable.replyCodes, numeric)
  else countVerb(view, tally, start)
}

function countBanner(view: MessageView, tally: ApplicationTally, start: number): void {
  const available = Math.min(view.length - start, BANNER_LENGTH_MAX)
  const line = lineLength(view.bytes, view.offset + start, available)
  const size = line === -1 ? available : line
  tally.addName(view.application, NameTableId.banners, view.bytes, view.offset + start, size)
}

/** Handshake V10: the server's version, up to its zero. */
function countMysqlVersion(view: MessageView, tally: ApplicationTally): void {
  const { bytes, offset, length } = view
  if (length < 7 || bytes[offset + 3] !== 0 || bytes[offset + 4] !== 10) return
  let size = 0
  while (size < BANNER_LENGTH_MAX && 5 + size < length && bytes[offset + 5 + size] !== 0) size++
  tally.addName(view.application, NameTableId.banners, bytes, offset + 5, size)
}

/** File name of a read or write request. RFC 1350 section 5. */
function countTftpName(view: MessageView, tally: ApplicationTally): void {
  const { bytes, offset, length } = view
  if (bytes[offset + 1] !== 1 && bytes[offset + 1] !== 2) return
  let size = 0
  while (size < FILE_NAME_LENGTH_MAX && 2 + size < length && bytes[offset + 2 + size] !== 0) size++
  tally.addName(view.application, NameTableId.fileNames, bytes, offset + 2, size)
}
