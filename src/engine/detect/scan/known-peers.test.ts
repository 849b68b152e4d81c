/** Peers that were known before they fell silent, and hosts that were not. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import {
  inside,
  MSS_ONLY,
  outside,
  SYSTEM_OPTIONS,
  type RecordBuilder,
} from '../../../../test/detection/record-builder.ts'

interface Cluster {
  /** Port of the datagrams, and of the SYNs. */
  readonly asks?: number
  readonly calls?: number
  readonly sourcePort?: number
  /** From one source port to the next. */
  readonly step?: number
  readonly options?: number
  /** Hosts of sixty that answer datagrams. */
  readonly answering?: number
}

/** Sixty hosts that are asked by UDP, and called in vain by TCP when all have been. */
const callsAll = (cluster: Cluster) => (builder: RecordBuilder) => {
  const {
    asks = 7946,
    calls = 7946,
    sourcePort: first = 7000,
    step = 0,
    options = SYSTEM_OPTIONS,
    answering = 60,
  } = cluster
  for (let i = 0; i < answering; i++)
    builder.udp(
      { source: SCANNER, target: inside(100 + i * 300), sourcePort: first + i * step, port: asks, at: i },
      'answered',
    )
  for (let i = 0; i < 60; i++)
    builder.tcp(
      { source: SCANNER, target: inside(100 + i * 300), port: calls, at: 60 + i, options },
      'silent',
    )
}

describe('sixty hosts that are silent to SYNs', () => {
  it('are known, where they answered datagrams on that port from a port of the source’s own', () => {
    expect(judged(callsAll({})).scanners).toEqual([])
  })

  it('are known, where each question had a port of its own', () => {
    expect(judged(callsAll({ sourcePort: 40_000, step: 37 })).scanners).toEqual([])
  })

  it('are scanned where they answered on another port, to a port such as scanners send from, or other SYNs than a system’s', () => {
    for (const cluster of [{ asks: 7947 }, { sourcePort: 40_000 }, { options: MSS_ONLY }])
      expect(judged(callsAll(cluster)).scanners).toHaveLength(1)
  })

  it('are members of a cluster that have left, where three others answer to the port that all members have', () => {
    expect(judged(callsAll({ sourcePort: 7946, answering: 3 })).scanners).toEqual([])
    expect(judged(callsAll({ sourcePort: 7946, answering: 2 })).scanners).toHaveLength(1)
    expect(judged(callsAll({ sourcePort: 7000, answering: 3 })).scanners).toHaveLength(1)
    expect(judged(callsAll({ asks: 623, calls: 623, sourcePort: 623, answering: 3 })).scanners).toHaveLength(
      1,
    )
  })
})

describe('datagrams to forty hosts that do not answer them', () => {
  const sessions = (portOfOthers: number) => (builder: RecordBuilder) => {
    for (let i = 0; i < 40; i++) {
      const [near, far] = [SCANNER, inside(100 + i * 300)]
      builder.udp({ source: near, target: far, sourcePort: 49_152 + i, port: 3784, at: i }, 'silent')
      builder.udp(
        { source: far, target: near, sourcePort: 50_000, port: portOfOthers, at: i + 0.1 },
        'silent',
      )
    }
  }

  it('are half of a session, where the others send to the same port', () => {
    expect(judged(sessions(3784)).scanners).toEqual([])
  })

  it('are a scan, where they send to another', () => {
    expect(judged(sessions(3785)).scanners).toEqual(['80.9.0.9'])
  })
})

describe('datagrams to thirty ports of a host', () => {
  const transfers = (askedFrom: (port: number) => number) => (builder: RecordBuilder) => {
    for (let i = 0; i < 30; i++) {
      const port = 2000 + i
      builder.udp(
        { source: outside(3), target: SCANNER, sourcePort: askedFrom(port), port: 69, at: i },
        'silent',
      )
      builder.udp(
        { source: SCANNER, target: outside(3), sourcePort: 40_000 + i, port, at: i + 0.1 },
        'refused',
      )
    }
  }

  it('are answers, where it had asked from those', () => {
    expect(judged(transfers((port) => port)).scanners).toEqual([])
  })

  it('are a scan, where it had asked from others', () => {
    expect(judged(transfers((port) => port + 100)).scanners).toEqual(['80.9.0.9'])
  })
})
