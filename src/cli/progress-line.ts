/** One line of progress on a terminal, rewritten in place: share, packets a second, bytes a second, time left. */

import type { AnalysisProgress } from '../node/run-analysis.ts'
import { bytesText, countText, durationText } from './figures.ts'

/** Ten times a second reads as smooth and costs nothing. */
const REDRAW_MS = 100
const BAR_CELLS = 24
/** Takes the cursor to the line's start and clears it. */
const CLEAR_LINE = '\r\x1b[2K'

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  readonly #isShown: boolean
  #drawnMs = 0
  #isDrawn = false

  /** Draws nothing unless `stream` is a terminal and `isWanted`. */
  constructor(stream: NodeJS.WriteStream, isWanted: boolean) {
    this.#stream = stream
    this.#isShown = isWanted && stream.isTTY
  }

  show(progress: AnalysisProgress): void {
    if (!this.#isShown) return
    const nowMs = performance.now()
    if (nowMs - this.#drawnMs < REDRAW_MS) return
    this.#drawnMs = nowMs
    this.#isDrawn = true
    const line = progressText(progress)
    this.#stream.write(CLEAR_LINE + line.slice(0, Math.max(10, (this.#stream.columns || 80) - 1)))
  }

  clear(): void {
    if (this.#isDrawn) this.#stream.write(CLEAR_LINE)
    this.#isDrawn = false
  }
}

/** The line's text for a state of progress. */
export function progressText({
  bytesRead,
  bytesTotal,
  packetCount,
  elapsedSeconds,
}: AnalysisProgress): string {
  const rate = elapsedSeconds === 0 ? 0 : bytesRead / elapsedSeconds
  const packetRate = elapsedSeconds === 0 ? 0 : packetCount / elapsedSeconds
  const soFar = `${countText(packetCount)} packets, ${countText(packetRate)} packets/s, ${bytesText(rate)}/s`
  // Of a pipe nobody knows how much is to come.
  if (bytesTotal === Infinity) return `${bytesText(bytesRead)}  ${soFar}`
  const share = bytesTotal === 0 ? 0 : Math.min(1, bytesRead / bytesTotal)
  const filled = Math.round(share * BAR_CELLS)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled)
  const left = rate === 0 ? '' : `, ${durationText((bytesTotal - bytesRead) / rate)} left`
  return `${bar} ${(share * 100).toFixed(0).padStart(3)} %  ${soFar}${left}`
}
