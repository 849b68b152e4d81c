/** Which shape belongs to which protocol: those that name it on any port, and those that only confirm its port. */

import { Protocol, PROTOCOL_COUNT, type ProtocolName } from '../protocol-table.ts'
import { couldBeAmqp, looksLikeAmqp } from './amqp.ts'
import { couldBeBabel } from './babel.ts'
import { looksLikeBacnet } from './bacnet.ts'
import { couldBeBfd } from './bfd.ts'
import { looksLikeBgp } from './bgp.ts'
import { looksLikeBitcoin } from './bitcoin.ts'
import { looksLikeBittorrent, looksLikeDht, looksLikeUtpSyn } from './bittorrent.ts'
import { couldBeCoap } from './coap.ts'
import { couldBeCql } from './cql.ts'
import { looksLikeDcerpc, looksLikeDcerpcDatagram } from './dcerpc.ts'
import { looksLikeBootp, looksLikeDhcp } from './dhcp.ts'
import { looksLikeDhcpv6 } from './dhcpv6.ts'
import { looksLikeDiameter } from './diameter.ts'
import { looksLikeDnp3 } from './dnp3.ts'
import { couldBeDns, couldBeDnsOverTcp } from './dns.ts'
import { looksLikeDtls } from './dtls.ts'
import { couldBeEnip } from './enip.ts'
import { couldBeCflow, couldBeSflow } from './flow-export.ts'
import { couldBeFtp, looksLikeFtp } from './ftp.ts'
import { looksLikeGit } from './git.ts'
import { looksLikeGnutella } from './gnutella.ts'
import { couldBeHsrp } from './hsrp.ts'
import { looksLikeHttp } from './http.ts'
import { looksLikeHttp2 } from './http2.ts'
import { couldBeIec104 } from './iec104.ts'
import { couldBeImap, looksLikeImap } from './imap.ts'
import { couldBeIrc, looksLikeIrc } from './irc.ts'
import { couldBeUdpEncapsulation, looksLikeIsakmp } from './isakmp.ts'
import { couldBeKafka } from './kafka.ts'
import { looksLikeKerberos, looksLikeKerberosOverTcp } from './kerberos.ts'
import { looksLikeLdap, looksLikeLdapBind } from './ldap.ts'
import { couldBeLdp } from './ldp.ts'
import { hasLoginPrompt } from './login-of-line.ts'
import { looksLikeLibp2p } from './libp2p.ts'
import { looksLikeMagicPacket } from './magic-packet.ts'
import { looksLikeMegaco } from './megaco.ts'
import { couldBeMemcache, couldBeMemcacheOverUdp } from './memcache.ts'
import { couldBeMgcp, looksLikeMgcp } from './mgcp.ts'
import { looksLikeModbus } from './modbus.ts'
import { looksLikeMongo } from './mongo.ts'
import { couldBeMqtt, looksLikeMqtt } from './mqtt.ts'
import { looksLikeMsmms } from './msmms.ts'
import { couldBeMysql, looksLikeMysql } from './mysql.ts'
import { looksLikeNbdgm } from './nbdgm.ts'
import { looksLikeNbss } from './nbss.ts'
import { couldBeNntp, looksLikeNntp } from './nntp.ts'
import { looksLikeNtp } from './ntp.ts'
import { looksLikeOpcua } from './opcua.ts'
import { couldBeOpenflow } from './openflow.ts'
import { couldBeOpenvpn, couldBeOpenvpnOverTcp, looksLikeOpenvpn } from './openvpn.ts'
import { couldBePgsql, looksLikePgsql } from './pgsql.ts'
import { couldBePop, looksLikePop } from './pop.ts'
import { looksLikePptp } from './pptp.ts'
import { couldBePtp } from './ptp.ts'
import { looksLikeGquic, looksLikeQuic } from './quic.ts'
import { looksLikeRadius } from './radius.ts'
import { couldBeResp, looksLikeResp } from './resp.ts'
import { couldBeRip, couldBeRipng } from './rip.ts'
import { couldBeRmcp } from './rmcp.ts'
import { couldBeRpcReply } from './rpc.ts'
import { looksLikeRsync } from './rsync.ts'
import { couldBeRtmp } from './rtmp.ts'
import { looksLikeRtcp, looksLikeRtp } from './rtp.ts'
import { looksLikeRtsp } from './rtsp.ts'
import { looksLikeSip } from './sip.ts'
import { couldBeSkinny } from './skinny.ts'
import { looksLikeSmb, looksLikeSmb2 } from './smb.ts'
import { couldBeSmtp, looksLikeSmtp } from './smtp.ts'
import { looksLikeSnmp } from './snmp.ts'
import { couldBeSocks } from './socks.ts'
import { looksLikeSsdp } from './ssdp.ts'
import { looksLikeSsh } from './ssh.ts'
import { couldBeStun, looksLikeStun } from './stun.ts'
import { looksLikeSvn } from './svn.ts'
import { couldBeSyslog, looksLikeSyslog } from './syslog.ts'
import { couldBeTds, looksLikeTds } from './tds.ts'
import { looksLikeTelnet } from './telnet.ts'
import { couldBeTftp, looksLikeTftp } from './tftp.ts'
import { looksLikeTls } from './tls.ts'
import { couldBeTns, looksLikeTns } from './tns.ts'
import { looksLikeH225, looksLikeRdp, looksLikeS7comm } from './tpkt.ts'
import { looksLikeVnc } from './vnc.ts'
import { couldBeWireguard, looksLikeWireguard } from './wireguard.ts'
import { looksLikeWsd } from './wsd.ts'
import { looksLikeX11 } from './x11.ts'
import { looksLikeXmpp } from './xmpp.ts'
import { looksLikeZabbix } from './zabbix.ts'
import { couldBeDsi } from './afp.ts'

