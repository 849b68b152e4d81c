/**
 * How many frames a capture holds, read a second time in the plainest way from the specifications (draft-ietf-opsawg-pcap,
 * draft-ietf-opsawg-pcapng): no blocks of bytes, no batches, no notes. The readers must agree with it on every input.
 */

export interface ModelledCapture {
  readonly frameCount: number
  readonly capturedByteCount: number
  /** Offset of the first byte that is no whole record or block. */
  readonly byteOffset: number
  /** Nanoseconds since 1970 of the last frame that has a time, null where none has. */
  readonly lastTimeNs: bigint | null
}

const USUAL_LENGTH_MAX = 262_144
const LONGER_LINK_TYPES: Readonly<Record<number, number>> = { 231: 1 << 27, 249: 1 << 27, 279: 1 << 23 }

const lengthMaxOf = (linkType: number): number => LONGER_LINK_TYPES[linkType] ?? USUAL_LENGTH_MAX

/** Null for what is neither, and for versions of pcap whose lengths stand in another order. */
export function modelCapture(file: Uint8Array): ModelledCapture | null {
  if (file.length < 28) return null
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const magic = view.getUint32(0)
  if (magic === 0x0a0d0d0a) return modelPcapng(view)
  for (const little of [false, true]) {
    const inOrder = view.getUint32(0, little)
    if (inOrder === 0xa1b2c3d4) return modelPcap(view, little, 16, 1_000_000n)
    if (inOrder === 0xa1b23c4d) return modelPcap(view, little, 16, 1_000_000_000n)
    if (inOrder === 0xa1b2cd34) return modelPcap(view, little, 24, 1_000_000n)
  }
  return null
}

function modelPcap(
  view: DataView,
  little: boolean,
  headerLength: number,
  ticksPerSecond: bigint,
): ModelledCapture | null {
  if (view.getUint16(4, little) !== 2 || view.getUint16(6, little) < 4) return null
  const lengthMax = lengthMaxOf(view.getUint32(20, little) & 0xffff)
  let [at, frameCount, capturedByteCount] = [24, 0, 0]
  let lastAt = -1
  while (at + headerLength <= view.byteLength) {
    const captured = view.getUint32(at + 8, little)
    if (captured > lengthMax || at + headerLength + captured > view.byteLength) break
    frameCount += 1
    capturedByteCount += captured
    lastAt = at
    at += headerLength + captured
  }
  const lastTimeNs =
    lastAt === -1
      ? null
      : BigInt(view.getUint32(lastAt, little)) * 1_000_000_000n +
        (BigInt(view.getUint32(lastAt + 4, little)) * 1_000_000_000n) / ticksPerSecond
  return { frameCount, capturedByteCount, byteOffset: at, lastTimeNs }
}

interface ModelledInterface {
  readonly linkType: number
  readonly snaplen: number
  readonly resolution: number
  readonly offsetSeconds: bigint
}

const LENGTH_MIN: Readonly<Record<number, number>> = {
  1: 20,
  2: 32,
  3: 16,
  5: 24,
  6: 32,
  10: 20,
  0xbad: 16,
  0x40000bad: 16,
}

function modelPcapng(view: DataView): ModelledCapture {
  const interfaces: ModelledInterface[] = []
  let firstOfSection = 0
  let little = true
  let [at, frameCount, capturedByteCount] = [0, 0, 0]
  let lastTimeNs: bigint | null = null
  while (at + 12 <= view.byteLength) {
    const isSection = view.getUint32(at) === 0x0a0d0d0a
    if (isSection) {
      if (view.getUint32(at + 8, true) === 0x1a2b3c4d) little = true
      else if (view.getUint32(at + 8) === 0x1a2b3c4d) little = false
      else break
    }
    const type = view.getUint32(at, little)
    const length = view.getUint32(at + 4, little)
    const lengthMin = isSection ? 28 : (LENGTH_MIN[type] ?? 12)
    if (length < lengthMin || length % 4 !== 0 || at + length > view.byteLength) break
    const end = at + length
    if (view.getUint32(end - 4, little) !== length) break
    if (isSection) {
      const minor = view.getUint16(at + 14, little)
      if (view.getUint16(at + 12, little) !== 1 || (minor !== 0 && minor !== 2)) break
      firstOfSection = interfaces.length
    } else if (type === 1) {
      interfaces.push(modelInterface(view, at, end - 4, little))
    } else if (type === 6 || type === 2) {
      const id = type === 6 ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little)
      const on = interfaces[firstOfSection + id]
      const captured = view.getUint32(at + 20, little)
      if (on === undefined || captured > length - 32 || captured > lengthMaxOf(on.linkType)) break
      frameCount += 1
      capturedByteCount += captured
      const ticks = (BigInt(view.getUint32(at + 12, little)) << 32n) | BigInt(view.getUint32(at + 16, little))
      lastTimeNs = timeOf(ticks, on)
    } else if (type === 3) {
      const on = interfaces[firstOfSection]
      if (on === undefined) break
      frameCount += 1
      const original = view.getUint32(at + 8, little)
      capturedByteCount += Math.min(original, length - 16, on.snaplen === 0 ? Infinity : on.snaplen)
    }
    at = end
  }
  return { frameCount, capturedByteCount, byteOffset: at, lastTimeNs }
}

function modelInterface(view: DataView, at: number, end: number, little: boolean): ModelledInterface {
  let resolution: number | null = null
  let offsetSeconds: bigint | null = null
  for (let option = at + 16; option + 4 <= end;) {
    const code = view.getUint16(option, little)
    const size = view.getUint16(option + 2, little)
    if (code === 0 || option + 4 + size > end) break
    if (code === 9 && size === 1) resolution ??= view.getUint8(option + 4)
    if (code === 14 && size === 8) offsetSeconds ??= view.getBigInt64(option + 4, little)
    option += 4 + Math.ceil(size / 4) * 4
  }
  return {
    linkType: view.getUint16(at + 8, little),
    snaplen: view.getUint32(at + 12, little),
    resolution: resolution ?? 6,
    offsetSeconds: offsetSeconds ?? 0n,
  }
}

function timeOf(ticks: bigint, { resolution, offsetSeconds }: ModelledInterface): bigint {
  const perSecond = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f)
  return (
    (ticks / perSecond + offsetSeconds) * 1_000_000_000n + ((ticks % perSecond) * 1_000_000_000n) / perSecond
  )
}
