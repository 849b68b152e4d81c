/** Names for saved files are safe on every file system, whatever the capture is called. */

import { describe, expect, it } from 'vitest'
import { emptyFilter } from '../../contract/index.ts'
import { safeBase, saveNameFor } from './save-names.ts'

const analysisId = 'a'
const view = { table: 'endpoints', filter: emptyFilter, columns: [], sort: null } as const

describe('a saved file', () => {
  it.each([
    [{ kind: 'report', analysisId }, 'office-report.html'],
    [{ kind: 'json', analysisId }, 'office.json'],
    [{ kind: 'csv', analysisId, view }, 'office-endpoints.csv'],
  ] as const)('is named after its capture: %j', (request, name) => {
    expect(saveNameFor(['office.pcapng.gz', 'other.pcap'], request)).toBe(name)
  })

  it.each([
    ['', 'capture'],
    ['.pcap', 'capture'],
    ['..', 'capture'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\boot.ini', '_.._boot'],
    ['C:\\x.pcap', 'C__x'],
    ['\\\\server\\share.pcap', '__server_share'],
    ['CON.pcap', 'capture-CON'],
    ['nul', 'capture-nul'],
    ['lpt1.gz', 'capture-lpt1'],
    ['com0.tar.gz', 'capture-com0'],
    ['name. .pcap', 'name'],
    ['a\0b\nc\u202ed.pcap', 'a_b_c_d'],
    ['<script>"x"|?*.pcap', '_script__x____'],
    ['%2e%2e.pcap', '%2e%2e'],
    ['🦈 capture.pcap', '🦈 capture'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('of a capture called %j begins with %j', (name, base) => {
    expect(safeBase(name)).toBe(base)
  })
})
