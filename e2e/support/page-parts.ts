/** Where a page's parts are, as a person would name them. */

import type { Locator, Page } from '@playwright/test'

export const nav = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name })
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true })
export const rowsOf = (page: Page, table: string): Locator =>
  page.getByRole('grid', { name: table }).locator('[data-place]')

/** The overview of a capture that was read to its end; while it is being read, other pages show the same charts. */
export const wholeOverview = (page: Page): Locator => heading(page, 'Top talkers')
