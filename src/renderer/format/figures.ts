/** Numbers as people read them: grouped digits, a unit always, SI (ISO 80000-1) or IEC (IEC 80000-13) prefixes. */

import type { Settings } from '../../contract/index.ts'

export type ByteUnits = Settings['byteUnits']
export type RateUnit = Settings['rateUnit']

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const prefixes = {
  si: { step: 1000, names: ['', 'k', 'M', 'G', 'T', 'P'] },
  iec: { step: 1024, names: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] },
} as const

const noBreak = '\u00a0'

export function countText(count: number): string {
  return whole.format(count)
}

/** `1 host`, `2,000 hosts`; a plural other than an added s is given. */
export function countedText(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)}${noBreak}${count === 1 ? one : many}`
}

/** Three significant digits and a prefix, `step` apart; whole numbers below the first prefix. */
function scaled(value: number, units: ByteUnits): { readonly figure: string; readonly prefix: string } {
  const { step, names } = prefixes[units]
  let rest = Math.abs(value)
  let power = 0
  while (rest >= step && power < names.length - 1) {
    rest /= step
    power++
  }
  // 999.7 would read as 1000 of its unit.
  if (power > 0 && power < names.length - 1 && Number(rest.toPrecision(3)) >= step) {
    rest /= step
    power++
  }
  // Next to nothing is not nothing: a rate of some bytes in years.
  if (rest > 0 && rest < 0.005) return { figure: value.toExponential(1), prefix: '' }
  const digits = power === 0 && Number.isInteger(value) ? 0 : rest >= 100 ? 0 : rest >= 10 ? 1 : 2
  const figure = (value < 0 ? -rest : rest).toFixed(digits)
  return { figure, prefix: names[power]! }
}

/** `1.53 MB` or `1.46 MiB`. */
export function bytesText(byteCount: number, units: ByteUnits): string {
  const { figure, prefix } = scaled(byteCount, units)
  return `${figure}${noBreak}${prefix}B`
}

/** `1,534,211 bytes`, for tooltips and copies. */
export function exactBytesText(byteCount: number): string {
  return countedText(byteCount, 'byte')
}

/** Bytes a second as bits or bytes a second. Network rates in bits are SI whatever the setting, as on any switch. */
export function rateText(bytesPerSecond: number, rateUnit: RateUnit, units: ByteUnits): string {
  const isBits = rateUnit === 'bits'
  const { figure, prefix } = scaled(isBits ? bytesPerSecond * 8 : bytesPerSecond, isBits ? 'si' : units)
  return `${figure}${noBreak}${prefix}${isBits ? 'bit' : 'B'}/s`
}

/** `12.3 k/s` for packets and other counted things. */
export function perSecondText(value: number, noun: string): string {
  const { figure, prefix } = scaled(value >= 100 ? Math.round(value) : value, 'si')
  return `${figure}${prefix === '' ? '' : `${noBreak}${prefix}`}${noBreak}${noun}/s`
}

/** A compact count for axes: `1.2 M`. */
export function shortCountText(value: number): string {
  const { figure, prefix } = scaled(value, 'si')
  return prefix === '' ? figure : `${figure}${noBreak}${prefix}`
}

/** A share from 0 to 1 as per cent; a share that is not zero never reads as zero. */
export function shareText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return `<${noBreak}0.1${noBreak}%`
  if (percent < 100 && percent > 99.9) return `>${noBreak}99.9${noBreak}%`
  return `${percent >= 10 || percent === 0 ? percent.toFixed(percent === 100 || percent === 0 ? 0 : 1) : percent.toFixed(1)}${noBreak}%`
}

/** Any number of a rule: whole ones grouped, others with at most four significant digits. */
export function figureText(value: number): string {
  if (Number.isInteger(value)) return countText(value)
  return String(Number(value.toPrecision(4)))
}
