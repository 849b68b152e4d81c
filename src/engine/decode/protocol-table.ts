/** Every protocol this program names, by Wireshark's short filter name, as small dense numbers. */

/**
 * The order is of no meaning except that it is the number. Names are the ones `tshark -z io,phs` prints, so that a
 * path can be compared node by node. Append only: part files on disk hold the numbers.
 */
// prettier-ignore
export const PROTOCOL_NAMES = [
  'none',
  // Link
  'eth', 'llc', 'vlan', 'ieee8021ad', 'sll', 'null', 'loop', 'raw', 'ppp', 'pppoed', 'pppoes', 'chdlc', 'fr',
  'radiotap', 'ppi', 'prism', 'wlan', 'mpls', 'pwethheuristic', 'pwethcw', 'eapol', 'lldp', 'stp', 'cdp', 'lacp',
  'slow', 'osi', 'ipx', 'netbios', 'homeplug', 'ecatf', 'wol', 'macc', 'macsec', 'vntag', 'trill', 'batadv',
  'ipip', 'lcp', 'pap', 'chap', 'ipcp', 'ipv6cp', '6in4', 'aoe', 'pn_rt', 'infiniband', 'fcoe',
  // Network
  'arp', 'rarp', 'ip', 'ipv6', 'icmp', 'icmpv6', 'igmp', 'clnp', 'isis',
  'ipv6.hopopts', 'ipv6.routing', 'ipv6.fraghdr', 'ipv6.dstopts', 'shim6', 'mipv6', 'hip',
  'ah', 'esp', 'ipcomp', 'gre', 'erspan', 'eigrp', 'ospf', 'pim', 'vrrp', 'rsvp', 'etherip', '4in6',
  // Transport
  'tcp', 'udp', 'udplite', 'sctp', 'dccp',
  // Tunnels over a transport
  'vxlan', 'geneve', 'gtp', 'gtpprime', 'l2tp', 'teredo', 'ayiya', 'capwap', 'wg',
  // Applications
  'dns', 'mdns', 'llmnr', 'nbns', 'nbdgm', 'nbss', 'http', 'http2', 'tls', 'dtls', 'quic', 'ssh', 'dhcp', 'dhcpv6',
  'ntp', 'snmp', 'smb', 'smb2', 'rdp', 'tpkt', 'ftp', 'ftp-data', 'smtp', 'imap', 'pop', 'sip', 'rtp', 'rtcp',
  'mqtt', 'modbus', 'ssdp', 'kerberos', 'ldap', 'cldap', 'syslog', 'telnet', 'bittorrent', 'bt-dht', 'bt-utp', 'irc',
  'tftp', 'radius', 'isakmp', 'stun', 'mysql', 'pgsql', 'redis', 'memcache', 'vnc', 'bgp', 'dnp3', 's7comm', 'enip',
  'iec104', 'bacnet', 'coap', 'amqp', 'rtsp', 'rtmpt', 'websocket', 'socks', 'xmpp', 'dcerpc', 'nfs', 'rpc', 'wsd',
  'diameter', 'h225', 'rip', 'hsrp', 'openvpn', 'msmms', 'whois', 'finger', 'rsh', 'rlogin', 'git', 'svn', 'nntp',
  'zabbix', 'afp', 'x11', 'rsync', 'ldp', 'bfd', 'megaco', 'mgcp', 'skinny', 'opcua', 'tds', 'tns', 'mongo', 'cql',
  // What is left over
  'data',
  // More applications, and the framing some of them wear
  'gquic', 'resp', 'mbtcp', 'cotp', 'udpencap', 'ripng', 'gnutella', 'pptp', 'bitcoin', 'openflow', 'sflow', 'cflow',
  'portmap', 'mount', 'kafka', 'echo', 'chargen', 'daytime', 'time', 'babel', 'lisp', 'ptp', 'mpls-echo', 'rpkirtr',
  'rx', 'srvloc', 'tacplus', 'lpd', 'rmcp', 'iec60870_104', 'bvlc', 'dsi', 'kpasswd', 'ajp13', 'db-lsp-disc',
  'edonkey', 'elasticsearch', 'pcep', 'portcontrol',
  // More below the transport. ipip, 6in4 and 4in6 (above) name tunnels in rows and never stand on a path
  'nhrp', 'gtpv2', 'slarp', 'esis', 'udld', 'dtp', 'vtp', 'cfm', 'igrp', 'pgm', 'pktap', 'nflog', 'fddi', 'nsh', 'cfp',
  'arcnet', 'ipoib', 'ipnet', 'avsp', 'hsr',
  // Wireshark has no name for it, and says `data`
  'libp2p',
] as const

export type ProtocolName = (typeof PROTOCOL_NAMES)[number]

/** Protocol.tcp is the number of 'tcp'. 0 (`none`) ends a path. */
export const Protocol = Object.freeze(
  Object.fromEntries(PROTOCOL_NAMES.map((name, index) => [name, index])),
) as Readonly<Record<ProtocolName, number>>

export const PROTOCOL_COUNT = PROTOCOL_NAMES.length
