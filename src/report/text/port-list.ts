/** Lists of ports as ranges, cut where they grow long, with how many ports are left out. */

import { count } from './figures.ts'
import { cutText, SHOWN_LENGTH_MAX } from './visible-text.ts'

const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/

/** `21-25, 80 and 393 more ports`: whole ranges of `ports` (`21-25,80,443`), as many as `lengthMax` characters hold. */
export function portList(ports: string, lengthMax = SHOWN_LENGTH_MAX): string {
  const ranges = ports.split(',')
  const sizes = ranges.map(sizeOf)
  if (sizes.some((size) => size === null)) return cutText(ports, lengthMax).replaceAll(',', ', ')
  let shown = 0
  let length = 0
  while (shown < ranges.length && length + ranges[shown]!.length <= lengthMax) {
    length += ranges[shown]!.length + 1
    shown++
  }
  const list = ranges.slice(0, shown).join(', ')
  const left = sizes.slice(shown).reduce<number>((sum, size) => sum + size!, 0)
  return left === 0 ? list : `${list} and ${count(left)} more ${left === 1 ? 'port' : 'ports'}`
}

function sizeOf(range: string): number | null {
  const [, first, last] = RANGE.exec(range) ?? []
  if (first === undefined) return null
  return last === undefined ? 1 : Math.max(1, Number(last) - Number(first) + 1)
}
