/** Fields of application messages beside tshark's, frame by frame, on captures that have many of them. */

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DnsMessage, DnsSection, readDnsMessage } from '../src/engine/decode/application/dns-message.ts'
import { HTTP_METHODS, looksLikeHttp } from '../src/engine/decode/application/http.ts'
import { HttpHead, readHttpHead } from '../src/engine/decode/application/http-message.ts'
import { looksLikeTls } from '../src/engine/decode/application/tls.ts'
import { HelloKind, TlsHello, readTlsHello } from '../src/engine/decode/application/tls-hello.ts'
import { dnsNameText } from '../src/engine/net/dns-name-text.ts'
import { visitPayloads } from './application-differential/frame-payloads.ts'
import { SHARED } from './captures/shared-captures.ts'

const CAPTURES = `${SHARED}/files`
const TIMEOUT_MS = 120_000

function hasTshark(): boolean {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const missing = [
  ...(hasTshark() ? [] : ['tshark is not installed']),
  ...(existsSync(CAPTURES) ? [] : [`${CAPTURES} is not there`]),
]

/** Rows of tab-separated fields, the frame number first. */
function tshark(file: string, filter: string, fields: readonly string[]): string[][] {
  const options = ['-n', '-r', `${CAPTURES}/${file}`, '-Y', filter, '-T', 'fields', '-e', 'frame.number']
  const output = execFileSync('tshark', [...options, ...fields.flatMap((field) => ['-e', field])], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

const hexList = (values: Uint16Array, count: number) =>
  Array.from(values.subarray(0, count), (value) => `0x${value.toString(16).padStart(4, '0')}`).join(',')
const decimalList = (values: Uint16Array, count: number) => values.subarray(0, count).join(',')

describe.skipIf(missing.length > 0)(
  `fields of application messages${missing.length > 0 ? ` (skipped: ${missing.join(', ')})` : ''}`,
  () => {
    it.each([
      ['cisco+mercury/test/data/top_100_fingerprints.pcap', 90],
      ['zeek+zeek/testing/btest/Traces/tls/tls13-ech.pcap', 1],
      ['CESNET+ipfixprobe/tests/functional/inputs/tls.pcap', 5],
    ])(
      'client hellos of %s: version, cipher suites, extensions, algorithms, name and protocol',
      (file, countMin) => {
        const hello = new TlsHello()
        const ours = new Map<string, string[]>()
        visitPayloads(`${CAPTURES}/${file}`, (payload) => {
          if (payload === null || payload.ipProtocol !== 6) return
          const { frame, bytes, offset, length } = payload
          if (!looksLikeTls(bytes, offset, length) || bytes[offset] !== 22) return
          if (!readTlsHello(bytes, offset + 5, length - 5, 4, hello)) return
          if (hello.kind !== HelloKind.client || !hello.isComplete) return
          const text = (at: number, size: number) =>
            Buffer.from(bytes.subarray(at, at + size)).toString('latin1')
          ours.set(String(frame), [
            hexList(hello.ciphers, hello.cipherCount),
            decimalList(hello.extensions, hello.extensionCount),
            hexList(hello.signatureAlgorithms, hello.signatureAlgorithmCount),
            hello.serverNameOffset === -1 ? '' : text(hello.serverNameOffset, hello.serverNameLength),
            hello.alpnOffset === -1 ? '' : text(hello.alpnOffset, hello.alpnLength),
          ])
        })
        const fields = [
          'ciphersuite',
          'extension.type',
          'sig_hash_alg',
          'extensions_server_name',
          'extensions_alpn_str',
        ]
        const theirs = tshark(
          file,
          'tls.handshake.type == 1',
          fields.map((field) => `tls.handshake.${field}`),
        )
        let compared = 0
        for (const [frame, ...values] of theirs) {
          const our = ours.get(frame!)
          // What tshark put together from several segments is not ours to compare.
          if (our === undefined) continue
          expect(our, `frame ${frame!}`).toEqual([...values.slice(0, 4), values[4]!.split(',')[0]])
          compared++
        }
        expect(compared).toBeGreaterThanOrEqual(countMin)
      },
      TIMEOUT_MS,
    )

    it.each([
      ['seladb+PcapPlusPlus/Tests/Pcap++Test/PcapExamples/DnsPackets.pcap', 400],
      ['OISF+suricata-verify/tests/datasets-06-state-long/input.pcap', 1000],
    ])(
      'DNS messages of %s: names, types, response codes and addresses',
      (file, countMin) => {
        const message = new DnsMessage()
        const ours = new Map<string, string[]>()
        visitPayloads(`${CAPTURES}/${file}`, (payload) => {
          if (
            payload === null ||
            payload.ipProtocol !== 17 ||
            (payload.srcPort !== 53 && payload.dstPort !== 53)
          )
            return
          const { frame, bytes, offset, length } = payload
          if (!readDnsMessage(bytes, offset, length, message)) return
          const rows = Array.from({ length: message.recordCount }, (_, row) => row)
          const name = (row: number) =>
            dnsNameText(
              message.names.subarray(
                message.nameOffset[row],
                message.nameOffset[row]! + message.nameLength[row]!,
              ),
            )
          const questions = rows.filter((row) => message.section[row] === DnsSection.question)
          const addresses = rows.filter((row) => message.type[row] === 1 && message.dataLength[row] === 4)
          ours.set(String(frame), [
            questions.map(name).join(','),
            questions.map((row) => message.type[row]).join(','),
            message.isResponse ? String(message.responseCode) : '',
            addresses
              .map((row) => bytes.subarray(message.dataOffset[row], message.dataOffset[row]! + 4).join('.'))
              .join(','),
          ])
        })
        const theirs = tshark(file, 'dns && udp.port == 53', [
          'dns.qry.name',
          'dns.qry.type',
          'dns.flags.rcode',
          'dns.a',
        ])
        for (const [frame, ...values] of theirs) {
          expect(ours.get(frame!), `frame ${frame!}`).toEqual(
            values.map((value) => value.replace('<Root>', '.')),
          )
        }
        expect(theirs.length).toBeGreaterThanOrEqual(countMin)
      },
      TIMEOUT_MS,
    )

    it.each([
      ['seladb+PcapPlusPlus/Tests/ExamplesTest/pcap_examples/http-packets2.pcap', 20],
      ['zeek+zeek/testing/btest/Traces/http/methods.pcap', 10],
    ])(
      'HTTP requests of %s: method, host and user agent',
      (file, countMin) => {
        const head = new HttpHead()
        const ours = new Map<string, string[]>()
        visitPayloads(`${CAPTURES}/${file}`, (payload) => {
          if (payload === null || payload.ipProtocol !== 6) return
          const { frame, bytes, offset, length } = payload
          if (!looksLikeHttp(bytes, offset, length) || !readHttpHead(bytes, offset, length, head)) return
          if (!head.isRequest || !head.isComplete) return
          const text = (at: number, size: number) =>
            at === -1 ? '' : Buffer.from(bytes.subarray(at, at + size)).toString('latin1')
          ours.set(String(frame), [
            HTTP_METHODS[head.method]!,
            text(head.hostOffset, head.hostLength),
            text(head.userAgentOffset, head.userAgentLength),
          ])
        })
        const theirs = tshark(file, 'http.request', ['http.request.method', 'http.host', 'http.user_agent'])
        let compared = 0
        for (const [frame, ...values] of theirs) {
          const our = ours.get(frame!)
          if (our === undefined) continue
          expect(our, `frame ${frame!}`).toEqual(values)
          compared++
        }
        expect(compared).toBeGreaterThanOrEqual(countMin)
      },
      TIMEOUT_MS,
    )
  },
)
