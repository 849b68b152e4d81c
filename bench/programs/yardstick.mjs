/**
 * The fixed work that `bench --quick` measures nta against: `node yardstick.mjs FILE PASSES`. It must never change.
 *
 * It hops over the record headers of a little-endian pcap, hashes 40 bytes of each frame and counts in a slot of a table far
 * larger than any cache, so that a slow disk, a busy processor and a crowded cache slow it as they slow an analysis.
 */

import console from 'node:console'
import { readFileSync } from 'node:fs'
import process from 'node:process'

const SLOT_COUNT = 1 << 24

const [path = '', passes = '1'] = process.argv.slice(2)
const slots = new Int32Array(SLOT_COUNT)
const bytes = readFileSync(path)
let collisionCount = 0
for (let pass = 0; pass < Number(passes); pass++) collisionCount += walk(pass)
console.log(collisionCount)

function walk(/** @type {number} */ seed) {
  let collisions = 0
  let at = 24
  while (at + 16 <= bytes.length) {
    const length = bytes[at + 8] | (bytes[at + 9] << 8) | (bytes[at + 10] << 16) | (bytes[at + 11] << 24)
    let hash = seed
    const end = Math.min(at + 16 + 54, bytes.length)
    for (let i = at + 16 + 14; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
    const slot = (hash ^ (hash >>> 15)) & (SLOT_COUNT - 1)
    if (slots[slot] !== 0) collisions++
    slots[slot]++
    at += 16 + length
  }
  return collisions
}
