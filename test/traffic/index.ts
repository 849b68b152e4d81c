/**
 * Traffic for tests: packets, conversations and whole captures, made from code. Everything is a pure function of its
 * arguments; lengths and checksums are right unless a test asks for wrong ones. Import from here alone.
 *
 * PACKETS are written from the outside in. Each builder takes its fields, then what it carries, and knows its own number, so
 * that nothing has to be said twice. `ethernet` gives the frame's bytes; the others give a layer, whose bytes are `.bytes`:
 *
 *     ethernet({}, ipv4({ source: '10.0.0.1', destination: '10.0.0.2' }, tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })))
 *     ethernet({}, vlan({ id: 7 }, ipv6({ source: '::1', destination: '::2' }, udp({ sourcePort: 5353, destinationPort: 5353 }, text('hi')))))
 *     ethernet({ destination: broadcastMac }, arp({ senderAddress: '10.0.0.1', targetAddress: '10.0.0.2' }))
 *     icmp({ type: 3, code: 3 }, quoted(packet.bytes)).bytes
 *
 * Wrong on purpose: `totalLength`, `headerLength`, `checksum`, `payloadLength`, `length`, or `patched(bytes, offset, [..])`.
 *
 * BYTES by hand: `bytes('9c40 0016  source port, destination port')`, `text('abc')`, `filled(100, 0x61)`, `concat(a, b)`.
 *
 * TIMES are exact pairs { seconds, nanoseconds }: `at(5)` is 5 s after START, `later(time, ms(20))` is 20 ms after that.
 *
 * SCRIPTS give frames { time, bytes } and start at START unless told otherwise:
 *
 *     tcpConversation({ originator: '10.0.0.1', responder: '10.0.0.2', responderPort: 80 })
 *       .handshake().send(text('hello')).wait(ms(500)).reply(filled(4000)).close().frames
 *                                      also .syn() .synAck() .finish(by) .reset(by) .retransmit() .segment(from, flags, data)
 *     httpVisit({ originator, responder })               udpExchange({ originator, responder, responderPort: 123 })
 *     dnsLookup({ originator, responder, name })         ping({ originator, responder, answered: false })
 *     arpExchange({ originator, responder })             icmpError(frame, 'port-unreachable', { source, destination })
 *     probe({ scanner, target, port, technique: 'tcp-fin', state: 'silent' })
 *     portScan({ scanner, target, ports: range(1, 100), openPorts: [22] })
 *     hostScan({ scanner, firstTarget: '10.0.1.0', targetCount: 50, port: 445 })
 *     hostSweep({ scanner, firstTarget: '10.0.1.0', targetCount: 50, by: 'arp' })
 *
 * CAPTURES: `pcap(frames, { byteOrder: 'big', resolution: 'ns', linkType: 101, snaplen: 96 })` and
 * `pcapng(frames, { interfaces: [{ name: 'eth0', resolution: 9 }] })` give the file's bytes; `inTimeOrder(a, b)` merges scripts.
 * For tests of the container itself: `pcapHeader`, `pcapRecord`, `sectionHeader`, `interfaceDescription`, `enhancedPacket`,
 * `simplePacket`, `nameResolution`, `interfaceStatistics`, `block(type, body)`.
 *
 * CHANCE: `seededRandom(7)` gives the same numbers on every machine: `.between(1, 6)`, `.pick(list)`, `.chance(0.1)`, `.bytes(20)`.
 */

export * from './addresses.ts'
export * from './bytes.ts'
export * from './dns.ts'
export * from './ethernet.ts'
export * from './exchanges.ts'
export * from './frame.ts'
export * from './icmp.ts'
export * from './ip.ts'
export type * from './layer.ts'
export * from './pcap.ts'
export * from './pcapng.ts'
export * from './random.ts'
export * from './scans.ts'
export * from './tcp-conversation.ts'
export * from './tcp.ts'
export * from './time.ts'
export * from './udp.ts'
