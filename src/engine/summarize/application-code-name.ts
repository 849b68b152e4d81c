/** A code of an application message as text: by its protocol, its table, and the registries' names. */

import { HTTP_METHODS } from '../decode/application/http.ts'
import { SIP_METHODS } from '../decode/application/sip.ts'
import type { CodeTableName } from '../aggregate/application/tally-table.ts'
import type { ProtocolName } from '../decode/protocol-table.ts'
import * as names from './application-code-table.data.ts'

/** Which names the codes of a protocol's table have. */
// prettier-ignore
const NAMES_OF: readonly (readonly [ProtocolName, CodeTableName, names.CodeNames])[] = [
  ['dns', 'queryTypes', names.DNS_TYPES], ['mdns', 'queryTypes', names.DNS_TYPES], ['llmnr', 'queryTypes', names.DNS_TYPES],
  ['nbns', 'queryTypes', names.NBNS_TYPES], ['dns', 'responseCodes', names.DNS_RESPONSE_CODES],
  ['mdns', 'responseCodes', names.DNS_RESPONSE_CODES], ['llmnr', 'responseCodes', names.DNS_RESPONSE_CODES],
  ['nbns', 'responseCodes', names.DNS_RESPONSE_CODES], ['dns', 'opcodes', names.DNS_OPCODES],
  ['mdns', 'opcodes', names.DNS_OPCODES], ['llmnr', 'opcodes', names.DNS_OPCODES], ['nbns', 'opcodes', names.NBNS_OPCODES],
  ['tls', 'versions', names.TLS_VERSIONS], ['tls', 'clientVersions', names.TLS_VERSIONS], ['tls', 'alerts', names.TLS_ALERTS],
  ['tls', 'cipherSuites', names.TLS_CIPHER_SUITES], ['dtls', 'versions', names.TLS_VERSIONS],
  ['dtls', 'clientVersions', names.TLS_VERSIONS], ['dtls', 'alerts', names.TLS_ALERTS],
  ['dtls', 'cipherSuites', names.TLS_CIPHER_SUITES], ['quic', 'versions', names.QUIC_VERSIONS],
  ['dhcp', 'messageTypes', names.DHCP_TYPES], ['dhcpv6', 'messageTypes', names.DHCPV6_TYPES], ['ntp', 'modes', names.NTP_MODES],
  ['snmp', 'versions', names.SNMP_VERSIONS], ['snmp', 'messageTypes', names.SNMP_PDUS], ['smb2', 'commands', names.SMB2_COMMANDS],
  ['smb2', 'dialects', names.SMB2_DIALECTS], ['smb2', 'statuses', names.NT_STATUSES], ['smb', 'commands', names.SMB_COMMANDS],
  ['smb', 'statuses', names.NT_STATUSES], ['mqtt', 'messageTypes', names.MQTT_TYPES],
  ['kerberos', 'messageTypes', names.KERBEROS_TYPES], ['kerberos', 'errorCodes', names.KERBEROS_ERRORS],
  ['ldap', 'operations', names.LDAP_OPERATIONS], ['ldap', 'resultCodes', names.LDAP_RESULTS],
  ['cldap', 'operations', names.LDAP_OPERATIONS], ['cldap', 'resultCodes', names.LDAP_RESULTS],
  ['rtp', 'payloadTypes', names.RTP_TYPES], ['rtcp', 'messageTypes', names.RTCP_TYPES], ['radius', 'messageTypes', names.RADIUS_CODES],
  ['bgp', 'messageTypes', names.BGP_TYPES], ['isakmp', 'exchangeTypes', names.ISAKMP_EXCHANGES],
  ['stun', 'messageTypes', names.STUN_TYPES], ['dnp3', 'functionCodes', names.DNP3_FUNCTIONS], ['enip', 'commands', names.ENIP_COMMANDS],
  ['s7comm', 'messageTypes', names.S7_TYPES], ['tftp', 'opcodes', names.TFTP_OPCODES], ['pop', 'replyCodes', names.POP_REPLIES],
  ['imap', 'replyCodes', names.IMAP_REPLIES],
]

/** Codes that people know in hexadecimal when they have no name. */
const HEXADECIMAL: readonly CodeTableName[] = [
  'versions',
  'clientVersions',
  'cipherSuites',
  'statuses',
  'dialects',
]

/** Text of a code; different codes of one table never have the same. */
export function applicationCodeName(protocol: ProtocolName, table: CodeTableName, code: number): string {
  if (protocol === 'http' && table === 'methods') return HTTP_METHODS[code] ?? String(code)
  if (protocol === 'sip' && table === 'methods') return SIP_METHODS[code] ?? String(code)
  if (protocol === 'coap') return `${code >>> 5}.${String(code & 31).padStart(2, '0')}`
  if (protocol === 'modbus') return modbusName(code)
  if (protocol === 'quic' || protocol === 'gquic') return quicVersion(code)
  const row = NAMES_OF.find(([name, where]) => name === protocol && where === table)
  const known = row?.[2].find(([number]) => number === code)
  if (known !== undefined) return isTwice(row?.[2], known[1]) ? `${known[1]} (${code})` : known[1]
  // NTP versions are small numbers; the other versions are words of two or four bytes.
  return HEXADECIMAL.includes(table) && protocol !== 'ntp'
    ? `0x${(code >>> 0).toString(16).padStart(4, '0')}`
    : String(code)
}

function isTwice(rows: names.CodeNames | undefined, name: string): boolean {
  return rows !== undefined && rows.filter((row) => row[1] === name).length > 1
}

function modbusName(code: number): string {
  const known =
    names.MODBUS_FUNCTIONS.find(([number]) => number === (code & 0x7f))?.[1] ?? String(code & 0x7f)
  return code >= 0x80 ? `${known} exception` : known
}

/** A draft's number, or the four letters that Google's versions are made of. */
function quicVersion(code: number): string {
  const known = names.QUIC_VERSIONS.find(([number]) => number === code)
  if (known !== undefined) return known[1]
  const version = code >>> 0
  if (version >>> 8 === 0xff0000) return `draft ${version & 255}`
  const letters = [24, 16, 8, 0].map((shift) => String.fromCharCode((version >>> shift) & 255)).join('')
  return /^[QT][0-9]{3}$/.test(letters) ? letters : `0x${version.toString(16).padStart(8, '0')}`
}
