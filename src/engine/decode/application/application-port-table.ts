/** Registered ports of the applications this program names: IANA's service registry and Wireshark's defaults. */

import { Protocol, type ProtocolName } from '../protocol-table.ts'

/** Ports, and ranges as [first, last]. */
type Ports = readonly (number | readonly [number, number])[]

// prettier-ignore
export const TCP_PORTS: readonly (readonly [ProtocolName, Ports])[] = [
  ['echo', [7]], ['daytime', [13]], ['chargen', [19]], ['ftp-data', [20]], ['ftp', [21]], ['ssh', [22, 29418]],
  ['telnet', [23, 2323]], ['smtp', [25, 587]], ['time', [37]], ['whois', [43]], ['tacplus', [49]], ['dns', [53]],
  ['finger', [79]],
  ['http', [80, 591, 631, 2869, 3128, 3132, 3689, 5985, 8008, 8080, 8081, 8088, 8888, 11371]],
  ['kerberos', [88]], ['tpkt', [102]], ['pop', [110]], ['rpc', [111]], ['nntp', [119]],
  ['ntp', [123]], ['dcerpc', [135]], ['nbss', [139, 445]], ['imap', [143]], ['snmp', [161, 162]], ['bgp', [179]],
  ['rpkirtr', [323]], ['ldap', [389, 3268]],
  ['tls', [443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 3269, 4433, 5061, 5223, 5671, 5986, 8443, 8883, 9443]],
  ['kpasswd', [464]], ['isakmp', [500]], ['modbus', [502]], ['rlogin', [513]], ['rsh', [514]], ['lpd', [515]],
  ['afp', [548]], ['rtsp', [554, 7236, 8554]], ['ldp', [646]], ['rsync', [873]],
  ['socks', [1080]], ['openvpn', [1194]], ['tds', [1433, 2433]], ['tns', [1521]], ['pptp', [1723]],
  ['msmms', [1755]], ['mqtt', [1883]], ['rtmpt', [1935]], ['skinny', [2000]], ['nfs', [2049]], ['iec60870_104', [2404]],
  ['mgcp', [2427, 2727]], ['megaco', [2944]], ['mysql', [3306]], ['rdp', [3389]], ['stun', [3478]], ['svn', [3690]],
  ['diameter', [3868]], ['pcep', [4189]], ['cflow', [4739]], ['edonkey', [4661, 4662, 4663]],
  ['opcua', [4840]], ['sip', [5060]], ['xmpp', [5222, 5269]], ['pgsql', [5432]], ['amqp', [5672]],
  ['coap', [5683]], ['vnc', [5500, 5501, [5900, 5903]]], ['x11', [[6000, 6063]]], ['gnutella', [6346]], ['resp', [6379]],
  ['openflow', [6633, 6653]], ['irc', [6667, [6660, 6666], 6668, 6669, 57000]], ['bittorrent', [[6881, 6889]]],
  ['bitcoin', [8333]], ['ajp13', [8009]], ['cql', [9042]], ['kafka', [9092]], ['elasticsearch', [9300]],
  ['git', [9418]], ['zabbix', [10050, 10051]], ['memcache', [11211]], ['dnp3', [20000]], ['mongo', [27017]],
  ['enip', [44818]],
]

// prettier-ignore
export const UDP_PORTS: readonly (readonly [ProtocolName, Ports])[] = [
  ['echo', [7]], ['daytime', [13]], ['chargen', [19]], ['time', [37]], ['dns', [53]], ['dhcp', [67, 68, 4011]],
  ['tftp', [69]], ['kerberos', [88]], ['rpc', [111]], ['ntp', [123]], ['nbns', [137]], ['nbdgm', [138]],
  ['snmp', [161, 162]], ['ptp', [319, 320]], ['cldap', [389]], ['srvloc', [427]], ['quic', [443]], ['kpasswd', [464]],
  ['isakmp', [500]], ['syslog', [514]], ['rip', [520]], ['ripng', [521]], ['dhcpv6', [546, 547]], ['rmcp', [623]],
  ['ldp', [646]], ['dtls', [853, 4433, 5684, 5868]], ['openvpn', [1194]], ['radius', [1645, 1646, 1700, 1812, 1813, 3799]],
  ['h225', [1718, 1719]], ['msmms', [1755]], ['ssdp', [1900]], ['hsrp', [1985, 2029]], ['nfs', [2049]],
  ['cflow', [2055, 4739, 9996]], ['mgcp', [2427, 2727]], ['megaco', [2944]], ['stun', [3478]], ['mpls-echo', [3503]],
  ['wsd', [3702]], ['bfd', [3784, 4784, 6784, 7784]], ['lisp', [4342]], ['udpencap', [4500]], ['sip', [5060]],
  ['portcontrol', [5350, 5351]], ['mdns', [5353]], ['llmnr', [5355]], ['coap', [5683]], ['sflow', [6343]],
  ['babel', [6696]], ['bt-dht', [6881]], ['rx', [[7000, 7009]]], ['memcache', [11211]], ['db-lsp-disc', [17500]],
  ['dnp3', [20000]], ['enip', [44818]], ['bacnet', [47808]], ['wg', [51820]],
  // Tunnels that decoding did not follow.
  ['l2tp', [1701]], ['gtp', [2123, 2152]], ['gtpprime', [3386]], ['teredo', [3544]], ['vxlan', [4789]],
  ['ayiya', [5072]], ['capwap', [5246, 5247]], ['geneve', [6081]],
]

/** One byte a port: the Protocol number registered there, 0 for none. */
export function portTable(rows: readonly (readonly [ProtocolName, Ports])[]): Uint8Array {
  const table = new Uint8Array(65_536)
  for (const [name, ports] of rows) {
    for (const port of ports) {
      if (typeof port === 'number') table[port] = Protocol[name]
      else table.fill(Protocol[name], port[0], port[1] + 1)
    }
  }
  return table
}
