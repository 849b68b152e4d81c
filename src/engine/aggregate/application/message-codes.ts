/** The code each protocol's message carries in a fixed place: its kind, its version, its function. */

import { readU16, readU16le, readU24, readU32 } from '../../decode/bytes.ts'
import { kerberosErrorCode, kerberosMessageType } from '../../decode/application/kerberos.ts'
import { derContentLength, derHeaderLength } from '../../decode/application/asn1.ts'
import { ldapOperationStart } from '../../decode/application/ldap.ts'
import { MODBUS_HEADER_LENGTH } from '../../decode/application/modbus.ts'
import { NTP_HEADER_LENGTH } from '../../decode/application/ntp.ts'
import { rtpPayloadType } from '../../decode/application/rtp.ts'
import { SmbMessage, readSmb2Message, readSmbMessage } from '../../decode/application/smb-message.ts'
import { snmpVersionAt } from '../../decode/application/snmp.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import type { MessageView } from './message-view.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

const TCP = 6
const smb = new SmbMessage()

/** Count the codes of a message of one of the protocols below; of others, nothing. The shape has been checked. */
export function countMessageCodes(view: MessageView, tally: ApplicationTally): void {
  const { application, bytes, offset, length } = view
  switch (application) {
    case Protocol.ntp: {
      countNtp(view, tally)
      return
    }
    case Protocol.snmp: {
      countSnmp(view, tally)
      return
    }
    case Protocol.smb:
      if (readSmbMessage(bytes, offset, length, smb)) countSmb(application, tally)
      return
    case Protocol.smb2:
      if (readSmb2Message(bytes, offset, length, smb)) countSmb(application, tally)
      return
    case Protocol.kerberos: {
      countKerberos(view, tally)
      return
    }
    case Protocol.ldap:
    case Protocol.cldap: {
      countLdap(view, tally)
      return
    }
    case Protocol.mqtt: {
      tally.addCode(application, CodeTable.messageTypes, bytes[offset]! >>> 4)
      return
    }
    case Protocol.modbus: {
      tally.addCode(application, CodeTable.functionCodes, bytes[offset + MODBUS_HEADER_LENGTH]!)
      return
    }
    case Protocol.rtp: {
      tally.addCode(application, CodeTable.payloadTypes, rtpPayloadType(bytes, offset))
      return
    }
    case Protocol.rtcp: {
      tally.addCode(application, CodeTable.messageTypes, bytes[offset + 1]!)
      return
    }
    case Protocol.quic:
    case Protocol.gquic:
      if ((bytes[offset]! & 0x80) !== 0)
        tally.addCode(application, CodeTable.versions, readU32(bytes, offset + 1) | 0)
      return
    case Protocol.radius:
    case Protocol.dhcpv6: {
      tally.addCode(application, CodeTable.messageTypes, bytes[offset]!)
      return
    }
    case Protocol.bgp:
    case Protocol.isakmp: {
      countAt(
        view,
        tally,
        application === Protocol.bgp ? CodeTable.messageTypes : CodeTable.exchangeTypes,
        18,
      )
      return
    }
    case Protocol.stun: {
      tally.addCode(application, CodeTable.messageTypes, readU16(bytes, offset))
      return
    }
    case Protocol.coap: {
      tally.addCode(application, CodeTable.messageTypes, bytes[offset + 1]!)
      return
    }
    case Protocol.dnp3: {
      countAt(view, tally, CodeTable.functionCodes, 12)
      return
    }
    case Protocol.enip: {
      tally.addCode(application, CodeTable.commands, readU16le(bytes, offset))
      return
    }
    case Protocol.s7comm: {
      tally.addCode(application, CodeTable.messageTypes, bytes[offset + 8]!)
      return
    }
    case Protocol.diameter: {
      tally.addCode(application, CodeTable.commands, readU24(bytes, offset + 5))
      return
    }
    case Protocol.tftp: {
      tally.addCode(application, CodeTable.opcodes, readU16(bytes, offset))
      return
    }
    default:
  }
}

function countAt(view: MessageView, tally: ApplicationTally, table: number, at: number): void {
  if (view.length > at) tally.addCode(view.application, table, view.bytes[view.offset + at]!)
}

function countNtp(view: MessageView, tally: ApplicationTally): void {
  const first = view.bytes[view.offset]!
  tally.addCode(view.application, CodeTable.modes, first & 7)
  tally.addCode(view.application, CodeTable.versions, (first >>> 3) & 7)
  // Stratum means something only in what a server or a peer says of itself.
  const mode = first & 7
  if (view.length >= NTP_HEADER_LENGTH && (mode === 2 || mode === 4 || mode === 5)) {
    tally.addCode(view.application, CodeTable.strata, view.bytes[view.offset + 1]!)
  }
}

/** Version, PDU type, and the community, which is a password: told apart, and shown nowhere. */
function countSnmp(view: MessageView, tally: ApplicationTally): void {
  const { bytes, offset, length } = view
  const at = snmpVersionAt(bytes, offset, length)
  if (at === 0) return
  const version = bytes[offset + at]!
  tally.addCode(view.application, CodeTable.versions, version)
  if (version > 1) return
  const header = derHeaderLength(bytes, offset + at + 1, length - at - 1)
  const size = derContentLength(bytes, offset + at + 1)
  const pdu = at + 1 + header + size
  if (header === 0 || pdu >= length) return
  tally.addName(view.application, NameTableId.communities, bytes, offset + at + 1 + header, size)
  tally.addCode(view.application, CodeTable.messageTypes, bytes[offset + pdu]! & 15)
}

function countSmb(application: number, tally: ApplicationTally): void {
  // One count an exchange: responses repeat the command of their request.
  if (!smb.isResponse) tally.addCode(application, CodeTable.commands, smb.command)
  else if (smb.status !== 0) tally.addCode(application, CodeTable.statuses, smb.status | 0)
  if (smb.dialect !== 0) tally.addCode(application, CodeTable.dialects, smb.dialect)
}

function countKerberos(view: MessageView, tally: ApplicationTally): void {
  const skip = view.ipProtocol === TCP ? 4 : 0
  const type = kerberosMessageType(view.bytes, view.offset + skip, view.length - skip)
  tally.addCode(view.application, CodeTable.messageTypes, type)
  if (type !== 30) return
  const code = kerberosErrorCode(view.bytes, view.offset + skip, view.length - skip)
  if (code !== -1) tally.addCode(view.application, CodeTable.errorCodes, code)
}

function countLdap(view: MessageView, tally: ApplicationTally): void {
  const { bytes, offset, length } = view
  const at = ldapOperationStart(bytes, offset, length)
  if (at === 0) return
  const tag = bytes[offset + at]!
  tally.addCode(view.application, CodeTable.operations, tag & 31)
  // Bind, search-done, modify, add, delete, rename, compare and extended responses start with a result code.
  const isResult =
    tag === 0x61 ||
    tag === 0x65 ||
    tag === 0x67 ||
    tag === 0x69 ||
    tag === 0x6b ||
    tag === 0x6d ||
    tag === 0x6f ||
    tag === 0x78
  const header = derHeaderLength(bytes, offset + at, length - at)
  const result = at + header
  if (!isResult || header === 0 || result + 3 > length || bytes[offset + result] !== 0x0a) return
  tally.addCode(view.application, CodeTable.resultCodes, bytes[offset + result + 2]!)
}
