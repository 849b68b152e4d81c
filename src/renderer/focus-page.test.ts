import { afterEach, describe, expect, it, vi } from 'vitest'
import { focusPage, isFocusLost } from './focus-page.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the focus of a page', () => {
  it.each([
    ['its table', '<h1>Scanners</h1><div role="grid" tabindex="0"></div>', 'DIV'],
    ['its heading, where it has no table', '<h1>Overview</h1>', 'H1'],
    ['the page itself, where it has neither', '<p>still fetching</p>', 'MAIN'],
  ])('goes to %s', (_, inside, tag) => {
    document.body.innerHTML = `<main tabindex="-1">${inside}</main>`
    expect(isFocusLost()).toBe(true)
    focusPage()
    expect(document.activeElement?.tagName).toBe(tag)
    expect(isFocusLost()).toBe(false)
  })

  it('is handed on to a table that arrives later', async () => {
    document.body.innerHTML = '<main tabindex="-1"></main>'
    focusPage()
    const table = document.createElement('div')
    table.setAttribute('role', 'grid')
    table.tabIndex = 0
    document.querySelector('main')!.append(table)
    await vi.waitFor(() => expect(document.activeElement).toBe(table))
  })
})
