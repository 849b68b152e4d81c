/** Places of a graph's nodes on a circle, neighbours in traffic beside each other, the same every time. */

export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly weight: number
}

/**
 * An order of `count` nodes in which those joined by heavy edges stand close: each next node is the one with most
 * weight towards those already placed, the heaviest first. Ties go to the lower index.
 */
export function circleOrder(count: number, edges: readonly GraphEdge[]): number[] {
  const total = new Float64Array(count)
  for (const { from, to, weight } of edges) {
    total[from] = (total[from] ?? 0) + weight
    total[to] = (total[to] ?? 0) + weight
  }
  const towards = new Float64Array(count)
  const isPlaced = new Uint8Array(count)
  const order: number[] = []
  while (order.length < count) {
    let best = -1
    for (let node = 0; node < count; node++) {
      if (isPlaced[node] === 1) continue
      const isBetter =
        best === -1 ||
        towards[node]! > towards[best]! ||
        (towards[node] === towards[best] && total[node]! > total[best]!)
      if (isBetter) best = node
    }
    isPlaced[best] = 1
    order.push(best)
    for (const { from, to, weight } of edges) {
      if (from === best) towards[to] = (towards[to] ?? 0) + weight
      if (to === best) towards[from] = (towards[from] ?? 0) + weight
    }
  }
  return order
}
