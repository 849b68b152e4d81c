/** Entries of a menu over a row, an address or a mark of a chart. */

import type { Component } from 'vue'

export interface MenuEntry {
  readonly label: string
  readonly icon?: Component
  readonly key?: string
  readonly run: () => void
  /** Begins a group; the text is its title, empty for a line only. */
  readonly group?: string
}
