/** The list of recent captures: latest first, each once, never longer than it should be. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RECENT_MAX, RecentCaptures } from './recent-captures.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recent-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString()

describe('recent captures', () => {
  it('come latest first, are remembered, and stand there once however often they are opened', async () => {
    const recents = new RecentCaptures(folder)
    await recents.add(['/a.pcap'], day(1))
    await recents.add(['/b.pcap', '/c.pcap'], day(2))
    await recents.add(['/a.pcap'], day(3))
    const again = new RecentCaptures(folder)
    expect(again.list()).toMatchObject([
      { paths: ['/a.pcap'], openedAt: day(3) },
      { paths: ['/b.pcap', '/c.pcap'], openedAt: day(2) },
    ])
    expect(again.list()[0]!.id).toBe(recents.list()[0]!.id)
  })

  it(`are ${RECENT_MAX} at most`, async () => {
    const recents = new RecentCaptures(folder)
    for (let n = 1; n <= RECENT_MAX + 5; n++) await recents.add([`/${n}.pcap`], day(n))
    expect(recents.list()).toHaveLength(RECENT_MAX)
    expect(recents.list()[0]!.paths).toEqual([`/${RECENT_MAX + 5}.pcap`])
  })

  it('can be forgotten one by one and all at once', async () => {
    const recents = new RecentCaptures(folder)
    for (const path of ['/a.pcap', '/b.pcap', '/c.pcap']) await recents.add([path], day(1))
    await recents.forget(recents.list()[1]!.id)
    expect(new RecentCaptures(folder).list().map(({ paths }) => paths[0])).toEqual(['/c.pcap', '/a.pcap'])
    await recents.forget(null)
    expect(new RecentCaptures(folder).list()).toEqual([])
  })

  it('in a damaged file are set aside and reported', () => {
    writeFileSync(join(folder, 'recent.json'), '{"version":1,"entries":[{"paths":"all"}]}')
    const recents = new RecentCaptures(folder)
    expect(recents.list()).toEqual([])
    expect(recents.notices).toHaveLength(1)
  })
})
