import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROTOCOL_NAMES, type ProtocolName } from '../protocol-table.ts'
import { applicationOfPort, identifyByPayload } from './identify.ts'

const TCP = 6
const UDP = 17

const text = (line: string) => Uint8Array.from(line, (character) => character.charCodeAt(0))
const hex = (...parts: string[]) => Uint8Array.from(Buffer.from(parts.join('').replaceAll(' ', ''), 'hex'))
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

function nameOf(bytes: Uint8Array, ipProtocol: number, srcPort: number, dstPort: number): string {
  return PROTOCOL_NAMES[identifyByPayload(bytes, 0, bytes.length, ipProtocol, srcPort, dstPort)]!
}

/** Payloads that name themselves on ports that say nothing. */
const tcpSamples: readonly (readonly [ProtocolName, Uint8Array])[] = [
  ['http', text('GET /index.html?a=1 HTTP/1.1\r\nHost: example.org\r\n\r\n')],
  ['http', text('HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n')],
  ['http', text('M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\r\n')],
  ['http2', text('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  // Handshake record, TLS 1.0, 512 bytes; client hello of 508, TLS 1.2.
  ['tls', hex('16 0301 0200', '01 0001fc 0303', '00'.repeat(32))],
  // Change cipher spec, then an encrypted handshake record.
  ['tls', hex('14 0303 0001 01', '16 0303 0028', 'ab'.repeat(40))],
  // Alert, fatal, handshake failure.
  ['tls', hex('15 0303 0002 02 28')],
  // SSL 2 client hello: 46 bytes, version 3.1, three suites, a challenge of 16.
  ['tls', hex('802e 01 0301 0015 0000 0010', '000004'.repeat(7), '11'.repeat(16))],
  ['ssh', text('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n')],
  ['ftp', text('220 ProFTPD Server ready\r\n')],
  ['ftp', text('PASV\r\n')],
  ['smtp', text('220 mail.example.org ESMTP Postfix\r\n')],
  ['smtp', text('EHLO client.example.org\r\n')],
  ['pop', text('+OK POP3 server ready <1896.697@example.org>\r\n')],
  ['imap', text('* OK [CAPABILITY IMAP4rev1] ready\r\n')],
  ['imap', text('a001 LOGIN alice secret\r\n')],
  ['irc', text('NICK alice\r\nUSER alice 0 * :Alice\r\n')],
  ['irc', text(':irc.example.org 001 alice :Welcome\r\n')],
  ['sip', text('INVITE sip:bob@example.org SIP/2.0\r\n')],
  ['sip', text('SIP/2.0 180 Ringing\r\n')],
  ['rtsp', text('DESCRIBE rtsp://example.org/a RTSP/1.0\r\n')],
  ['rtsp', text('RTSP/1.0 200 OK\r\n')],
  ['xmpp', text("<?xml version='1.0'?><stream:stream to='example.org'>")],
  ['telnet', hex('fffd18 fffd20 fffd23 fffd27')],
  // Session message of 35 bytes, SMB 1.
  ['smb', hex('00000023 ff534d42 74 00000000 88', '00'.repeat(22))],
  ['smb2', hex('00000048 fe534d42 4000 0000', '00'.repeat(64))],
  // Session request: called and calling name, 34 bytes each.
  ['nbss', joined(hex('81000044 20'), text('EBEBEBEBEBEBEBEBEBEBEBEBEBEBEBEB'), hex('00'))],
  // TPKT of 19 bytes, X.224 connection confirm, negotiation response.
  ['rdp', hex('03000013 0e d0 0000 1234 00', '02 00 0800 00000000')],
  [
    'rdp',
    joined(hex('03000029 24 e0 0000 0000 00'), text('Cookie: mstshash=X\r\n'), hex('01 00 0800 00000000')),
  ],
  // TPKT of 20 bytes, X.224 data, ROSCTR 2.
  ['s7comm', hex('03000014 02f080 32 02 0000 0102 0002 0000 0000 05')],
  // TPKT, then Q.931 set-up.
  ['h225', hex('03000010 08 02 1234 05 00000000000000')],
  ['bgp', hex('ff'.repeat(16), '0013 04')],
  ['bittorrent', joined(hex('13'), text('BitTorrent protocol'), hex('0000000000100005'))],
  ['gnutella', text('GNUTELLA CONNECT/0.6\r\n')],
  ['libp2p', joined(hex('13'), text('/multistream/1.0.0\n'), hex('07'), text('/noise\n'))],
  ['bitcoin', joined(hex('f9beb4d9'), text('version\0\0\0\0\0'), hex('66000000 358d4932'))],
  ['vnc', text('RFB 003.008\n')],
  ['amqp', hex('414d5150 00 00 09 01')],
  // CONNECT, 12 bytes, MQTT 3.1.1, clean session, keep alive 60.
  ['mqtt', hex('10 0c 0004 4d515454 04 02 003c 0000')],
  ['rsync', text('@RSYNCD: 31.0\n')],
  ['git', text('0033git-upload-pack /project.git\0host=example.org\0')],
  ['svn', text('( success ( 2 2 ( ) ( edit-pipeline svndiff1 ) ) ) ')],
  ['zabbix', hex('5a425844 01 0500000000000000 68656c6c6f')],
  ['pptp', hex('009c 0001 1a2b3c4d 0001 0000')],
  ['opcua', joined(text('HELF'), hex('20000000', '00'.repeat(24)))],
  ['x11', hex('6c 00 0b00 0000 0000 0000 0000')],
  // AS-REQ behind its length: APPLICATION 10, SEQUENCE, version 5, type 10.
  ['kerberos', hex('00000012', '6a 10 30 0e a103020105 a20302010a a40100')],
  // Bind request, message 1, version 3, anonymous.
  ['ldap', hex('300c 020101 6007 020103 0400 8000')],
  // Bind response, success.
  ['ldap', hex('300c 020101 6107 0a0100 0400 0400')],
  ['mysql', joined(hex('4a000000 0a'), text('8.0.36\0'), hex('0b000000', '11'.repeat(8)))],
  // SSL request.
  ['pgsql', hex('00000008 04d2162f')],
  ['pgsql', joined(hex('00000014 00030000'), text('user\0alice\0\0'))],
  ['resp', text('*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n')],
  // Pre-login of 43 bytes, version option at 26 with six bytes.
  ['tds', hex('12 01 002b 0000 01 00', '00 001a 0006', '01 0020 0001', 'ff', '00'.repeat(24))],
  ['tns', joined(hex('003a 0000 01 00 0000', '00'.repeat(24)), text('(DESCRIPTION=(CONNECT_DATA='))],
  // OP_MSG of 38 bytes.
  ['mongo', hex('26000000 01000000 00000000 dd070000', '00'.repeat(22))],
  // Bind, little endian, 72 bytes.
  ['dcerpc', hex('05 00 0b 03 10000000 4800 0000 01000000', '00'.repeat(56))],
  // Capabilities-Exchange-Request, 28 bytes.
  ['diameter', hex('01 00001c 80 000101 00000000', '00'.repeat(16))],
  // Reset link states with its CRC.
  ['dnp3', hex('0564 08 c4 0200 0300 36ac e0c1181490')],
  // Last fragment of 40 bytes, call, version 2, NFS 3, procedure 0.
  ['nfs', hex('80000028 12345678 00000000 00000002 000186a3 00000003 00000000', '00'.repeat(16))],
  ['portmap', hex('80000028 12345678 00000000 00000002 000186a0 00000002 00000004', '00'.repeat(16))],
  // A whole query behind its length.
  [
    'dns',
    joined(
      hex('001d 1234 0100 0001 0000 0000 0000 07'),
      text('example'),
      hex('03'),
      text('org'),
      hex('00 0001 0001'),
    ),
  ],
  ['stun', hex('0001 0000 2112a442', '01'.repeat(12))],
]

const udpSamples: readonly (readonly [ProtocolName, Uint8Array])[] = [
  [
    'dns',
    joined(
      hex('1234 0100 0001 0000 0000 0000 07'),
      text('example'),
      hex('03'),
      text('org'),
      hex('00 0001 0001'),
    ),
  ],
  // Long header, version 1, initial, connection ids of 8 and 0.
  ['quic', hex('c3 00000001 08 0102030405060708 00', '00'.repeat(20))],
  ['quic', hex('c3 6b3343cf 00 00', '00'.repeat(20))],
  // Version negotiation that offers a greased version and version 1.
  ['quic', hex('80 00000000 00 00 0a1a2a3a 00000001')],
  // Public header with version Q039.
  ['gquic', hex('0d 0102030405060708 51303339 01', 'a0'.repeat(8))],
  // Handshake, DTLS 1.2, epoch 0, 24 bytes, client hello.
  ['dtls', hex('16 fefd 0000 000000000000 0018', '01 00000c 0000 000000 00000c', '00'.repeat(12))],
  ['dhcp', joined(hex('01 01 06 00 12345678', '00'.repeat(228)), hex('63825363 350101 ff'))],
  ['stun', hex('0101 0008 2112a442', '01'.repeat(12), '0020 0004 00000000')],
  ['ssdp', text('NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\n\r\n')],
  ['sip', text('REGISTER sip:example.org SIP/2.0\r\n')],
  // get-request, community "public".
  ['snmp', hex('301f 020100 0406 7075626c6963 a012 0204 7b086e69 0201 00 0201 00 3004 3002 0600')],
  ['bt-dht', text('d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe')],
  ['wol', hex('ff'.repeat(6), '020000000102'.repeat(16))],
  ['wg', hex('01000000', '5a'.repeat(144))],
  ['openvpn', hex('38 0102030405060708 00 00000000')],
  ['bacnet', hex('81 0a 000f 01 08 00 0d 01 3d 30 01 07 09 00')],
  ['tftp', hex('0001 66696c652e747874 00 6f63746574 00')],
  ['syslog', text('<34>Oct 11 22:14:15 host su: failed')],
  ['syslog', text('<34>1 2003-10-11T22:14:15Z host su - - - x')],
  // Receiver report with one block: seven words and the header.
  ['rtcp', hex('81 c9 0007 12345678', '00'.repeat(24))],
  // PCMU, 160 bytes.
  ['rtp', hex('80 00 1234 00000010 deadbeef', 'ff'.repeat(160))],
  // ST_SYN.
  ['bt-utp', hex('41 00 1234 11223344 00000000 00040000 0001 0000')],
  ['nfs', hex('12345678 00000000 00000002 000186a3 00000003 00000000', '00'.repeat(16))],
]

/** Payloads whose shape only confirms what a port says: [name, bytes, its port]. */
const portSamples: readonly (readonly [ProtocolName, number, Uint8Array, number])[] = [
  ['smtp', TCP, text('220 mx.example.org ready\r\n'), 25],
  ['ftp', TCP, text('220 mx.example.org ready\r\n'), 21],
  ['pop', TCP, text('+OK\r\n'), 110],
  ['resp', TCP, text('+OK\r\n'), 6379],
  ['modbus', TCP, hex('0001 0000 0006 11 03 006b 0003'), 502],
  ['memcache', TCP, text('stats\r\n'), 11211],
  ['mqtt', TCP, hex('20 02 00 00'), 1883],
  ['ldap', TCP, hex('3005 020103 4200'), 389],
  ['cldap', UDP, hex('300c 020101 6307 0400 0a0100 0a01'), 389],
  ['ntp', UDP, hex('23 02 06 ec', '00'.repeat(44)), 123],
  ['nbdgm', UDP, hex('11 0a 1234 c0a80001 008a 00c8'), 138],
  ['dhcpv6', UDP, hex('01 123456 0001 0002 abcd'), 547],
  ['radius', UDP, hex('01 07 0019', '00'.repeat(16), '01 05 626f62'), 1812],
  ['isakmp', UDP, hex('0102030405060708 0000000000000000 21 20 22 08 00000000 0000001c'), 500],
  ['isakmp', UDP, hex('00000000 0102030405060708 0000000000000000 21 20 22 08 00000000 0000001c'), 4500],
  ['udpencap', UDP, hex('12345678 00000001', 'ab'.repeat(32)), 4500],
  ['socks', TCP, hex('05 01 00'), 1080],
  ['coap', UDP, hex('44 01 1234 aabbccdd'), 5683],
  ['rip', UDP, hex('01 01 0000', '0002 0000', '00'.repeat(16)), 520],
  ['iec60870_104', TCP, hex('68 04 07 00 00 00'), 2404],
  ['telnet', TCP, text('\r\nlogin: '), 23],
  ['enip', TCP, hex('6500 0400 00000000 00000000', '00'.repeat(8), '00000000 0100 0000'), 44818],
]

describe('identifyByPayload', () => {
  it.each(tcpSamples)('knows %s by its bytes on any TCP port', (name, bytes) => {
    expect(nameOf(bytes, TCP, 40_001, 40_002)).toBe(name)
  })

  it.each(udpSamples)('knows %s by its bytes on any UDP port', (name, bytes) => {
    expect(nameOf(bytes, UDP, 40_001, 40_002)).toBe(name)
  })

  it.each(portSamples)('takes %s only with its port', (name, ipProtocol, bytes, port) => {
    expect(nameOf(bytes, ipProtocol, port, 40_002)).toBe(name)
    expect(nameOf(bytes, ipProtocol, 40_002, port)).toBe(name)
    expect(nameOf(bytes, ipProtocol, 40_001, 40_002)).not.toBe(name)
  })

  it('tells the four that share the form of DNS by their ports', () => {
    const query = udpSamples[0]![1]
    expect(nameOf(query, UDP, 5353, 5353)).toBe('mdns')
    expect(nameOf(query, UDP, 50_000, 5355)).toBe('llmnr')
    expect(nameOf(query, UDP, 5353, 53)).toBe('dns')
    const netbios = joined(
      hex('000a 0110 0001 0000 0000 0000 20'),
      text('FHEJEOEEEJEPEOEMEFEBEGECCNFFFFCA'),
      hex('00 0020 0001'),
    )
    expect(nameOf(netbios, UDP, 50_000, 137)).toBe('nbns')
  })

  it('believes the payload before the port', () => {
    expect(nameOf(text('SSH-2.0-x\r\n'), TCP, 40_000, 443)).toBe('ssh')
    expect(nameOf(text('GET / HTTP/1.1\r\n'), TCP, 40_000, 22)).toBe('http')
  })

  it('leaves unknown what nothing confirms', () => {
    expect(nameOf(text('hello'), TCP, 40_000, 80)).toBe('none')
    expect(nameOf(text('220 mx.example.org ready\r\n'), TCP, 40_000, 41_000)).toBe('none')
    expect(nameOf(text('200 NOOP command successful.\r\n'), TCP, 40_000, 41_000)).toBe('none')
    expect(nameOf(text('230 Login successful.\r\n'), TCP, 40_000, 41_000)).toBe('none')
    expect(nameOf(text('23 LOGIN alice secret\r\n'), TCP, 40_000, 41_000)).toBe('imap')
    expect(nameOf(hex('00'), TCP, 40_000, 445)).toBe('none')
    // Application data of TLS, and behind it no second record.
    expect(nameOf(hex('17 0303 0010', 'ab'.repeat(16), '6869 2074 6865 7265'), TCP, 40_000, 41_000)).toBe(
      'none',
    )
    // A DNS header that claims five answers, which would not fit.
    const lying = joined(hex('1234 0100 0001 0005 0000 0000 07'), text('example'), hex('00 0001 0001'))
    expect(nameOf(lying, UDP, 40_000, 41_000)).toBe('none')
    expect(nameOf(lying, UDP, 40_000, 53)).toBe('dns')
    // An AS-REQ by its tag whose type field says otherwise.
    expect(nameOf(hex('6a 10 30 0e a103020105 a20302010b a40100'), UDP, 40_000, 41_000)).toBe('none')
    expect(nameOf(hex('6a 10 30 0e a103020105 a20302010a a40100'), UDP, 40_000, 41_000)).toBe('kerberos')
    expect(nameOf(new Uint8Array(0), TCP, 80, 443)).toBe('none')
    expect(nameOf(text('GET / HTTP/1.1\r\n'), 132, 80, 443)).toBe('none')
  })

  it('never changes its mind with bytes beyond the payload, wherever the payload is cut', () => {
    const samples = [
      ...tcpSamples.map(([, bytes]) => [TCP, bytes, 40_001] as const),
      ...udpSamples.map(([, bytes]) => [UDP, bytes, 40_001] as const),
      ...portSamples.map(([, ipProtocol, bytes, port]) => [ipProtocol, bytes, port] as const),
    ]
    for (const [ipProtocol, bytes, port] of samples) {
      for (let length = 0; length <= bytes.length; length++) {
        const answers = [0x00, 0xff, 0x0a, 0x20].map((filler) => {
          const around = new Uint8Array(bytes.length + 600).fill(filler)
          around.set(bytes.subarray(0, length), 7)
          return identifyByPayload(around, 7, length, ipProtocol, port, 40_002)
        })
        expect(new Set(answers).size, `${Buffer.from(bytes).toString('hex')} cut at ${length}`).toBe(1)
      }
    }
  })

  it('names hardly anything in random bytes, and never on ports that say nothing', () => {
    const ports = fc.constantFrom([40_001, 40_002], [53, 40_000], [443, 40_000], [123, 123], [40_000, 3306])
    let named = 0
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(TCP, UDP),
        ports,
        (bytes, ipProtocol, [src, dst]) => {
          const name = identifyByPayload(bytes, 0, bytes.length, ipProtocol, src, dst)
          if (src === 40_001) expect(name).toBe(0)
          else if (name !== 0) named++
        },
      ),
      { numRuns: 20_000, seed: 20_260_101 },
    )
    expect(named).toBeLessThan(1000)
  })

  it('survives every sample with any byte changed', () => {
    const all = [...tcpSamples, ...udpSamples].map(([, bytes]) => bytes)
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.nat(600),
        fc.nat(255),
        fc.constantFrom(TCP, UDP),
        (sample, at, value, ipProtocol) => {
          const bytes = sample.slice()
          bytes[at % bytes.length] = value
          const name = identifyByPayload(bytes, 0, bytes.length, ipProtocol, 40_001, 40_002)
          expect(PROTOCOL_NAMES[name]).toBeDefined()
        },
      ),
      { numRuns: 5000 },
    )
  })
})

describe('applicationOfPort', () => {
  const named = (ipProtocol: number, src: number, dst: number) =>
    PROTOCOL_NAMES[applicationOfPort(ipProtocol, src, dst)]

  it('takes the registered side, and the lower port when both are registered', () => {
    expect(named(TCP, 51_000, 443)).toBe('tls')
    expect(named(TCP, 443, 51_000)).toBe('tls')
    expect(named(TCP, 20, 21)).toBe('ftp-data')
    expect(named(UDP, 5353, 53)).toBe('dns')
    expect(named(TCP, 6881, 5001)).toBe('bittorrent')
  })

  it('keeps TCP and UDP apart', () => {
    expect(named(TCP, 40_000, 514)).toBe('rsh')
    expect(named(UDP, 40_000, 514)).toBe('syslog')
  })

  it('gives none for unregistered ports, other protocols and missing ports', () => {
    expect(named(TCP, 40_000, 50_000)).toBe('none')
    expect(named(1, 80, 443)).toBe('none')
    expect(named(UDP, -1, -1)).toBe('none')
  })
})
