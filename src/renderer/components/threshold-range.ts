/** How far a threshold's slider reaches around the value a run used, and where its curve is counted. */

export interface SliderRange {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** Probabilities and shares stay between 0 and 1; everything else goes from a sixth to four times the value. */
export function sliderRange(name: string, value: number): SliderRange {
  if (/share|success|alarm|detection|probability|ratio/i.test(name) && value > 0 && value < 1) {
    return { min: 0.01, max: 0.99, step: 0.01 }
  }
  if (!Number.isInteger(value)) {
    const step = 10 ** Math.floor(Math.log10(Math.abs(value) || 1)) / 10
    return { min: step, max: Math.max(step * 2, round(value * 4, step)), step }
  }
  const max = Math.max(10, value * 4)
  const step = Math.max(1, 10 ** Math.floor(Math.log10(max / 100)))
  return { min: Math.max(1, Math.floor(value / 6 / step) * step), max: round(max, step), step }
}

function round(value: number, step: number): number {
  return Number((Math.ceil(value / step) * step).toPrecision(12))
}

/** Values along the slider, the one that ran among them, ascending; few enough for one question. */
export function curveValues(range: SliderRange, ran: number): number[] {
  const wanted = 40
  const count = Math.max(1, Math.min(wanted, Math.round((range.max - range.min) / range.step)))
  const values = new Set([ran])
  for (let place = 0; place <= count; place++) {
    const raw = range.min + ((range.max - range.min) * place) / count
    values.add(Number((Math.round(raw / range.step) * range.step).toPrecision(12)))
  }
  return [...values].sort((a, b) => a - b)
}
