/** Numbers as text: thousands grouped, the unit always printed, decimal (SI) prefixes as capinfos uses them. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const precise = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const exactlyThreeDigits = new Intl.NumberFormat('en', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
})

/** What stands where there is no value. */
export const NO_VALUE = '–'

/** `1,234,567` */
export function count(value: number): string {
  return grouped.format(value)
}

/** `1 packet`, `2,000 packets`, `no packets` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return value === 0 ? `no ${many}` : `${count(value)} ${value === 1 ? one : many}`
}

/** A number of a measure or threshold, at most six decimals. */
export function decimal(value: number): string {
  return precise.format(value)
}

/** Exact bytes with their unit: `1,234,567 B` */
export function bytes(value: number): string {
  return `${count(value)} B`
}

/** Three significant digits and an SI prefix: `1.20 MB`; `unit` is `B`, `bit/s`, `packets/s`, … Below 1000 as it is. */
export function scaled(value: number, unit: string): string {
  const { rest, prefix } = prefixed(value)
  return `${(prefix === '' ? threeDigits : exactlyThreeDigits).format(rest)} ${prefix}${unit}`
}

/** The same for the round numbers of a scale: `20 kbit/s`. */
export function rounded(value: number, unit: string): string {
  const { rest, prefix } = prefixed(value)
  return `${threeDigits.format(rest)} ${prefix}${unit}`
}

function prefixed(value: number) {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E']
  let index = 0
  let rest = value
  // 999.5 would print as 1,000 of the smaller prefix.
  while (Math.abs(rest) >= 999.5 && index < prefixes.length - 1) {
    rest /= 1000
    index += 1
  }
  return { rest, prefix: prefixes[index]! }
}

/** `12.3 %`; a share of something that is not nothing never prints as 0 %. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return NO_VALUE
  const share = (part / whole) * 100
  if (share > 0 && share < 0.01) return '<0.01 %'
  if (share > 99.99 && share < 100) return '>99.99 %'
  return `${share.toFixed(share < 1 ? 2 : 1)} %`
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** The two largest units: `3 d 04 h`, `2 min 07 s`; below a minute three digits: `12.3 s`, `450 µs`. */
export function duration(seconds: number): string {
  if (seconds < 60) return shortDuration(seconds)
  // Rounded to the smaller of the two units first, or 59.6 s after 1 min would print as 60 s.
  const largest = units.findIndex(([, size]) => seconds >= size)
  const [, smallerSize] = units[largest + 1]!
  const rounded = Math.round(seconds / smallerSize) * smallerSize
  const at = units.findIndex(([, size]) => rounded >= size)
  const [name, size] = units[at]!
  const [smallerName, smaller] = units[at + 1]!
  const rest = Math.round((rounded % size) / smaller)
  return `${count(Math.floor(rounded / size))} ${name} ${String(rest).padStart(2, '0')} ${smallerName}`
}

function shortDuration(seconds: number): string {
  if (seconds === 0) return '0 s'
  if (seconds >= 0.9995) return `${threeDigits.format(seconds)} s`
  if (seconds >= 0.9995e-3) return `${threeDigits.format(seconds * 1e3)} ms`
  if (seconds >= 0.9995e-6) return `${threeDigits.format(seconds * 1e6)} µs`
  return `${threeDigits.format(seconds * 1e9)} ns`
}
