/**
 * Draws every icon from build/icon.svg: `tsx tools/make-icons.ts`. The results are kept with the sources, so that a
 * build needs no browser. Windows' ICO and macOS's ICNS are containers of PNG images.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from './find-browser.ts'

const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const
/** Sizes Windows looks for (Microsoft, Construct your Windows app's icon). */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const
/** OSType of each image of an Apple icon (Apple, ICNS), by pixels: plain ones and those for double resolution. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
] as const

const svg = readFileSync('build/icon.svg', 'utf8')
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
const images = new Map<number, Buffer>()
for (const size of PNG_SIZES) images.set(size, await drawn(page, size))
await browser.close()

for (const size of [16, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(`build/icons/${size}x${size}.png`, images.get(size)!)
}
writeFileSync('build/icon.png', images.get(1024)!)
writeFileSync('build/icon.ico', ico(ICO_SIZES.map((size) => ({ size, png: images.get(size)! }))))
writeFileSync('build/icon.icns', icns(ICNS_TYPES.map(([type, size]) => ({ type, png: images.get(size)! }))))

async function drawn(page: Page, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  )
  return page.screenshot({ omitBackground: true })
}

/** ICONDIR, one ICONDIRENTRY per image, then the images. A size of 256 is written as 0. */
function ico(entries: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * entries.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(entries.length, 4)
  let offset = head.length
  for (const [place, { size, png }] of entries.entries()) {
    const at = 6 + 16 * place
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...entries.map(({ png }) => png)])
}

/** `icns`, the length of the file, then each image behind its type and length, big-endian. */
function icns(entries: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const pieces = entries.map(({ type, png }) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(png.length + 8, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.from('icns\0\0\0\0', 'latin1')
  const file = Buffer.concat([head, ...pieces])
  file.writeUInt32BE(file.length, 4)
  return file
}
