/** Where on the page a finding stands, for links to it. */

/** Findings with a card of their own, most severe first. More makes the page long beyond reading; the table has all. */
export const FINDING_CARD_COUNT_MAX = 50

/** Anchor of the card of the finding at this place of the list. */
export function findingAnchor(index: number): string {
  return `finding-${index + 1}`
}

/** Where a link to that finding leads: its card, or the table when it has none. */
export function findingHref(index: number): string {
  return index < FINDING_CARD_COUNT_MAX ? `#${findingAnchor(index)}` : '#finding-table'
}