/** Whether `bytes[offset .. offset + length)` starts like one protocol's message. */
export type PayloadShape = (bytes: Uint8Array, offset: number, length: number) => boolean

/** First bytes a shape can have: those named, or those of a line of text. Any, when nothing is said. */
export type FirstBytes = 'text' | readonly number[]

export type ShapeRows = readonly (readonly [ProtocolName, PayloadShape, FirstBytes?])[]

/** Tried in this order on any TCP port. Where two could match, the one with more fixed bytes stands first. */
export const TCP_SHAPES: ShapeRows = [
  ['http', looksLikeHttp, 'text'],
  ['tls', looksLikeTls],
  ['ssh', looksLikeSsh, 'text'],
  ['http2', looksLikeHttp2, 'text'],
  ['smb2', looksLikeSmb2],
  ['smb', looksLikeSmb],
  ['nbss', looksLikeNbss],
  ['rdp', looksLikeRdp, [0x03]],
  ['s7comm', looksLikeS7comm, [0x03]],
  ['h225', looksLikeH225, [0x03]],
  ['bgp', looksLikeBgp, [0xff]],
  ['bittorrent', looksLikeBittorrent, [0x13]],
  ['libp2p', looksLikeLibp2p, [0x13]],
  ['gnutella', looksLikeGnutella, 'text'],
  ['bitcoin', looksLikeBitcoin],
  ['vnc', looksLikeVnc, 'text'],
  ['amqp', looksLikeAmqp, 'text'],
  ['mqtt', looksLikeMqtt],
  ['rsync', looksLikeRsync, 'text'],
  ['git', looksLikeGit, 'text'],
  ['svn', looksLikeSvn, 'text'],
  ['zabbix', looksLikeZabbix, 'text'],
  ['xmpp', looksLikeXmpp, 'text'],
  ['pptp', looksLikePptp],
  ['msmms', looksLikeMsmms],
  ['opcua', looksLikeOpcua],
  ['x11', looksLikeX11],
  ['stun', looksLikeStun],
  ['kerberos', looksLikeKerberosOverTcp],
  ['ldap', looksLikeLdapBind],
  ['mysql', looksLikeMysql],
  ['pgsql', looksLikePgsql],
  ['tds', looksLikeTds],
  ['tns', looksLikeTns],
  ['mongo', looksLikeMongo],
  ['dcerpc', looksLikeDcerpc],
  ['diameter', looksLikeDiameter],
  ['dnp3', looksLikeDnp3],
  ['telnet', looksLikeTelnet, [0xff]],
  ['resp', looksLikeResp, 'text'],
  ['rtsp', looksLikeRtsp, 'text'],
  ['sip', looksLikeSip, 'text'],
  ['megaco', looksLikeMegaco, 'text'],
  ['mgcp', looksLikeMgcp, 'text'],
  ['smtp', looksLikeSmtp, 'text'],
  ['ftp', looksLikeFtp, 'text'],
  ['pop', looksLikePop, 'text'],
  ['imap', looksLikeImap, 'text'],
  ['irc', looksLikeIrc, 'text'],
  ['nntp', looksLikeNntp, 'text'],
]

