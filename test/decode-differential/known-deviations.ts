/** Where our protocol stack of a frame is meant to differ from tshark's (4.0), and why. */

interface Deviation {
  readonly why: string
  /** Whether it explains this pair. Stacks are as `ourStacks` and `comparable` give them. */
  readonly explains: (ours: string, theirs: string) => boolean
}

const undecodedLinks = [
  'atm', 'clip', 'dbus', 'juniper', 'mstp', 'mtp2', 'user_dlt', 'vsock', 'wpan',
] // prettier-ignore

const unnamedProtocols = [
  'aarp', 'bpq', 'brdwlk', 'cmd', 'ddp', 'dec_dna', 'gnw', 'mp', 'msnlb', 'ndp', 'ossp', 'q931', 'q933', 'tipc',
] // prettier-ignore

export const knownDeviations: readonly Deviation[] = [
  {
    why: 'Link types that are rare in captures of today are counted as data: no addresses are read from them.',
    explains: (ours, theirs) => ours === 'data' && undecodedLinks.includes(theirs.split(':')[0]!),
  },
  {
    why: 'Protocols beside IP that have no name here are data. Numbers of protocols are one byte.',
    explains: (ours, theirs) => {
      const above = ours.replace(/:data$/, '')
      return unnamedProtocols.some((name) => `${theirs}:`.startsWith(`${above}:${name}:`))
    },
  },
  {
    why: "Of Arista's hardware times tshark 4.0 reads the long one only.",
    explains: (ours, theirs) => theirs === 'eth:avsp' && ours.startsWith('eth:avsp:'),
  },
  {
    why: 'ARCNET carries BACnet in LLC under a number of its own, which is not followed.',
    explains: (ours, theirs) => ours === 'arcnet:data' && theirs.startsWith('arcnet:llc:'),
  },
  {
    why: 'Port 8472 was the VXLAN of Linux before 4789 was assigned, and still is; tshark follows the assigned one.',
    explains: (ours, theirs) => /:udp:vxlan:/.test(ours) && theirs === ours.replace(/:vxlan:.*/, ':data'),
  },
  {
    why: 'Under Darwin PKTAP had a user-defined link type; tshark names that type first.',
    explains: (ours, theirs) => `${theirs}:`.startsWith(`user_dlt:${ours}:`),
  },
  {
    why: 'A header announced as IPv6 with another version stays on the path, with an issue; tshark calls it data.',
    explains: (ours, theirs) => ours.endsWith(':ipv6') && theirs === ours.replace(/ipv6$/, 'data'),
  },
  {
    why: 'Raw IPv6 of another version: tshark names nothing at all.',
    explains: (ours, theirs) => ours === 'ipv6' && theirs === '',
  },
  {
    why: 'GTP version 0 is gtp, on its port 3386 as on any; tshark calls all on that port gtpprime.',
    explains: (ours, theirs) =>
      theirs.includes(':gtpprime') && agreesUpToControl(ours, theirs.replace('gtpprime', 'gtp')),
  },
  {
    why: 'Options inside a GTP control message (IPCP, PAP) did not travel as packets.',
    explains: (ours, theirs) => agreesUpToControl(ours, theirs) && /:gtp:(ipcp|pap)/.test(theirs),
  },
  {
    why: 'An outer UDP length of zero (segmentation offload of more than 64 KiB) ends tshark at udp.',
    explains: (ours, theirs) =>
      /:udp:(vxlan|geneve):/.test(ours) && ours.startsWith(`${theirs}:`) && theirs.endsWith(':udp'),
  },
  {
    why: 'tshark leaves VXLAN out of the stack when its extension carries a service header.',
    explains: (ours, theirs) =>
      theirs.startsWith(ours.replace(':vxlan:nsh', ':nsh')) && ours.includes(':vxlan:nsh'),
  },
  {
    why: 'More IPv6 extension headers than any packet has use for are not followed (EXTENSION_HEADER_COUNT_MAX).',
    explains: (ours, theirs) => theirs.startsWith(`${ours}:ipv6.`) && ours.split(':').length > 16,
  },
  {
    why: 'A tunnel on its port must have a valid header: these say another version or more bytes than there are.',
    explains: (ours, theirs) =>
      (ours.endsWith(':udp') && theirs === `${ours}:l2tp`) ||
      (ours.endsWith(':udp') && theirs === `${ours}:gtp:gtpv2`),
  },
  {
    why: 'A probe for L2TP is L2TP; tshark takes the conversation for TFTP because of an earlier probe.',
    explains: (ours, theirs) => ours.endsWith(':udp:l2tp') && theirs === ours.replace(/l2tp$/, 'tftp'),
  },
  {
    why: "Cisco's ISL, an Ethernet frame inside an 802.3 frame, is not taken apart.",
    explains: (ours, theirs) => ours === 'eth:llc:data' && theirs.startsWith('eth:eth:'),
  },
  {
    why: 'Frame Relay frames other than unnumbered information (RFC 2427) are not taken apart.',
    explains: (ours, theirs) => ours === 'fr:data' && /^fr(:(esis|eth|isis|data)|$)/.test(theirs),
  },
  {
    why: 'A label that tells of operation and maintenance (14) is a label like any other.',
    explains: (ours, theirs) => ours.startsWith('eth:mpls:ip') && theirs === 'eth:mpls:data',
  },
  {
    why: 'Crafted: an IPv4 packet in which a dissector of tshark threw, and took its own name back.',
    explains: (ours, theirs) =>
      ['eth:ip:pgm|eth:ip', 'eth:ip:pgm|eth:ip:data', 'eth:ip:udp|eth:ip'].includes(`${ours}|${theirs}`),
  },
  {
    why: 'Crafted: nothing is captured of the header that would come next; we name it, with an issue, or the reverse.',
    explains: (ours, theirs) =>
      [
        'chdlc:osi|chdlc', 'eth:aarp|eth', 'eth|eth:aarp', 'fr|fr:data', 'raw:data|raw', 'radiotap|radiotap:wlan',
        'eth:macsec|eth:data', 'ipv6:ipv6.hopopts:ah|ipv6:ipv6.hopopts',
        'ipv6:ipv6.hopopts:ipv6.routing|ipv6:ipv6.hopopts', 'ipv6:ipv6.hopopts:ipv6.hopopts|ipv6:ipv6.hopopts',
        'eth:ipv6:ipv6.hopopts:data|eth:ipv6:ipv6.hopopts', 'eth:ipv6:ipv6.fraghdr:data|eth:ipv6:ipv6.fraghdr',
      ].includes(`${ours}|${theirs}`), // prettier-ignore
  },
  {
    why: 'Crafted: a payload length of zero without a jumbo option ends tshark; here it is segmentation offload.',
    explains: (ours, theirs) =>
      theirs === 'eth:ipv6:ipv6.hopopts' && ours.startsWith(`${theirs}:ipv6.hopopts:`),
  },
]

/** Captures whose frames cannot be compared one by one, and why. */
export const uncomparableCaptures: readonly { readonly why: string; readonly files: RegExp }[] = [
  {
    why: 'tshark numbers custom blocks of pcapng as if they were packets.',
    files: /gopacket\/pcapgo\/tests\/(be|le)\/test(017|018|102|202)\.pcapng$/,
  },
  {
    why: 'tshark 4.0 refuses the link type, or the version of pcapng.',
    files:
      /(brcm-tag.*|dsa.*|edsa.*|frf16_magic_ie-oobr|hoobr_juniper3|juniper_es_oobr|juniper_monitor_invalid_cookie_length|kday6|vtp_asan.*|pcapng-invalid-vers-2)\.pcap(ng)?$/,
  },
]

function agreesUpToControl(ours: string, theirs: string): boolean {
  return theirs === ours || theirs.startsWith(`${ours}:`)
}
