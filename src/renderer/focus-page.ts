/** Where the keys go when what had the focus is gone: the page's table, else its heading, else the page itself. */

/** Moves the focus into the page; a page that is still being fetched gets it, and hands it on to what arrives. */
export function focusPage(main: HTMLElement | null = document.querySelector('main')): void {
  if (main === null || focusPlace(main)) return
  main.focus({ preventScroll: true })
  const arrivals = new MutationObserver(() => {
    if (document.activeElement !== main || focusPlace(main)) arrivals.disconnect()
  })
  arrivals.observe(main, { childList: true, subtree: true })
}

function focusPlace(main: HTMLElement): boolean {
  const place = main.querySelector<HTMLElement>('[role="grid"]') ?? main.querySelector<HTMLElement>('h1')
  if (place?.tagName === 'H1') place.tabIndex = -1
  place?.focus({ preventScroll: true })
  return place !== null
}

/** Nothing has the focus, or what had it was taken off the page. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
