/** `tcpdump -w - | nta analyze -`: a capture from a pipe says what the same bytes in a file say. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaptureSummary } from '../../src/engine/index.ts'
import { NTA, nta, ntaReading } from './nta.ts'

const SCAN = 'samples/port-scan.pcapng'
const scan = readFileSync(SCAN)
/** An LZ4 frame of stored blocks without checksums: the header of version 1 with blocks of 64 KiB, its checksum byte, the blocks, the end. */
const scanInLz4 = Buffer.concat([
  Buffer.from('04224d18604082', 'hex'),
  ...Array.from({ length: Math.ceil(scan.length / 65_536) }, (_, i) => {
    const block = scan.subarray(i * 65_536, (i + 1) * 65_536)
    const length = Buffer.alloc(4)
    length.writeUInt32LE((block.length | 0x8000_0000) >>> 0)
    return Buffer.concat([length, block])
  }),
  Buffer.alloc(4),
])

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-stdin-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** But for the name, which a pipe has none of. */
function unnamed(json: string): CaptureSummary {
  const summary = JSON.parse(json) as CaptureSummary
  for (const file of summary.capture.files) Object.assign(file, { name: '' })
  return summary
}

describe('nta analyze -', () => {
  // Sound blocks, then one of the type that no deflate data has (RFC 1951, 3.2.3): how much before it is kept depends on the steps.
  const damagedGzip = Buffer.concat([
    gzipSync('').subarray(0, 10),
    deflateRawSync(scan.subarray(0, 60_000), { finishFlush: constants.Z_SYNC_FLUSH }),
    Buffer.alloc(100, 0x07),
  ])
  it.each([
    ['a capture', scan, 0],
    ['one packed by gzip', gzipSync(scan), 0],
    ['one packed by LZ4', scanInLz4, 0],
    ['one that is cut', scan.subarray(0, 100_001), 2],
    ['one that is packed and cut', gzipSync(scan).subarray(0, 30_000), 2],
    ['one that is packed and damaged', damagedGzip, 2],
  ])('says of %s what it says of the same bytes in a file', async (_, bytes, status) => {
    const path = join(folder, 'same.bin')
    writeFileSync(path, bytes)
    const [ofPipe, ofFile] = [
      await ntaReading(bytes, 'analyze', '-', '--json', '-'),
      await nta('analyze', path, '--json', '-'),
    ]
    expect([ofPipe.status, ofFile.status]).toEqual([status, status])
    expect((JSON.parse(ofPipe.stdout) as CaptureSummary).capture.files[0]?.name).toBe('standard input')
    expect(unnamed(ofPipe.stdout)).toEqual(unnamed(ofFile.stdout))
    expect(unnamed(ofPipe.stdout).capture.packetCount).toBeGreaterThan(50)
  })

  it('merges it with captures in files', async () => {
    const { status, stdout } = await ntaReading(
      scan,
      'analyze',
      'samples/busy-resolver.pcap',
      '-',
      '--json',
      '-',
    )
    const together = await nta('analyze', 'samples/busy-resolver.pcap', SCAN, '--json', '-')
    expect(status).toBe(0)
    expect(unnamed(stdout)).toEqual(unnamed(together.stdout))
  })

  it.each([
    ['nothing', '', 'Standard input is empty.'],
    ['text', 'hello', 'standard input: The file is text'],
    ['text without end', 'y\n'.repeat(4_000_000), 'standard input: The file is text'],
  ])('says so when it is %s', async (_, text, message) => {
    const { status, stderr } = await ntaReading(Buffer.from(text), 'analyze', '-')
    expect(status).toBe(1)
    expect(stderr).toContain(message)
  })

  it.skipIf(process.platform === 'win32')('says so when it is a folder', async () => {
    const folder = openSync('samples', 'r')
    const child = spawn(process.execPath, [NTA, 'analyze', '-'], { stdio: [folder, 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const [status] = (await once(child, 'close')) as [number]
    closeSync(folder)
    expect(status).toBe(1)
    expect(stderr).toContain('Standard input is a folder. Name a capture file inside it instead of -.')
  })

  it.each([
    [['analyze', '-', '-'], '- is named 2 times'],
    [['merge', '-'], 'this command comes back to what it reads'],
    [['serve', '-'], 'this command comes back to what it reads'],
    [['verify', '-', SCAN], 'this command comes back to what it reads'],
  ])('is refused in %j', async (args, message) => {
    const { status, stderr } = await ntaReading(scan, ...args)
    expect(status).toBe(64)
    expect(stderr).toContain(message)
  })
})

describe('nta verify', () => {
  it('takes the same bytes for the same, whether they were piped then, now, or both times', async () => {
    const [ofPipe, ofFile] = [join(folder, 'pipe.html'), join(folder, 'file.html')]
    await ntaReading(scan, 'analyze', '-', '--html', ofPipe, '--quiet')
    await nta('analyze', SCAN, '--html', ofFile, '--quiet')
    const same = { status: 0, stdout: 'identical\n', stderr: '' }
    expect(await nta('verify', ofPipe, SCAN)).toEqual(same)
    expect(await ntaReading(scan, 'verify', ofPipe, '-')).toEqual(same)
    expect(await ntaReading(scan, 'verify', ofFile, '-')).toEqual(same)
  })

  it('says that other bytes are another capture', async () => {
    const page = join(folder, 'other.html')
    await ntaReading(scan, 'analyze', '-', '--html', page, '--quiet')
    const { status, stdout } = await ntaReading(scan.subarray(0, 100_001), 'verify', page, '-')
    expect(status).toBe(3)
    expect(stdout).toContain('This is not the capture this report was made from')
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl-C while a pipe is read', () => {
  function reading() {
    const child = spawn(process.execPath, [NTA, 'analyze', '-', '--json', '-'])
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8')
    const toldToWait = once(child.stderr, 'data').then(([text]) => (stderr += String(text)))
    const ended = once(child, 'close').then(([status]) => ({
      status: status as number | null,
      stdout,
      stderr,
    }))
    child.stdin.on('error', () => undefined)
    return { child, toldToWait, ended }
  }

  /** Enough that the command has begun to read: more than the pipe and the stream hold. */
  const beginning = scan.subarray(0, 400_000)

  it('lets the writer end, and analyses all that it wrote', async () => {
    const { child, toldToWait, ended } = reading()
    await new Promise((resolve) => child.stdin.write(beginning, resolve))
    child.kill('SIGINT')
    expect(await toldToWait).toContain('Reading standard input to its end; Ctrl-C again ends at once.')
    child.stdin.end(scan.subarray(beginning.length))
    const { status, stdout } = await ended
    expect(status).toBe(0)
    expect((JSON.parse(stdout) as CaptureSummary).capture.packetCount).toBe(1_092)
  })

  it('ends at once the second time, though the writer does not', async () => {
    const { child, toldToWait, ended } = reading()
    await new Promise((resolve) => child.stdin.write(beginning, resolve))
    child.kill('SIGINT')
    await toldToWait
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ status: 130, stdout: '' })
  })
})
