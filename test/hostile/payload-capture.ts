/** A capture that brings the same hostile text in every place from which text reaches an output. */

import {
  at,
  bytes,
  concat,
  dnsAnswer,
  enhancedPacket,
  ethernet,
  filled,
  interfaceDescription,
  ipv4,
  nameResolution,
  range,
  portScan,
  sectionHeader,
  tcpConversation,
  text,
  udp,
  type Frame,
} from '../traffic/index.ts'

const [CLIENT, SERVER] = ['10.0.0.1', '10.0.0.2']
/** A label of a DNS name (RFC 1035, 2.3.4), and what most texts are cut to here so that they fit everywhere. */
const LABEL_LENGTH_MAX = 63

/**
 * pcapng with the text as the machine, system and program that wrote it, as name and description of its interface, as a
 * comment, a resolved name, a DNS name, an HTTP host, path and user agent, a TLS server name, a DHCP host and vendor, a login
 * name and a version banner; and a scan, so that there is a finding.
 */
export function payloadCapture(payload: string): Uint8Array {
  const short = text(payload).subarray(0, LABEL_LENGTH_MAX)
  const ends = { originator: CLIENT, responder: SERVER }
  const scripts: readonly (readonly Frame[])[] = [
    datagram(53, 40_000, dnsNamed(short), at(0)),
    tcpConversation({ ...ends, responderPort: 80, start: at(1) })
      .handshake()
      .send(
        concat(
          text('GET /'),
          short,
          text(' HTTP/1.1\r\nHost: '),
          short,
          text('\r\nUser-Agent: '),
          short,
          text('\r\n\r\n'),
        ),
      )
      .reply(concat(text('HTTP/1.1 401 x\r\nServer: '), short, text('\r\n\r\n'))).frames,
    tcpConversation({ ...ends, responderPort: 443, originatorPort: 41_000, start: at(2) })
      .handshake()
      .send(clientHello(short)).frames,
    datagram(67, 68, dhcpRequest(short), at(3)),
    tcpConversation({ ...ends, responderPort: 21, originatorPort: 42_000, start: at(4) })
      .handshake()
      .reply(concat(text('220 '), short, text('\r\n')))
      .send(concat(text('USER '), short, text('\r\n')))
      .reply(text('530 no\r\n')).frames,
    tcpConversation({ ...ends, responderPort: 22, originatorPort: 43_000, start: at(5) })
      .handshake()
      .reply(concat(text('SSH-2.0-'), short, text('\r\n'))).frames,
    portScan({ scanner: '10.0.0.9', target: SERVER, ports: range(1, 40), openPorts: [22], start: at(6) }),
  ]
  const [first, ...rest] = scripts.flat()
  return concat(
    sectionHeader({ hardware: payload, operatingSystem: payload, application: payload }),
    interfaceDescription({ name: payload, description: payload, resolution: 9 }),
    nameResolution([{ address: Uint8Array.of(10, 0, 0, 2), name: payload }]),
    enhancedPacket({ ...first!, comment: payload }),
    ...rest.map((frame) => enhancedPacket(frame)),
  )
}

function datagram(
  destinationPort: number,
  sourcePort: number,
  data: Uint8Array,
  time: Frame['time'],
): Frame[] {
  const packet = ipv4({ source: CLIENT, destination: SERVER }, udp({ sourcePort, destinationPort }, data))
  return [{ time, bytes: ethernet({}, packet) }]
}

/** A question for `<payload>.example`, label by label in bytes. */
function dnsNamed(label: Uint8Array): Uint8Array {
  const whole = dnsAnswer({ id: 7, name: 'x.example' }, { addresses: ['192.0.2.1'] })
  return concat(whole.subarray(0, 12), Uint8Array.of(label.length), label, whole.subarray(14))
}

function clientHello(name: Uint8Array): Uint8Array {
  const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
  const entry = concat(u16(name.length + 3), Uint8Array.of(0), u16(name.length), name)
  const extension = concat(u16(0), u16(entry.length), entry)
  const body = concat(
    u16(0x0303),
    filled(32, 5),
    bytes('00 0002 1301 01 00'),
    u16(extension.length),
    extension,
  )
  const handshake = concat(Uint8Array.of(1, 0), u16(body.length), body)
  return concat(bytes('160301'), u16(handshake.length), handshake)
}

function dhcpRequest(name: Uint8Array): Uint8Array {
  const option = (code: number, value: Uint8Array): Uint8Array =>
    concat(Uint8Array.of(code, value.length), value)
  const head = concat(bytes('01010600 3903f326 0000 0000'), filled(224), bytes('63825363 350103'))
  return concat(
    head,
    option(12, name),
    option(60, name),
    option(81, concat(filled(3), name)),
    Uint8Array.of(255),
  )
}
