/// Moves labels apart that would overlap, each as little as its neighbours allow.
package enum LabelPlacement {
  /// Places for labels that would like to stand at `wanted`, at least `gap` apart and inside `bounds`, in the order
  /// they were given.
  ///
  /// Labels keep their order. Those that collide are moved as one block to where the squared distances to the wanted
  /// places are smallest (pool adjacent violators); where `bounds` cannot hold all of them the gap shrinks.
  package static func spread(_ wanted: [Double], gap: Double, within bounds: ClosedRange<Double>) -> [Double] {
    guard !wanted.isEmpty else { return [] }
    let room = bounds.upperBound - bounds.lowerBound
    let gap = wanted.count > 1 ? min(gap, room / Double(wanted.count - 1)) : gap
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // With the k-th label lowered by k gaps, "at least a gap apart" is "not descending".
    var blocks: [(sum: Double, count: Int)] = []
    for (rank, index) in order.enumerated() {
      blocks.append((wanted[index] - Double(rank) * gap, 1))
      while blocks.count > 1,
        blocks[blocks.count - 2].sum / Double(blocks[blocks.count - 2].count)
          > blocks[blocks.count - 1].sum / Double(blocks[blocks.count - 1].count)
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    let highest = bounds.upperBound - Double(wanted.count - 1) * gap
    var places = wanted
    var rank = 0
    for block in blocks {
      let place = min(max(block.sum / Double(block.count), bounds.lowerBound), max(highest, bounds.lowerBound))
      for _ in 0..<block.count {
        places[order[rank]] = place + Double(rank) * gap
        rank += 1
      }
    }
    return places
  }
}
