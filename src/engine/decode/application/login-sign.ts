/** What one packet says about a login: credentials going out, or the answer to them. Secrets are skipped, never kept. */

/** Bytes of a user name kept. */
export const USER_LENGTH_MAX = 128

export const LoginKind = Object.freeze({
  none: 0,
  /** From the client: a user name in clear, without its secret. */
  user: 1,
  /** From the client: a secret in clear, with or without its user name. */
  secret: 2,
  /** From the client: credentials that are hashed, sealed or of unknown form. */
  attempt: 3,
  /** From the server. */
  failure: 4,
  success: 5,
})

/** Reused for every packet. */
export class LoginSign {
  /** One of LoginKind. */
  kind = 0
  /** The user name, when `userLength` is not 0. */
  readonly user = new Uint8Array(USER_LENGTH_MAX)
  userLength = 0

  reset(): void {
    this.kind = LoginKind.none
    this.userLength = 0
  }

  /** Keep a user name, cut to USER_LENGTH_MAX. */
  setUser(bytes: Uint8Array, offset: number, length: number): void {
    this.userLength = Math.min(length, USER_LENGTH_MAX)
    for (let i = 0; i < this.userLength; i++) this.user[i] = bytes[offset + i]!
  }
}

/**
 * Decode Base64 (RFC 4648 section 4) from `bytes[offset .. offset + length)` into `sign.user` until the byte `stop`, after
 * skipping `skipCount` parts that end with `stop`. What follows the name, the password, is never decoded to anywhere.
 * False when no name came out.
 */
export function decodeUser(
  bytes: Uint8Array,
  offset: number,
  length: number,
  stop: number,
  skipCount: number,
  sign: LoginSign,
): boolean {
  let bits = 0
  let bitCount = 0
  let left = skipCount
  let size = 0
  for (let i = 0; i < length; i++) {
    const value = base64Value(bytes[offset + i]!)
    if (value === -1) break
    bits = ((bits << 6) | value) & 0xffff
    bitCount += 6
    if (bitCount < 8) continue
    bitCount -= 8
    const byte = (bits >>> bitCount) & 255
    if (byte === stop) {
      if (left === 0) {
        sign.userLength = size
        return size > 0
      }
      left--
    } else if (left === 0 && size < USER_LENGTH_MAX) sign.user[size++] = byte
  }
  sign.userLength = stop === NOTHING ? size : 0
  return sign.userLength > 0
}

/** A `stop` that no byte equals: decode to the end. */
export const NOTHING = -1

function base64Value(byte: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61 + 26
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30 + 52
  if (byte === 0x2b || byte === 0x2d) return 62
  return byte === 0x2f || byte === 0x5f ? 63 : -1
}
