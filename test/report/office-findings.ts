/** The office's findings, of three kinds in turn. */

import type { Finding } from '../../src/engine/summarize/capture-summary.ts'
import type { Random } from '../traffic/random.ts'
import { START_SECONDS } from './office-traffic.ts'

export function officeFinding(random: Random, index: number): Finding {
  const isSweep = index % 3 === 1
  const isGuessing = index % 3 === 2
  const actor = isGuessing ? '2001:db8:bad::17' : `10.66.${Math.floor(index / 200)}.${(index % 200) + 4}`
  const start = 3_600 + index * 37
  const probeCount = isGuessing ? 0 : isSweep ? 254 : 1_000
  const targets = isSweep ? Array.from({ length: 254 }, (_, i) => `192.168.7.${i + 1}`) : ['192.168.7.20']
  const open = [22, 80, 443, 8080]
  return {
    id: `f${index + 1}`,
    rule: isGuessing ? 'brute-force' : isSweep ? 'host-sweep' : 'vertical-scan',
    ruleVersion: 1,
    technique: isGuessing ? null : isSweep ? 'icmp-echo' : 'tcp-syn',
    severity: (['high', 'medium', 'critical', 'low'] as const)[index % 4]!,
    confidence: 0.5 + (index % 50) / 100,
    title: isGuessing
      ? 'Password guessing against SSH on 192.168.7.20'
      : isSweep
        ? 'Ping sweep of 254 addresses'
        : 'SYN scan of 1,000 ports of 192.168.7.20',
    explanation: isGuessing
      ? `${actor} opened 231 sessions to port 22 of 192.168.7.20 in 58 seconds, and each ended after about 2,100 bytes, as a refused login does.`
      : `${actor} sent ${probeCount} probes to ${targets.length} address(es); ${isSweep ? 31 : 4} answered as open, which no service or user on this network does by itself.`,
    actors: [actor],
    targets: {
      addressCount: targets.length,
      addresses: targets,
      portCount: isGuessing ? 1 : isSweep ? 0 : 1_000,
      ports: isGuessing ? '22' : isSweep ? '' : '1-1000',
    },
    firstTimestamp: `${START_SECONDS + start}.000111222`,
    lastTimestamp: `${START_SECONDS + start + 64}.500111222`,
    firstFrame: 48_000 + index,
    firedFrame: 48_000 + index + 15,
    outcomes: {
      open: isSweep ? 31 : 4,
      refused: isSweep ? 0 : 921,
      filtered: 12,
      silent: 63,
      unknown: isGuessing ? 231 : 0,
    },
    measures: isGuessing
      ? { attemptCount: 231, byteCount: 2_100, windowSeconds: 58.2, portCount: 1 }
      : isSweep
        ? { targetCount: 254, answeredShare: 0.122 }
        : { portCount: 1_000, portCountMin: 15, failedShare: 0.996, hasEstablished: true, ratio: null },
    attack: isGuessing ? ['T1110.001'] : isSweep ? ['T1018'] : ['T1046', 'T1595.001'],
    filters: {
      wireshark: isGuessing
        ? `ipv6.addr == ${actor} && tcp.port == 22`
        : `ip.src == ${actor} && ${isSweep ? 'icmp.type == 8' : 'tcp.flags.syn == 1 && tcp.flags.ack == 0'} && frame.number >= 48000`,
      bpf: isGuessing
        ? null
        : `src host ${actor} and ${isSweep ? 'icmp' : 'tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn'}`,
    },
    authorised: index % 11 === 10,
    evidence: isGuessing
      ? null
      : {
          learned: isSweep
            ? []
            : [
                {
                  target: '192.168.7.20',
                  open: '22,80,443,8080',
                  refused: '1-21,23-79,81-442',
                  filtered: '135-139',
                  silent: '900-962',
                },
              ],
          next: isSweep
            ? []
            : [
                {
                  target: '192.168.7.20',
                  port: 22,
                  protocol: 'ssh',
                  firstFrame: 51_220,
                  originatorByteCount: 48_210,
                  responderByteCount: 612_330,
                },
              ],
          toolHint: isSweep ? null : 'nmap -sS -T4',
          probes: Array.from(
            { length: Math.min(probeCount, 1_000) },
            (_, i): [number, number, number, number, number] => {
              const port = isSweep ? -1 : ((i * 377) % 1_000) + 1
              const outcome = isSweep
                ? i % 8 === 0
                  ? 0
                  : 3
                : open.includes(port)
                  ? 0
                  : port >= 135 && port <= 139
                    ? 2
                    : port >= 900 && port < 963
                      ? 3
                      : 1
              return [
                start + i * 0.064 + random.fraction() * 0.01,
                isSweep ? i : 0,
                port,
                outcome,
                48_000 + index + i,
              ]
            },
          ),
          probeCount,
        },
  }
}
