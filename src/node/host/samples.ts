/** The small captures that come with the program, for a first look. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sample } from '../../contract/index.ts'
import { type CaptureOffers, hasCaptureName } from './captures.ts'

/** A row of the table in the folder's README: `| `file` | what happens | what the program says |`. */
const README_ROW = /^\|\s*`([^`|]+)`\s*\|([^|]+)\|([^|]+)\|\s*$/gm

/**
 * The captures of the folder, described by its README, which is written for people and so is kept right. Those it does
 * not name come last, under their own names.
 */
export function samplesIn(folder: string, offers: CaptureOffers): Sample[] {
  const files = captureFilesIn(folder)
  const described = readmeRows(join(folder, 'README.md')).filter(({ file }) => files.includes(file))
  const others = files.filter((file) => described.every((row) => row.file !== file))
  return [...described, ...others.map((file) => ({ file, shows: '' }))]
    .slice(0, SAMPLES_MAX)
    .map(({ file, shows }) => ({
      capture: offers.offer(join(folder, file)),
      title: titleOf(file),
      shows,
    }))
}

const SAMPLES_MAX = 50

function captureFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(hasCaptureName).sort()
  } catch {
    return []
  }
}

function readmeRows(path: string): { readonly file: string; readonly shows: string }[] {
  try {
    return [...readFileSync(path, 'utf8').matchAll(README_ROW)].map(
      ([, file = '', happens = '', says = '']) => ({
        file,
        shows: `${plain(happens)}. ${plain(says)}.`.slice(0, 1000),
      }),
    )
  } catch {
    return []
  }
}

/** Markdown's marks for code are nothing on a page. */
function plain(text: string): string {
  return text.replaceAll('`', '').trim().replace(/\.$/, '')
}

/** Words of file names that people write in capitals. */
const ACRONYMS: readonly string[] = ['arp', 'dns', 'ssh', 'tcp', 'udp', 'icmp', 'ftp', 'http']

/** `port-scan.pcapng` is called Port scan. */
function titleOf(file: string): string {
  const words = file
    .replace(/\..*$/, '')
    .split('-')
    .map((word) => (ACRONYMS.includes(word) ? word.toUpperCase() : word))
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
