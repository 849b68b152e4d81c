/** What each number means, in a sentence: the text of tooltips. The numbers agree with the tools named. */

export const definitions = {
  packets: 'Records in the capture, each counted once. Agrees with capinfos -c.',
  bytes:
    'Sum of the lengths on the wire, padding included, whatever part was captured. Agrees with capinfos -d.',
  capturedBytes:
    'Sum of the bytes kept in the file. Less than the bytes on the wire when a snapshot length cut packets.',
  duration: 'From the earliest to the latest timestamp.',
  averageRate: 'Bytes on the wire divided by the duration.',
  endpoints: 'Addresses that sent or received a packet. Agrees with tshark -z endpoints.',
  conversations:
    'Both directions between two addresses and ports. A new SYN on a finished 5-tuple begins a new one, so this can exceed the number of pairs.',
  hierarchy:
    'A frame counts once, with its full length on the wire, at every protocol on its path. Link, network and transport agree with tshark -z io,phs; an application counts every frame with payload in the conversations so named.',
  protocolShares:
    'Each area is the frames whose path ends at that protocol, so the areas add up to the whole capture.',
  bandwidth: 'Bytes on the wire in equal spans of capture time. Every packet is in exactly one span.',
  talkers: 'Addresses by bytes sent and received. A packet counts at both of its ends.',
  findings: 'What the rules say, each with its evidence. A lead to follow, not a verdict.',
  severity: 'How much it would matter if true. Says nothing about how sure the rule is.',
  confidence: 'How sure the rule is, from 0 to 100 %. Lowered by what the capture cannot show.',
  originator: 'Sent the first packet seen, unless that packet answers one from before the capture (SYN+ACK).',
  responder: 'The other side of the conversation.',
  state: "Zeek's conn_state: how the conversation began and ended.",
  application:
    'What the conversation carries, and how that is known: from the payload, or only from the port.',
  attempts: 'First contacts this source made with a target and port.',
  outcomes: 'How those first contacts ended, as far as the capture shows.',
  oneWay:
    'TCP conversations seen in one direction only although they carry data. High values mean that answers are missing.',
  midstream: 'TCP conversations whose beginning is not in the capture.',
  truncated: 'Packets of which only a part was kept: what lies beyond cannot be decoded.',
  dropped: 'Packets that the capturing system says it lost.',
  disordered: 'Frames whose time is before that of the frame before them.',
  whatIf:
    'Who would be flagged at other values, computed from what was kept of each source. The file is not read again.',
  runningScore:
    'The measure this rule fired on, after each probe: the most so far within its window, and the dashed threshold it needs. The red line is where the rule fired.',
  firstFrame: 'Frame number as Wireshark counts, from 1.',
} as const

export type Term = keyof typeof definitions
