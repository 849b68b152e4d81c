/**
 * Turns the 64-bit ticks of a pcapng packet into seconds and nanoseconds, exactly (nanoseconds rounded down).
 * Resolutions: option if_tsresol, draft-ietf-opsawg-pcapng, section 4.2.
 */

/** 10^-6, which holds where an interface does not say. */
export const DEFAULT_RESOLUTION = 6

const POWER_OF_TWO_BIT = 0x80
const BINARY_EXPONENT_MAX = 63
const DECIMAL_EXPONENT_MAX = 9
const WORD = 4_294_967_296
/** Below it the ticks as a whole are within 2^53, so that a double holds them exactly. */
const EXACT_HIGH_MAX = 2 ** 21

export class TickClock {
  /** Such as `10^-6` or `2^-20`: seconds per tick. */
  readonly resolutionText: string
  /** Result of the last `convert`. Above 2^53 it is no longer exact. */
  seconds = 0
  nanoseconds = 0
  readonly #isDecimal: boolean
  readonly #isBinary: boolean
  readonly #exponent: number
  readonly #ticksPerSecond: number
  readonly #nanosecondsPerTick: number

  /** `resolution`: the byte of if_tsresol; 6 is 10^-6, 0x80 + 20 is 2^-20. */
  constructor(resolution: number) {
    const isPowerOfTwo = (resolution & POWER_OF_TWO_BIT) !== 0
    this.#exponent = resolution & 0x7f
    this.#isDecimal = !isPowerOfTwo && this.#exponent <= DECIMAL_EXPONENT_MAX
    this.#isBinary = isPowerOfTwo && this.#exponent <= BINARY_EXPONENT_MAX
    this.#ticksPerSecond = (isPowerOfTwo ? 2 : 10) ** this.#exponent
    this.#nanosecondsPerTick = 1_000_000_000 / this.#ticksPerSecond
    this.resolutionText = `${isPowerOfTwo ? 2 : 10}^-${this.#exponent}`
  }

  /** Is a tick shorter than a picosecond? No clock measures that, so the byte is probably damaged. */
  get isImplausible(): boolean {
    return this.#ticksPerSecond > 1.1e12
  }

  /** `high` and `low` are the two words of the ticks, each 0 to 2^32 - 1. The result is in `seconds` and `nanoseconds`. */
  convert(high: number, low: number): void {
    if (this.#isDecimal) this.#convertDecimal(high, low)
    else if (this.#isBinary) this.#convertBinary(high, low)
    else this.#convertWithBigInt(high, low)
  }

  #convertDecimal(high: number, low: number): void {
    const divisor = this.#ticksPerSecond
    if (high < EXACT_HIGH_MAX) {
      // Rounding cannot lift the quotient to the next whole number: both it and the divisor are factors of less than
      // 2^53, so half a unit in its last place is less than one part of the divisor.
      const ticks = high * WORD + low
      this.seconds = Math.floor(ticks / divisor)
      this.nanoseconds = (ticks - this.seconds * divisor) * this.#nanosecondsPerTick
      return
    }
    this.#divideLong(high, low)
  }

  /** Long division in steps of 16 bits: with at most 10^9 ticks a second no step exceeds 2^46, which doubles hold. */
  #divideLong(high: number, low: number): void {
    const divisor = this.#ticksPerSecond
    const top = high < divisor ? 0 : Math.floor(high / divisor)
    const middleDividend = (high - top * divisor) * 65_536 + (low >>> 16)
    const middle = Math.floor(middleDividend / divisor)
    const bottomDividend = (middleDividend - middle * divisor) * 65_536 + (low & 0xffff)
    const bottom = Math.floor(bottomDividend / divisor)
    this.seconds = top * WORD + middle * 65_536 + bottom
    this.nanoseconds = (bottomDividend - bottom * divisor) * this.#nanosecondsPerTick
  }

  /**
   * fraction × 10^9 / 2^n is fraction × 1,953,125 / 2^(n - 9), and 1,953,125 is below 2^21, so each of the fraction's
   * two words can be multiplied by it within 2^53.
   */
  #convertBinary(high: number, low: number): void {
    const exponent = this.#exponent
    if (exponent <= 32) {
      const perSecond = this.#ticksPerSecond
      const lowSeconds = Math.floor(low / perSecond)
      this.seconds = high * (WORD / perSecond) + lowSeconds
      this.nanoseconds = Math.floor(((low - lowSeconds * perSecond) * 1_953_125) / (perSecond / 512))
      return
    }
    const highPerSecond = 2 ** (exponent - 32)
    this.seconds = Math.floor(high / highPerSecond)
    const lowProduct = low * 1_953_125
    const carry = Math.floor(lowProduct / WORD)
    const highProduct = (high % highPerSecond) * 1_953_125 + carry
    const lowRest = lowProduct - carry * WORD
    // highProduct × 2^32 + lowRest, divided by 2^(exponent - 9).
    this.nanoseconds =
      exponent >= 41
        ? Math.floor(highProduct / 2 ** (exponent - 41))
        : highProduct * 2 ** (41 - exponent) + Math.floor(lowRest / 2 ** (exponent - 9))
  }

  /** Resolutions that no clock has; slow and exact. */
  #convertWithBigInt(high: number, low: number): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low)
    const perSecond = (this.resolutionText.startsWith('2') ? 2n : 10n) ** BigInt(this.#exponent)
    this.seconds = Number(ticks / perSecond)
    this.nanoseconds = Number(((ticks % perSecond) * 1_000_000_000n) / perSecond)
  }
}
