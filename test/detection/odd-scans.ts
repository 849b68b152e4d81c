/** Captures with a scan of an uncommon kind, or seen through an uncommon capture; each names who scans. */

import { inside, MSS_ONLY, outside, type RecordBuilder } from './record-builder.ts'
import { browsing, type Scene, type Scenes } from './scene.ts'

export const ODD_SCANS: Scenes = {
  'a scan whose time stamps are shuffled': (scene) => {
    const { random } = scene
    scene.names(outside(908))
    const jitter = (): number => scene.between(-2, 2)
    for (let i = 0; i < 200; i++)
      scene.events.push(
        shuffled(5 + i * 0.05, 5 + i * 0.05 + jitter(), (at, builder) =>
          builder.tcp(
            {
              source: outside(908),
              target: inside(3),
              sourcePort: 40_000,
              port: 1 + i * 11,
              at,
              window: 1024,
              options: MSS_ONLY,
            },
            random.pick(['refused', 'silent'] as const),
          ),
        ),
      )
    for (let i = 0; i < 300; i++)
      scene.events.push(
        shuffled(i * 0.1, Math.max(0, i * 0.1 + jitter()), (at, builder) =>
          builder.tcp(
            { source: inside(3), target: outside(i % 30), sourcePort: 3000 + i, port: 443, at },
            'used',
          ),
        ),
      )
  },
  'a scan among decoys': (scene) => {
    const decoys = scene.random.between(2, 8)
    for (let decoy = 0; decoy < decoys; decoy++) scene.names(outside(1200 + decoy))
    for (let i = 0; i < 100; i++) {
      for (let decoy = 0; decoy < decoys; decoy++) {
        scene.tcp(
          {
            source: outside(1200 + decoy),
            target: inside(5),
            sourcePort: 44_000,
            port: 1 + i * 13,
            at: 10 + i * 0.1 + decoy * 0.001,
            window: 1024,
            options: MSS_ONLY,
          },
          'refused',
        )
      }
    }
    browsing(scene, inside(1), 200, 100)
  },
  'a scan of SCTP ports': (scene) => {
    scene.names(outside(909))
    for (let i = 0; i < 60; i++) {
      const fields = {
        source: outside(909),
        target: inside(5),
        sourcePort: 44_000,
        port: 1 + i * 13,
        at: 10 + i * 0.1,
      }
      scene.events.push({
        at: fields.at,
        write: (builder) => builder.sctp(fields, i % 20 === 0 ? 'open' : 'refused'),
      })
    }
    browsing(scene, inside(1), 100, 100)
  },
  'a scan of IP protocols': (scene) => {
    scene.names(outside(910))
    for (let i = 100; i < 140; i++) {
      const fields = { source: outside(910), target: inside(5), at: 10 + i * 0.1 }
      scene.events.push({
        at: fields.at,
        write: (builder) =>
          builder.ipProtocol(fields, i === 132 ? 131 : i, scene.random.pick(['refused', 'silent'] as const)),
      })
    }
    browsing(scene, inside(1), 100, 100)
  },
  'a scan of which only the answers are seen': (scene) => {
    scene.names(outside(911))
    for (let i = 0; i < 120; i++)
      scene.tcp(
        { source: outside(911), target: inside(5), sourcePort: 44_000, port: 1 + i * 13, at: 10 + i * 0.05 },
        i % 30 === 0 ? 'answer-only' : 'reset-only',
      )
    for (let i = 0; i < 100; i++)
      scene.tcp(
        { source: outside(i), target: inside(5), sourcePort: 3000 + i, port: 443, at: i * 0.2 },
        'used',
      )
  },
}

/** An event written at its place in the file, but stamped with another time. */
function shuffled(
  place: number,
  at: number,
  write: (at: number, builder: RecordBuilder) => void,
): Scene['events'][number] {
  return { at: place, write: (builder) => write(at, builder) }
}
