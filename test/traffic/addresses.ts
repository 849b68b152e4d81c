/** Addresses as people write them, to bytes: MAC (IEEE 802), IPv4 (RFC 791) and IPv6 (RFC 4291, RFC 5952). */

/** `02:00:0a:00:00:01` to 6 bytes. */
export function macBytes(address: string): Uint8Array {
  const parts = address.split(':')
  if (parts.length !== 6) throw new Error(`not a MAC address: ${address}`)
  return Uint8Array.from(parts, (part) => Number.parseInt(part, 16))
}

/** `10.0.0.1` to 4 bytes. */
export function ipv4Bytes(address: string): Uint8Array {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) {
    throw new Error(`not an IPv4 address: ${address}`)
  }
  return Uint8Array.from(parts)
}

/** `2001:db8::1` to 16 bytes. Not for the form with an IPv4 tail. */
export function ipv6Bytes(address: string): Uint8Array {
  const [head = '', tail] = address.split('::')
  const groups = (side: string): number[] =>
    side
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const missing = 8 - before.length - after.length
  if (missing < 0 || (tail === undefined && missing !== 0)) throw new Error(`not an IPv6 address: ${address}`)
  const all = [...before, ...new Array<number>(missing).fill(0), ...after]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

export function isIpv6(address: string): boolean {
  return address.includes(':')
}

/** 4 or 16 bytes, by the look of the text. */
export function ipBytes(address: string): Uint8Array {
  return isIpv6(address) ? ipv6Bytes(address) : ipv4Bytes(address)
}

/** A locally administered MAC that belongs to the address alone: `02:00:` and the address's last four bytes. */
export function macOf(address: string): string {
  const last = ipBytes(address).slice(-4)
  return ['02', '00', ...Array.from(last, (byte) => byte.toString(16).padStart(2, '0'))].join(':')
}

/** The n-th address after `first` in the same network: `nthAddress('10.0.0.0', 258)` is `10.0.1.2`. */
export function nthAddress(first: string, n: number): string {
  const bytes = ipBytes(first)
  let carry = n
  for (let i = bytes.length - 1; i >= 0 && carry > 0; i--) {
    const sum = (bytes[i] ?? 0) + carry
    bytes[i] = sum % 256
    carry = Math.floor(sum / 256)
  }
  if (!isIpv6(first)) return bytes.join('.')
  const groups: string[] = []
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16))
  return groups.join(':')
}