/** Tried in this order on any UDP port. */
export const UDP_SHAPES: ShapeRows = [
  ['gquic', looksLikeGquic],
  ['quic', looksLikeQuic],
  ['dtls', looksLikeDtls],
  ['wol', looksLikeMagicPacket, [0xff]],
  ['dhcp', looksLikeDhcp],
  ['stun', looksLikeStun],
  ['ssdp', looksLikeSsdp, 'text'],
  ['sip', looksLikeSip, 'text'],
  ['kerberos', looksLikeKerberos],
  ['snmp', looksLikeSnmp],
  ['bt-dht', looksLikeDht],
  ['wg', looksLikeWireguard],
  ['openvpn', looksLikeOpenvpn],
  ['dnp3', looksLikeDnp3],
  ['bacnet', looksLikeBacnet],
  ['megaco', looksLikeMegaco, 'text'],
  ['mgcp', looksLikeMgcp, 'text'],
  ['tftp', looksLikeTftp],
  ['syslog', looksLikeSyslog, 'text'],
  ['dcerpc', looksLikeDcerpcDatagram],
  ['rtcp', looksLikeRtcp],
  ['rtp', looksLikeRtp],
  ['bt-utp', looksLikeUtpSyn],
]

/** Tried only where one of the two ports is the protocol's own. */
const TCP_PORT_SHAPES: ShapeRows = [
  ['dns', couldBeDnsOverTcp],
  ['ldap', looksLikeLdap],
  ['modbus', looksLikeModbus],
  ['ftp', couldBeFtp],
  ['smtp', couldBeSmtp],
  ['pop', couldBePop],
  ['imap', couldBeImap],
  ['irc', couldBeIrc],
  ['nntp', couldBeNntp],
  ['mqtt', couldBeMqtt],
  ['mysql', couldBeMysql],
  ['pgsql', couldBePgsql],
  ['resp', couldBeResp],
  ['memcache', couldBeMemcache],
  ['amqp', couldBeAmqp],
  ['telnet', hasLoginPrompt],
  ['socks', couldBeSocks],
  ['rtmpt', couldBeRtmp],
  ['enip', couldBeEnip],
  ['iec60870_104', couldBeIec104],
  ['afp', couldBeDsi],
  ['ldp', couldBeLdp],
  ['mgcp', couldBeMgcp],
  ['skinny', couldBeSkinny],
  ['tds', couldBeTds],
  ['tns', couldBeTns],
  ['cql', couldBeCql],
  ['kafka', couldBeKafka],
  ['openflow', couldBeOpenflow],
  ['openvpn', couldBeOpenvpnOverTcp],
  ['rpc', couldBeRpcReply],
  ['nfs', couldBeRpcReply],
]

const UDP_PORT_SHAPES: ShapeRows = [
  ['dns', couldBeDns],
  ['mdns', couldBeDns],
  ['llmnr', couldBeDns],
  ['dhcp', looksLikeBootp],
  ['dhcpv6', looksLikeDhcpv6],
  ['ntp', looksLikeNtp],
  ['nbdgm', looksLikeNbdgm],
  ['cldap', looksLikeLdap],
  ['syslog', couldBeSyslog],
  ['tftp', couldBeTftp],
  ['radius', looksLikeRadius],
  ['isakmp', looksLikeIsakmp],
  ['udpencap', couldBeUdpEncapsulation],
  ['stun', couldBeStun],
  ['memcache', couldBeMemcacheOverUdp],
  ['enip', couldBeEnip],
  ['coap', couldBeCoap],
  ['rip', couldBeRip],
  ['ripng', couldBeRipng],
  ['hsrp', couldBeHsrp],
  ['bfd', couldBeBfd],
  ['ldp', couldBeLdp],
  ['openvpn', couldBeOpenvpn],
  ['wg', couldBeWireguard],
  ['cflow', couldBeCflow],
  ['sflow', couldBeSflow],
  ['babel', couldBeBabel],
  ['ptp', couldBePtp],
  ['rmcp', couldBeRmcp],
  ['wsd', looksLikeWsd],
  ['mgcp', couldBeMgcp],
  ['rpc', couldBeRpcReply],
  ['nfs', couldBeRpcReply],
]

/** By Protocol number: the shape that confirms a port, undefined for protocols that have none. */
export const tcpPortShapes = byProtocol(TCP_PORT_SHAPES)
export const udpPortShapes = byProtocol(UDP_PORT_SHAPES)

function byProtocol(rows: ShapeRows): readonly (PayloadShape | undefined)[] {
  const shapes = new Array<PayloadShape | undefined>(PROTOCOL_COUNT).fill(undefined)
  for (const [name, shape] of rows) shapes[Protocol[name]] = shape
  return shapes
}

/** Rows that a payload beginning with each of the 256 bytes can match, in the table's order. */
export function rowsByFirstByte(rows: ShapeRows): readonly Uint8Array[] {
  return Array.from({ length: 256 }, (_, byte) =>
    Uint8Array.from(rows.flatMap(([, , firstBytes], row) => (canBegin(firstBytes, byte) ? [row] : []))),
  )
}

/** Lines of text begin with a printable character; some clients send a line end first. */
function canBegin(firstBytes: FirstBytes | undefined, byte: number): boolean {
  if (firstBytes === undefined) return true
  if (firstBytes !== 'text') return firstBytes.includes(byte)
  return (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
