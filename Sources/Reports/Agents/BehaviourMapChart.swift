import Drawing
import Lab
import Statistics

/// What a policy would want over its two main inputs, at one time.
struct BehaviourMapChart: Chart {
  let visit: VisitScene
  let map: BehaviourMap
  let phase: BehaviourMap.Phase

  private var leverage: Double { visit.scene.record.leverage }
  /// The largest pace; nil where it decides weights.
  private var fastest: Double? { visit.scene.record.fastest }
  private var when: String { phase.phase.words(events: visit.scenario.events.count) }

  var title: String {
    let rows = phase.weights
    let first = rows.map { $0.first ?? 0 }, last = rows.map { $0.last ?? 0 }
    let start = when.prefix(1).uppercased() + when.dropFirst()
    return
      "\(start): the \(fastest == nil ? "target" : "pace") of \(map.asset) goes from \(mean(first)) to \(mean(last)) times "
      + "\(fastest == nil ? "equity" : "an even one") with \(map.x), and "
      + "from \(mean(rows.first ?? [])) to \(mean(rows.last ?? [])) with \(map.y)"
  }
  var subtitle: String {
    (fastest == nil ? "Target weight, multiples of equity" : "Pace, multiples of an even one over what is left")
      + "; means over a side of the map. All other inputs at their medians in "
      + "\(Unit.decimal(Double(phase.states), decimals: 0)) states visited then; dots: \(phase.visited.count) of these. "
      + "Ends: the 1st and 99th percentile of all states"
  }
  var description: String {
    "A map of \(map.xs.count) by \(map.ys.count) cells, \(map.x) to the right and \(map.y) upwards; each cell has the colour of "
      + (fastest == nil
        ? "the target weight, from orange for short to purple for long."
        : "the pace, from orange for slow to purple for fast.")
  }

  private func mean(_ values: [Double]) -> String { text(values.reduce(0, +) / Double(max(values.count, 1))) }

  private func text(_ value: Double) -> String {
    if let fastest { return Unit.number.bare(value, resolution: fastest / 100) }
    return abs(value) < leverage * 5e-4 ? "0" : Unit.number.bare(value, resolution: leverage / 100)
  }

  /// Five cells of each direction, from end to end.
  var table: DataTable {
    let columns = DataTable.thinned(map.xs.count, most: 5), rows = DataTable.thinned(map.ys.count, most: 5)
    return DataTable(
      ["\(map.y) \\ \(map.x)"] + columns.map { Unit.number.text(map.xs[$0]) },
      rows.reversed().map { row in
        [Unit.number.text(map.ys[row])] + columns.map { text(phase.weights[row][$0]) }
      })
  }

  func draw(_ layout: Layout) -> Picture {
    let (xEdges, yEdges) = (edges(map.xs), edges(map.ys))
    var plot = Plot(layout, x: axis(map.x, xEdges), y: axis(map.y, yEdges))
    for (style, outline) in outlines(plot, xEdges, yEdges).enumerated() where !outline.isEmpty {
      plot.add(Markup("path", ["class": "f k\(style)", "d": outline, "shape-rendering": "crispEdges"]))
    }
    let inside = phase.visited.filter {
      $0[0] >= xEdges[0] && $0[0] <= xEdges[xEdges.count - 1] && $0[1] >= yEdges[0] && $0[1] <= yEdges[yEdges.count - 1]
    }
    let dots = inside.map { state -> String in
      let place = plot.point(state[0], state[1])
      return "M\(Plot.coordinate(place.x)) \(Plot.coordinate(place.y))h0"
    }.joined()
    if !dots.isEmpty {
      for style in ["j0", "j"] { plot.add(Markup("path", ["class": style, "d": dots])) }
    }
    addScale(&plot)
    return plot.picture()
  }

  /// The class of a target weight: 0 is the whole leverage short, 8 the whole leverage long. Of a pace: 0 is
  /// none, 8 the fastest, and the middle an even one.
  private func style(_ target: Double) -> Int {
    let count = Double(Theme.divergingCount)
    let share = fastest.map { target > 1 ? (target - 1) / ($0 - 1) : target - 1 } ?? target / leverage
    return Int(min(max((share + 1) / 2 * count, 0), count - 1))
  }

  /// The outlines of the cells of each class; cells side by side are one.
  private func outlines(_ plot: Plot, _ xEdges: [Double], _ yEdges: [Double]) -> [String] {
    var paths = Array(repeating: PathData(), count: Theme.divergingCount)
    for (row, weights) in phase.weights.enumerated() {
      var first = 0
      for column in weights.indices {
        let style = style(weights[column])
        guard column + 1 == weights.count || self.style(weights[column + 1]) != style else { continue }
        let low = plot.point(xEdges[first], yEdges[row]), high = plot.point(xEdges[column + 1], yEdges[row + 1])
        paths[style].append([low, Point(high.x, low.y), high, Point(low.x, high.y)])
        first = column + 1
      }
    }
    return paths.map(\.text)
  }

  /// The ends of the cells whose middles are known.
  private func edges(_ middles: [Double]) -> [Double] {
    let half = middles.count > 1 ? (middles[1] - middles[0]) / 2 : 0.5
    return middles.map { $0 - half } + [middles[middles.count - 1] + half]
  }

  private func axis(_ title: String, _ edges: [Double]) -> Axis {
    let domain = edges[0]...edges[edges.count - 1]
    return Axis(title, domain) { length in
      let ticks = NiceTicks.linear(domain, most: max(3, Int(length / 56))).values
      let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
      return ticks.map { Tick($0, Unit.number.tick($0, step: step)) }
    }
  }

  /// What the colours mean, to the right of the map.
  private func addScale(_ plot: inout Plot) {
    let layout = plot.layout
    let count = Theme.divergingCount
    let left = layout.plotRight + 14, width = 14.0
    let height = (layout.plotBottom - layout.plotTop) / Double(count)
    for style in 0..<count {
      plot.add(
        plot.rectangle(
          left, layout.plotBottom - height * Double(style + 1), width, height + 0.3, style: "f k\(style)"))
    }
    let largest = fastest ?? leverage
    let number = "\(Unit.number.tick(largest, step: largest))×"
    let (most, middle, least) = fastest == nil ? ("long", "none", "short") : ("fast", "even", "slow")
    let words = [
      (number, layout.plotTop + 10), (most, layout.plotTop + 25),
      (middle, (layout.plotTop + layout.plotBottom) / 2 + 4),
      (fastest == nil ? number : "0", layout.plotBottom - 17), (least, layout.plotBottom - 2),
    ]
    for (word, place) in words { plot.addLabel(plot.text(word, left + width + 5, place, style: "t")) }
  }
}
