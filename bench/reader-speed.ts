/**
 * How fast captures are read, before anything is decoded: `npx tsx bench/reader-speed.ts [NAME…]`.
 *
 * Our readers, the package pcap-parser and cat on the same captures, in turn, the fastest of several rounds each. A reader
 * visits every frame and adds up its lengths, so that all of them must find the same numbers.
 */

import { spawnSync } from 'node:child_process'
import type { Readable } from 'node:stream'
import { createReadStream } from 'node:fs'
import pcapParser from 'pcap-parser'
import { FrameBatch } from '../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../src/engine/capture/open-reader.ts'
import { openCaptureFile } from '../src/node/capture/capture-file.ts'
import { feedCapture } from '../test/feed-capture.ts'
import { FileSource } from '../src/node/capture/capture-source.ts'
import { DecompressedSource, detectCompression } from '../src/node/decompress/decompress.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'

const USUAL = ['realistic.pcap', 'realistic.pcapng', 'small.pcap', 'realistic.pcap.gz', 'realistic.pcap.zst']
const ROUNDS = 5
/** It takes seconds for each round, and its memory grows on large files. */
const PCAP_PARSER_ROUNDS = 1

interface Count {
  frameCount: number
  originalByteCount: number
}

interface Contender {
  readonly name: string
  readonly rounds: number
  /** Null when it only reads bytes. */
  readonly read: (path: string) => Promise<Count | null>
}

const CONTENDERS: readonly Contender[] = [
  { name: 'cat', rounds: ROUNDS, read: readByCat },
  { name: 'nta', rounds: ROUNDS, read: readByNta },
  { name: 'pcap-parser', rounds: PCAP_PARSER_ROUNDS, read: readByPcapParser },
]

const names = process.argv.slice(2)
console.log(describeMachine())
for (const name of names.length > 0 ? names : USUAL) {
  const { path, byteCount } = await storedCapture(name, undefined, console.log)
  for (const contender of CONTENDERS) {
    if (contender.name === 'pcap-parser' && !name.endsWith('.pcap')) continue
    const { seconds, count } = await fastest(contender, path)
    const rate = `${(byteCount / 1e6 / seconds).toFixed(0)} MB/s`
    const found =
      count === null ? '' : `${count.frameCount} frames, ${count.originalByteCount} bytes on the wire`
    console.log(
      `${name.padEnd(20)} ${contender.name.padEnd(12)} ${seconds.toFixed(3)} s ${rate.padStart(12)}  ${found}`,
    )
  }
}

async function fastest(
  contender: Contender,
  path: string,
): Promise<{ seconds: number; count: Count | null }> {
  let seconds = Infinity
  let count: Count | null = null
  for (let round = 0; round < contender.rounds; round++) {
    const startMs = performance.now()
    count = await contender.read(path)
    seconds = Math.min(seconds, (performance.now() - startMs) / 1000)
  }
  return { seconds, count }
}

function readByCat(path: string): Promise<null> {
  spawnSync('cat', [path], { stdio: ['ignore', 'ignore', 'inherit'] })
  return Promise.resolve(null)
}

async function readByNta(path: string): Promise<Count> {
  const file = openCaptureFile(path)
  if ('kind' in file) throw new Error(file.message)
  const reader = new OpenReader()
  const batch = new FrameBatch()
  const count = { frameCount: 0, originalByteCount: 0 }
  const onBlock = (): 'continue' => {
    while (reader.next(batch) > 0) {
      count.frameCount += batch.count
      for (let i = 0; i < batch.count; i++) count.originalByteCount += batch.originalLength[i]!
    }
    return 'continue'
  }
  const compression = detectCompression(file)
  const source = new FileSource(file)
  await feedCapture(
    compression === 'none' ? source : new DecompressedSource(source, compression),
    reader,
    onBlock,
  )
  file.close()
  if (reader.ending?.kind !== 'complete') throw new Error(`${path}: ${String(reader.ending?.detail)}`)
  return count
}

function readByPcapParser(path: string): Promise<Count> {
  const count = { frameCount: 0, originalByteCount: 0 }
  const input: Readable = createReadStream(path, { highWaterMark: 65_536 })
  return new Promise((resolve, reject) => {
    pcapParser
      .parse(input)
      .on('packet', (packet) => {
        count.frameCount += 1
        count.originalByteCount += packet.header.originalLength
      })
      .on('end', () => resolve(count))
      .on('error', reject)
  })
}
