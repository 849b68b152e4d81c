/** Contrast of the report's colours in both themes, as WCAG 2.2 computes it (1.4.3, 1.4.11). */

import { describe, expect, it } from 'vitest'
import { themeStyle } from './theme-style.ts'

/** Relative luminance of `#rrggbb` (WCAG 2.2, definition). */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r, g, b] = parts.map((one) => (one <= 0.040_45 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colours of each block of the style sheet: light first, then dark (twice the same). */
const themes = [...themeStyle.matchAll(/color-scheme: (light|dark);([^}]*)/g)].map(([, name, body]) => ({
  name: name!,
  colours: new Map(
    [...body!.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, key, value]) => [key!, value!]),
  ),
}))

describe.each(themes)('in the $name theme', ({ colours }) => {
  const of = (name: string) => colours.get(name)!

  it.each(['ink', 'quiet', 'link'])('%s reads on every ground', (name) => {
    for (const ground of ['ground', 'panel', 'mark']) {
      expect(contrast(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(['critical', 'high', 'medium', 'low', 'clear'])(
    '%s reads on every ground and on its own',
    (name) => {
      for (const ground of ['ground', 'panel', 'mark', `${name}-ground`]) {
        expect(contrast(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
      for (const text of ['ink', 'quiet', 'link']) {
        expect(contrast(of(text), of(`${name}-ground`)), `${text} on ${name}-ground`).toBeGreaterThanOrEqual(
          4.5,
        )
      }
    },
  )

  it.each(['low', 'medium', 'high', 'critical'])('%s reads inside a strip of any severity', (name) => {
    for (const strip of ['critical', 'high', 'medium', 'low']) {
      expect(contrast(of(name), of(`${strip}-ground`)), `${name} on ${strip}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(['s0', 's1', 's2', 's3', 's4', 's5', 's6', 'open', 'refused', 'filtered', 'silent', 'unknown'])(
    'the mark %s stands out from the page',
    (name) => {
      expect(contrast(of(name), of('ground')), name).toBeGreaterThanOrEqual(3)
    },
  )
})

describe('the themes', () => {
  it('are a light one and a dark one, said twice', () => {
    expect(themes.map(({ name }) => name)).toEqual(['light', 'dark', 'dark'])
    expect(themes[1]!.colours).toEqual(themes[2]!.colours)
    expect([...themes[0]!.colours.keys()]).toEqual([...themes[1]!.colours.keys()])
  })
})
