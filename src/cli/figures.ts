/** Numbers as people read them in a terminal: grouped, with their unit, never rounded without saying so. */

/** Made with the first number: it takes 20 ms, more than a quiet run has to spare. */
let grouped: Intl.NumberFormat | undefined

/** 1234567 as 1,234,567. */
export function countText(count: number): string {
  grouped ??= new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
  return grouped.format(count)
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes in SI units with three significant digits: 1.23 MB. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? String(Math.round(value)) : threeDigits(value)} ${UNITS[unit]!}`
}

function threeDigits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2)
}

/** Bits a second in SI units. */
export function bitRateText(bytesPerSecond: number): string {
  return bytesText(bytesPerSecond * 8).replace('B', 'bit/s')
}

/** Seconds as 2 d 03 h, 1 h 02 min, 4 min 05 s, 12.3 s, 45 ms or 12 µs. */
export function durationText(seconds: number): string {
  if (seconds >= 86_400)
    return `${countText(Math.floor(seconds / 86_400))} d ${pad((seconds % 86_400) / 3600)} h`
  if (seconds >= 3600) return `${String(Math.floor(seconds / 3600))} h ${pad((seconds % 3600) / 60)} min`
  if (seconds >= 60) return `${String(Math.floor(seconds / 60))} min ${pad(seconds % 60)} s`
  if (seconds >= 1) return `${seconds.toFixed(1)} s`
  if (seconds >= 0.001) return `${(seconds * 1000).toFixed(1)} ms`
  return `${(seconds * 1e6).toFixed(0)} µs`
}

function pad(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}

/** 0.1234 as 12.3 %; what is there but would round to nothing as <0.1 %. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %'
  return `${(share * 100).toFixed(1)} %`
}

/** Exact `seconds.nanoseconds` as a date in UTC or the local zone, zone printed, all nine digits kept. */
export function momentText(timestamp: string, timeZone: 'utc' | 'local'): string {
  const seconds = Number(timestamp.split('.')[0])
  const fraction = timestamp.split('.')[1] ?? '000000000'
  const isNegative = timestamp.startsWith('-')
  const date = new Date(Math.floor(isNegative ? Number(timestamp) : seconds) * 1000)
  if (isNegative || Number.isNaN(date.getTime())) return `${timestamp} s since 1970`
  if (timeZone === 'utc') return `${date.toISOString().slice(0, 19).replace('T', ' ')}.${fraction} UTC`
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const offset = -date.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction} ${zone}`
}

/** Whether a SHA-256 is one: zeros stand where it was not computed. */
export function isComputed(sha256: string): boolean {
  return !/^0*$/.test(sha256)
}
