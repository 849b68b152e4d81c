import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { SETTLE_MS, useSettled } from './useSettled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a settled value', () => {
  it('changes once for many steps, and to the last of them', async () => {
    const moving = shallowRef(0)
    const scope = effectScope()
    const settled = scope.run(() => useSettled(() => moving.value))!
    for (let step = 1; step <= 8; step++) {
      moving.value = step
      await nextTick()
      vi.advanceTimersByTime(SETTLE_MS - 1)
      expect(settled.value).toBe(0)
    }
    vi.advanceTimersByTime(1)
    expect(settled.value).toBe(8)
    scope.stop()
  })
})
