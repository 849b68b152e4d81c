import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { emptyFilter } from '../../contract/index.ts'
import { useView, type ViewHistory, withChip } from './useView.ts'

/** As a browser keeps it, without a window. */
function start(state: unknown = null) {
  const target = new EventTarget()
  const entries: unknown[] = [state]
  let place = 0
  const move = (step: number): void => {
    place = Math.min(Math.max(0, place + step), entries.length - 1)
    target.dispatchEvent(Object.assign(new Event('popstate'), { state: entries[place] }))
  }
  const history: ViewHistory = {
    get state() {
      return entries[place]
    },
    pushState(next) {
      entries.splice(++place, entries.length, next)
    },
    replaceState(next) {
      entries[place] = next
    },
    back: () => move(-1),
    forward: () => move(1),
  }
  const view = effectScope().run(() => useView(history, target))!
  return { view, entries }
}

describe('the view', () => {
  it('goes back and forward through pages and filters', () => {
    const { view } = start()
    view.go('overview')
    view.addChip('address', '10.0.0.1', 'include')
    view.go('findings', { item: 'F1' })
    view.back()
    expect(view.view.value).toMatchObject({ page: 'overview', filter: { chips: [{ values: ['10.0.0.1'] }] } })
    view.back()
    expect(view.isFiltered.value).toBe(false)
    view.forward()
    view.forward()
    expect(view.view.value).toMatchObject({ page: 'findings', item: 'F1' })
  })

  it('keeps its filter from page to page', () => {
    const { view } = start()
    view.setTime({ startSeconds: 1, endSeconds: 2 })
    view.go('scanners')
    expect(view.filter.value.time).toEqual({ startSeconds: 1, endSeconds: 2 })
  })

  it('makes no step of history where nothing changes', () => {
    const { view, entries } = start()
    view.go('overview')
    view.go('overview')
    view.setText('')
    expect(entries).toHaveLength(2)
  })

  it('starts anew from a history that another version wrote', () => {
    expect(start({ page: 'overview', filter: { chips: 'many' } }).view.view.value.page).toBe('start')
    expect(start('nonsense').view.view.value.page).toBe('start')
  })

  it('puts only in place of all other chips', () => {
    const { view } = start()
    view.addChip('port', '80', 'include')
    view.addChip('address', '10.0.0.1', 'only')
    expect(view.filter.value.chips).toEqual([{ field: 'address', mode: 'include', values: ['10.0.0.1'] }])
  })

  it('turns a chip round and takes single values away', () => {
    const { view } = start()
    view.addChip('port', '80', 'include')
    view.addChip('port', '443', 'include')
    view.flipChip(0)
    view.removeChip(0, '80')
    expect(view.filter.value.chips).toEqual([{ field: 'port', mode: 'exclude', values: ['443'] }])
    view.removeChip(0, '443')
    expect(view.filter.value).toEqual(emptyFilter)
  })
})

describe('a chip', () => {
  it('joins one of the same field and mode', () => {
    const chips = withChip(withChip([], 'port', '80', 'include'), 'port', '443', 'include')
    expect(chips).toEqual([{ field: 'port', mode: 'include', values: ['80', '443'] }])
    expect(withChip(chips, 'port', '80', 'include')).toEqual(chips)
  })

  it('that says the opposite takes the value out of the other', () => {
    const chips = withChip(withChip([], 'port', '80', 'include'), 'port', '80', 'exclude')
    expect(chips).toEqual([{ field: 'port', mode: 'exclude', values: ['80'] }])
  })
})
