/** A line that dies for half a minute, and scanners that look alike from afar. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import {
  MSS_ONLY,
  outside,
  SYSTEM_OPTIONS,
  type RecordBuilder,
} from '../../../../test/detection/record-builder.ts'

interface Worker {
  /** Hosts contacted, and those of them that are silent: from, to. */
  readonly hosts?: number
  readonly dead?: readonly [number, number]
  readonly ports?: readonly number[]
  readonly options?: number
  /** Addresses from one host to the next. */
  readonly stride?: number
  /** Seconds between packets that reach the source from elsewhere; none at 0. */
  readonly otherEvery?: number
  /** Of hosts outside `dead` one in so many is silent too. */
  readonly alsoDeadEvery?: number
}

/** A new host every second, on one port after the other. */
const works = (worker: Worker) => (builder: RecordBuilder) => {
  const { hosts = 300, dead = [100, 160], ports = [1883], stride = 65_537, otherEvery = 0 } = worker
  const { options = SYSTEM_OPTIONS, alsoDeadEvery = Infinity } = worker
  for (let i = 0; i < hosts; i++) {
    const isDead = (i >= dead[0] && i < dead[1]) || i % alsoDeadEvery === 1
    const target = outside(400) + i * stride
    const port = ports[i % ports.length]!
    builder.tcp({ source: SCANNER, target, port, at: i, options }, isDead ? 'silent' : 'used')
    if (otherEvery > 0 && i % otherEvery === 0)
      builder.udp(
        { source: SCANNER, target: outside(5), sourcePort: 1024 + i, port: 53, at: i + 0.5 },
        'answered',
      )
  }
}

describe('sixty hosts that are silent while nothing reaches who asks', () => {
  it('are not scanned, where it used the port before and after', () => {
    expect(judged(works({})).scanners).toEqual([])
    expect(judged(works({ ports: [502, 1883, 5671, 6379, 9092] })).scanners).toEqual([])
  })

  it('are scanned where its line was up', () => {
    expect(judged(works({ otherEvery: 5 })).scanners).toHaveLength(1)
  })

  it('are not scanned, where the capture begins or ends meanwhile, and it used as many hosts', () => {
    expect(judged(works({ hosts: 160 })).scanners).toEqual([])
    expect(judged(works({ dead: [0, 60] })).scanners).toEqual([])
  })

  it('are not scanned, where it used fewer, but before and after', () => {
    expect(judged(works({ hosts: 80, dead: [10, 70] })).scanners).toEqual([])
  })

  it('are scanned where it used fewer, before alone, or after alone, or hardly', () => {
    expect(judged(works({ hosts: 110, dead: [50, 110] })).scanners).toHaveLength(1)
    expect(judged(works({ hosts: 110, dead: [0, 60] })).scanners).toHaveLength(1)
    expect(judged(works({ hosts: 72, dead: [10, 70] })).scanners).toHaveLength(1)
  })

  it('are scanned where more hosts of the port are silent besides than a client meets', () => {
    expect(judged(works({ alsoDeadEvery: 3 })).scanners).toHaveLength(1)
  })

  it('are scanned where they fill a block of addresses', () => {
    expect(judged(works({ stride: 1 })).scanners).toHaveLength(1)
  })

  it('are scanned by SYNs that no system sends', () => {
    expect(judged(works({ options: MSS_ONLY })).scanners).toHaveLength(1)
  })
})
