/** The one menu that opens where something was pointed at, or beside what has the focus. */

import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { MenuEntry } from '../components/menu-entry.ts'

export interface PointMenu {
  readonly opened: ShallowRef<{
    readonly title: string
    readonly entries: readonly MenuEntry[]
    readonly x: number
    readonly y: number
    readonly returnTo: HTMLElement | null
  } | null>
  open: (title: string, entries: readonly MenuEntry[], at: Event | HTMLElement) => void
}

export const pointMenuKey: InjectionKey<PointMenu> = Symbol('point menu')

export function createPointMenu(): PointMenu {
  const opened: PointMenu['opened'] = shallowRef(null)
  return {
    opened,
    open(title, entries, at) {
      const returnTo = document.activeElement instanceof HTMLElement ? document.activeElement : null
      const isPointed = at instanceof MouseEvent && (at.clientX !== 0 || at.clientY !== 0)
      const element =
        at instanceof HTMLElement ? at : at.currentTarget instanceof HTMLElement ? at.currentTarget : null
      const box = element?.getBoundingClientRect()
      const x = isPointed ? at.clientX : (box?.left ?? 100) + 8
      const y = isPointed ? at.clientY : (box?.bottom ?? 100)
      opened.value = { title, entries, x, y, returnTo }
    },
  }
}

export function usePointMenu(): PointMenu {
  const menu = inject(pointMenuKey)
  if (menu === undefined) throw new Error('A component was mounted outside the window that App.vue makes.')
  return menu
}
