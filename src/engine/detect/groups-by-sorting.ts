/** What goes together, by a text or number out of the capture: grouped by sorting, as no choice of keys can make that slow. */

/** The items of each key (texts, or numbers, never both), in their own order; the group with the first item first. */
export function groupsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | number): Item[][] {
  const keys = items.map(keyOf)
  const places = Array.from(keys.keys()).sort((x, y) => compare(keys[x]!, keys[y]!) || x - y)
  const groups: { readonly first: number; readonly members: Item[] }[] = []
  let previous = -1
  for (const place of places) {
    if (previous !== -1 && keys[place] === keys[previous]) groups.at(-1)!.members.push(items[place]!)
    else groups.push({ first: place, members: [items[place]!] })
    previous = place
  }
  return groups.sort((x, y) => x.first - y.first).map(({ members }) => members)
}

/** Each value once, in the order in which they first stand. */
export function distinct<Value extends string | number>(values: readonly Value[]): Value[] {
  return groupsBy(values, (value) => value).map(([value]) => value!)
}

function compare(x: string | number, y: string | number): number {
  return x < y ? -1 : x > y ? 1 : 0
}
