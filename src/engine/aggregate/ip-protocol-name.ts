/** IANA protocol numbers as the short names people know (assigned internet protocol numbers registry). */

const NAMES: readonly (readonly [number, string])[] = [
  [0, 'hopopt'],
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipip'],
  [6, 'tcp'],
  [8, 'egp'],
  [17, 'udp'],
  [33, 'dccp'],
  [41, 'ipv6'],
  [46, 'rsvp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [59, 'ipv6-nonxt'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [97, 'etherip'],
  [103, 'pim'],
  [108, 'ipcomp'],
  [112, 'vrrp'],
  [115, 'l2tpv3'],
  [132, 'sctp'],
  [136, 'udplite'],
  [137, 'mpls'],
]

const NAME_OF: (string | undefined)[] = []
for (const [number, name] of NAMES) NAME_OF[number] = name

/** Such as `tcp`; `ip-253` for numbers without a name here. */
export function ipProtocolName(ipProtocol: number): string {
  return NAME_OF[ipProtocol] ?? `ip-${String(ipProtocol)}`
}
