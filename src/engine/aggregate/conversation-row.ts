/** The layout of one conversation's record: 28 words that hold everything later stages ask of it. */

/** 32-bit words a record; even, so that the doubles inside stay aligned. */
export const ROW_WORDS = 28

/**
 * Word offsets inside a record. A and B are the two endpoints in a fixed order (lower address, then lower port,
 * first), so that both directions find one record; who originated is a bit of STATE.
 */
export const Row = Object.freeze({
  /** IPv4 word or IPv6 number. */
  addressA: 0,
  addressB: 1,
  /** Port of A in the upper, of B in the lower half. */
  ports: 2,
  /** See KeyBits. */
  key: 3,
  /** Doubles, at these word offsets: original bytes of the frames, each way. */
  bytesFromA: 4,
  bytesFromB: 6,
  packetsFromA: 8,
  packetsFromB: 9,
  /** Packed times (net/packed-time). */
  firstTimeHigh: 10,
  firstTimeLow: 11,
  lastTimeHigh: 12,
  lastTimeLow: 13,
  /** Lower 32 bits of the 0-based number of the first and last frame; upper bits in `frameHigh`. */
  firstFrame: 14,
  lastFrame: 15,
  /** Evidence bits: of packets from A in the lower, from B in the upper half. */
  evidence: 16,
  /** Base sequence number each way, by Wireshark's rule. */
  baseSequenceA: 17,
  baseSequenceB: 18,
  /** See StateBits. */
  state: 19,
  /** Double: original bytes of the frames that carry payload. */
  payloadFrameBytes: 20,
  /** Frames that carry payload. */
  payloadPackets: 22,
  /** Application's Protocol number (8 bits), 8 spare, protocol path node (upper 16). */
  applicationAndPath: 23,
  /** First packet: time to live (8), TCP flags or ICMP type or SCTP chunk (8). Then ICMP errors about A's (8) and B's (8). */
  firstPacketAndErrors: 24,
  /** First packet: window (upper 16), IP identification (lower 16). */
  firstWindowAndIpId: 25,
  /** First packet: TCP option kinds, four bits each. */
  firstTcpOptions: 26,
  /** See HelloLink. */
  hello: 27,
})

/** Bits of `key`: they tell apart what is not one conversation although addresses and ports agree. */
export const KeyBits = Object.freeze({
  ipProtocolMask: 0xff,
  tunnelShift: 8,
  tunnelMask: 0xff,
  ipv6: 1 << 16,
  hasPorts: 1 << 17,
  /** FlowRole of the rows: packet, arp or neighbor. */
  roleShift: 18,
  roleMask: 3,
})

/** Bits of `state`. */
export const StateBits = Object.freeze({
  /** B originated. */
  originatorIsB: 1,
  baseSetA: 2,
  baseSetB: 4,
  /** The first packet was a SYN without ACK. */
  startsWithSyn: 8,
  /** The first packet was a SYN+ACK: its receiver originated. */
  startsWithSynAck: 16,
  /** Identification tries used, 0 to 3, on payloads from A and from B. */
  triesAShift: 5,
  triesBShift: 7,
  triesMask: 3,
  /** The application was named by a payload from B, at this try (0 to 2). */
  namedByB: 1 << 9,
  namedTryShift: 10,
  /** A later conversation on the same key has taken its place in the slot table. */
  isSuperseded: 1 << 12,
  /** An earlier conversation on the same key had packets: the pair of endpoints counts already. */
  continuesPair: 1 << 13,
  /** Upper 8 bits of the first and of the last frame's number. */
  firstFrameHighShift: 16,
  lastFrameHighShift: 24,
})

/** Word `hello`, of a TCP conversation: entries of HelloStore, each as its number plus one, 0 for none. */
export const HelloLink = Object.freeze({
  /** The entry that the next payload belongs to. */
  mask: 0xfff,
  /** The entry of the first payloads of a conversation whose beginning was not seen. */
  unseenShift: 12,
  /** No entry is open: payloads need not be looked at for the rest of a hello. */
  isSettled: 1 << 24,
})

/** What was seen from one side, 16 bits. TCP, UDP, ICMP and the others each have their own meanings. */
export const TcpSeen = Object.freeze({
  syn: 1,
  synAck: 2,
  fin: 4,
  rst: 8,
  /** ACK set, neither SYN, FIN nor RST. */
  ack: 16,
  data: 32,
  /** FIN alone; FIN+PSH+URG; no flag at all: no TCP sends them, so they are probes (RFC 9293 section 3.10.7). */
  finProbe: 64,
  xmasProbe: 128,
  nullProbe: 256,
  /** FIN+ACK as the first packet of a conversation. */
  maimonProbe: 512,
  /** RST with a window above zero: what a window scan looks for. */
  rstWithWindow: 1024,
  /** SYN together with FIN or RST, or another mix no TCP sends. */
  oddFlags: 2048,
  /** A SYN again, with the same sequence number. */
  synAgain: 4096,
  /** An ACK that does not go on from its sender's SYN: a probe of its own, and no handshake's end. `ack` is not set for it. */
  strayAck: 8192,
  /** Of a side without a SYN, ACKs that lie further apart than the first packets of a connection can. */
  acksApart: 16384,
})

export const UdpSeen = Object.freeze({ data: 32, empty: 64 })

export const IcmpSeen = Object.freeze({
  echoRequest: 1,
  echoReply: 2,
  timestampRequest: 4,
  maskRequest: 8,
  informationRequest: 16,
  /** Reply to timestamp, mask or information. */
  otherReply: 64,
  error: 128,
  other: 256,
})

export const SctpSeen = Object.freeze({ init: 1, initAck: 2, abort: 4, cookieEcho: 8, other: 16, data: 32 })

/** ARP rows, and neighbour discovery rows. */
export const LinkSeen = Object.freeze({ request: 1, reply: 2, gratuitous: 4 })

/** ICMP errors that quoted a packet of one side. */
export const ErrorSeen = Object.freeze({
  portUnreachable: 1,
  adminProhibited: 2,
  hostUnreachable: 4,
  netUnreachable: 8,
  protocolUnreachable: 16,
  timeExceeded: 32,
  tooBig: 64,
  other: 128,
})
