/** Counts packets and bytes with the npm package pcap-parser: `node pcap-parser.mjs FILE`. */

import console from 'node:console'
import process from 'node:process'
import pcapParser from 'pcap-parser'

let packetCount = 0
let byteCount = 0
const parser = pcapParser.parse(process.argv[2])
parser.on('packet', (packet) => {
  packetCount++
  byteCount += packet.header.originalLength
})
parser.on('end', () => console.log(packetCount, byteCount))
parser.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
