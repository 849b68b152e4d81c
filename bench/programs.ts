/** The programs that are measured side by side: this project's, the floor, and what people use instead. */

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { devNull } from 'node:os'
import { delimiter, join } from 'node:path'

/** The two captures of the table (see generate/catalogue.ts). */
export type Mix = 'realistic' | 'small'

export const mixes: Readonly<Record<Mix, string>> = { realistic: 'realistic.pcap', small: 'small.pcap' }

export interface Program {
  readonly name: string
  /** What it does with the capture, since no two do the same. */
  readonly does: string
  /** Slow ones run with `--peers all` only. */
  readonly isSlow: boolean
  /** A shorter capture of the same kind, where the whole would take minutes or all memory; the time is then scaled up. */
  readonly slices?: Partial<Readonly<Record<Mix, string>>>
  /** Null when it can run here, else what is missing. */
  readonly missing: () => string | null
  /** `scratch` is an empty folder for programs that must write. */
  readonly command: (capture: string, scratch: string) => readonly string[]
}

const CLI = join(import.meta.dirname, '../out/cli/nta.mjs')
const OWN_PROGRAMS = join(import.meta.dirname, 'programs')

/** This project's program, as the command line's users run it. */
export const nta: Program = {
  name: 'nta',
  does: 'everything: protocols, conversations, bandwidth, findings, summary as JSON',
  isSlow: false,
  missing: () => (existsSync(CLI) ? null : 'out/cli/nta.mjs is not built; run npm run build:cli'),
  command: (capture) => [
    process.execPath,
    CLI,
    'analyze',
    capture,
    '--json',
    devNull,
    '--no-progress',
    '--quiet',
  ],
}

export const programs: readonly Program[] = [
  nta,
  installed('cat', 'reads the file', (capture) => ['cat', capture]),
  {
    name: 'node, headers only',
    does: 'reads the file and hops over its record headers',
    isSlow: false,
    missing: () => null,
    command: (capture) => [process.execPath, join(OWN_PROGRAMS, 'hop-over-headers.mjs'), capture],
  },
  installed('capinfos', 'counts packets (-c)', (capture) => ['capinfos', '-c', capture]),
  installed('nfpcapd', 'flows, written to disk', (capture, scratch) => [
    'nfpcapd',
    '-r',
    capture,
    '-w',
    scratch,
  ]),
  installed('softflowd', 'flows, exported to a port that nobody reads', (capture) => [
    'softflowd',
    ...['-r', capture, '-n', '127.0.0.1:9', '-d'],
  ]),
  {
    ...installed('argus', 'flows, merged by racluster', (capture) => [
      'sh',
      ...['-c', 'argus -r "$1" -w - | racluster -r - -w /dev/null', 'sh', capture],
    ]),
    missing: () => notOnPath('argus') ?? notOnPath('racluster'),
    // The whole takes two minutes and 5 GB.
    slices: { small: 'small-50m.pcap' },
  },
  {
    name: 'pcap-parser',
    does: 'npm package: an event a packet, counted; nothing decoded',
    isSlow: false,
    missing: () =>
      existsSync(join(OWN_PROGRAMS, '../../node_modules/pcap-parser')) ? null : 'not installed',
    command: (capture) => [process.execPath, join(OWN_PROGRAMS, 'pcap-parser.mjs'), capture],
  },
  {
    ...installed('tcptrace', 'TCP connections', (capture) => ['tcptrace', '-n', capture]),
    isSlow: true,
    // The whole takes more than 24 GB.
    slices: { small: 'small-50m.pcap' },
  },
  {
    ...installed('ndpiReader', 'flows and applications (-q)', (capture) => [
      'ndpiReader',
      ...['-q', '-i', capture],
    ]),
    isSlow: true,
    // The whole takes more than 21 GB.
    slices: { small: 'small-50m.pcap' },
  },
  {
    ...installed('tshark', 'protocol hierarchy, TCP and UDP conversations, endpoints', (capture) => [
      'tshark',
      ...[
        '-n',
        '-q',
        '-r',
        capture,
        '-z',
        'io,phs',
        '-z',
        'conv,tcp',
        '-z',
        'conv,udp',
        '-z',
        'endpoints,ip',
      ],
    ]),
    isSlow: true,
    // The whole takes four minutes and 15 GB.
    slices: { small: 'small-50m.pcap' },
  },
  {
    ...installed('tcpdump', 'prints a line a packet (-nnq)', (capture) => ['tcpdump', '-nnq', '-r', capture]),
    isSlow: true,
    // Its time grows faster than the capture: 50 MiB are not done after 300 s.
    slices: { small: 'small-8m.pcap' },
  },
  {
    name: 'scapy',
    does: 'dissects and counts packets',
    isSlow: true,
    slices: { realistic: 'realistic-64m.pcap', small: 'small-8m.pcap' },
    missing: () => (pythonWithScapy() === null ? 'not installed' : null),
    command: (capture) => [pythonWithScapy() ?? 'python3', join(OWN_PROGRAMS, 'scapy-count.py'), capture],
  },
]

function installed(name: string, does: string, command: Program['command']): Program {
  return { name, does, isSlow: false, missing: () => notOnPath(name), command }
}

/** Null when the program is on the path. */
function notOnPath(name: string): string | null {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  return found ? null : 'not installed'
}

function pythonWithScapy(): string | null {
  const candidates = ['python3', '/usr/bin/python3']
  return candidates.find((python) => spawnSync(python, ['-c', 'import scapy']).status === 0) ?? null
}
