import { describe, expect, it } from 'vitest'
import { curveValues, sliderRange } from './threshold-range.ts'

describe('a slider', () => {
  it('reaches below and above the value that ran', () => {
    const { min, max, step } = sliderRange('failedPorts', 15)
    expect([min, max, step]).toEqual([2, 60, 1])
  })

  it('of a probability stays a probability', () => {
    expect(sliderRange('benignSuccess', 0.8)).toEqual({ min: 0.01, max: 0.99, step: 0.01 })
  })

  it('of a fraction has steps finer than its value', () => {
    const { min, max, step } = sliderRange('cv', 0.35)
    expect(step).toBeCloseTo(0.01)
    expect(min).toBeLessThan(0.35)
    expect(max).toBeGreaterThan(1)
  })
})

it('the curve is counted at the value that ran too, and at no more values than a question may hold', () => {
  const values = curveValues(sliderRange('windowSeconds', 300), 300)
  expect(values).toContain(300)
  expect(values.length).toBeLessThanOrEqual(60)
  expect(values).toEqual([...values].sort((a, b) => a - b))
})
