import Drawing
import Lab
import Statistics

/// A row of the survival dumbbell with places for all that is drawn in it: marks that would cover each other lie under each
/// other, numbers stand over their marks and beside each other.
struct DumbbellRow {
  /// From the row's upper edge to that of the next one.
  let height: Double
  private let row: SurvivalDumbbellChart.Row
  private let names: [String]
  private let isNarrow: Bool
  private var marks: [Mark] = []
  private var labels: [Label] = []
  /// Under the row's upper edge: of the line, and of the numbers that stand nearest to it.
  private let line: Double
  private let labelLine: Double

  /// A survival on the row.
  private struct Mark {
    let x: Double
    /// Under or over the row's line.
    var offset = 0.0
    let interval: ClosedRange<Double>?
    let shape: Int
    let isHollow: Bool
    let note: String
  }

  /// A number over a mark.
  private struct Label {
    var text: String
    /// The middle that it would like, and has.
    let wanted: Double
    var x = 0.0
    /// Counted from the line of marks upwards.
    var tier = 0
    let mark: Int
    /// Of the marks that it is the number of, which stand beside it too; none where it needs none.
    var shapes: [Int]
  }

  private static let size = 13.0

  /// - Parameters:
  ///   - names: the agent's name in lines.
  ///   - places: where a survival is drawn across.
  init(
    _ row: SurvivalDumbbellChart.Row, names: [String], profiles: [String], places: Plot, isNarrow: Bool
  ) {
    self.row = row
    self.names = names
    self.isNarrow = isNarrow
    func x(_ share: Double) -> Double { places.point(share, 0).x }
    func interval(_ estimate: Estimate) -> ClosedRange<Double>? {
      guard let low = estimate.low, let high = estimate.high else { return nil }
      return x(low)...x(high)
    }
    var marks: [Mark] = [], calm: [Mark] = [], texts: [String] = []
    for desk in row.desks {
      let shape = profiles.firstIndex(of: desk.desk.risk) ?? 0
      if let value = desk.desk.survival.value {
        texts.append(desk.desk.survival.valueText(.percent))
        marks.append(
          Mark(
            x: x(value), interval: interval(desk.desk.survival), shape: shape, isHollow: false,
            note: "\(desk.name): \(desk.desk.survival.text(.percent))"))
      }
      if let survival = desk.calm?.survival, let value = survival.value {
        let note = "\(desk.name) at severity 0: \(survival.text(.percent))"
        // Those that lie at one place are one mark, which has no profile's shape.
        if let same = calm.firstIndex(where: { abs($0.x - x(value)) < 3 }) {
          calm[same] = Mark(
            x: calm[same].x, interval: nil, shape: 0, isHollow: true, note: "\(calm[same].note); \(note)")
        } else {
          calm.append(Mark(x: x(value), interval: nil, shape: shape, isHollow: true, note: note))
        }
      }
    }
    let reach = Self.spread(&marks, calm)
    labels = Self.labels(texts, marks, within: places.layout.plotLeft...places.layout.plotRight)
    self.marks = marks
    let tiers = Double((labels.map(\.tier).max() ?? 0) + 1)
    let head = isNarrow ? 4 + 16 * Double(names.count) : 0
    labelLine = head + 15 * tiers - 2
    line = labelLine + 11 - reach.lowerBound
    height = max(34, line + reach.upperBound + 9, isNarrow ? 0 : 16 * Double(names.count) + 10)
  }

  /// Moves marks and intervals apart, up and down, that would cover each other, and puts the hollow ones on the line or under
  /// what is there; between which offsets all lie.
  private static func spread(_ marks: inout [Mark], _ hollow: [Mark]) -> ClosedRange<Double> {
    func extent(_ mark: Mark) -> ClosedRange<Double> {
      min(mark.x - 6, mark.interval?.lowerBound ?? mark.x)...max(mark.x + 6, mark.interval?.upperBound ?? mark.x)
    }
    let order = marks.indices.sorted { extent(marks[$0]).lowerBound < extent(marks[$1]).lowerBound }
    var groups: [(members: [Int], end: Double)] = []
    for index in order {
      let extent = extent(marks[index])
      if let last = groups.last, extent.lowerBound < last.end {
        groups[groups.count - 1].members.append(index)
        groups[groups.count - 1].end = max(last.end, extent.upperBound)
      } else {
        groups.append(([index], extent.upperBound))
      }
    }
    for group in groups where group.members.count > 1 {
      // In the order of the profiles, which is the key's.
      for (rank, index) in group.members.sorted().enumerated() {
        marks[index].offset = (Double(rank) - Double(group.members.count - 1) / 2) * step
      }
    }
    for var mark in hollow {
      let place = extent(mark)
      func isTaken(_ offset: Double) -> Bool {
        marks.contains { abs($0.offset - offset) < step - 0.1 && extent($0).overlaps(place) }
      }
      while isTaken(mark.offset) { mark.offset += step / 2 }
      marks.append(mark)
    }
    return (marks.map(\.offset).min() ?? 0)...(marks.map(\.offset).max() ?? 0)
  }

  /// From the middle of a mark to that of the one under it.
  private static let step = 13.0

  /// A number for each filled mark; those that read and lie alike are one. Two stand beside each other, further ones over
  /// each other where they would collide.
  private static func labels(_ texts: [String], _ marks: [Mark], within bounds: ClosedRange<Double>) -> [Label] {
    var labels: [Label] = []
    let count = texts.count
    for (index, text) in texts.enumerated() {
      if let same = labels.firstIndex(where: { $0.text == text && abs($0.wanted - marks[index].x) < 3 }) {
        labels[same].shapes.append(marks[index].shape)
      } else {
        labels.append(Label(text: text, wanted: marks[index].x, mark: index, shapes: [marks[index].shape]))
      }
    }
    // One number for all is the number of each; two need no marks beside them.
    if labels.count == 1, count > 1 { labels[0].text += count == 2 ? " both" : " each" }
    if labels.count == 1 || count <= 2 { for index in labels.indices { labels[index].shapes = [] } }
    let (low, high) = (bounds.lowerBound - overhang, bounds.upperBound + overhang)
    let half = (labels.map { width($0) }.max() ?? 0) / 2
    let middles = low + half...max(low + half, high - half)
    if labels.count <= 2 {
      let places = LabelPlacement.spread(labels.map(\.wanted), gap: 2 * half + 8, within: middles)
      for (index, place) in places.enumerated() { labels[index].x = place }
      return labels
    }
    var ends: [Double] = []
    for index in labels.indices.sorted(by: { (labels[$0].wanted, $0) < (labels[$1].wanted, $1) }) {
      let place = min(max(labels[index].wanted, middles.lowerBound), middles.upperBound)
      let tier = ends.firstIndex { $0 + 8 <= place - width(labels[index]) / 2 } ?? ends.count
      if tier == ends.count { ends.append(0) }
      ends[tier] = place + width(labels[index]) / 2
      (labels[index].x, labels[index].tier) = (place, tier)
    }
    return labels
  }

  /// How far a number may reach beyond the plot.
  static let overhang = 34.0

  private static func width(_ label: Label) -> Double {
    TextWidth.of(label.text, size: size) + 11 * Double(label.shapes.count)
  }

  /// Draws the row under `top`.
  func draw(in plot: inout Plot, top: Double) {
    let y = top + line
    let layout = plot.layout
    plot.add(
      Markup("path", ["class": "g", "d": PathData.line([Point(layout.plotLeft, y), Point(layout.plotRight, y)])]))
    for (number, name) in names.enumerated() {
      let down = 16 * Double(number)
      plot.addLabel(
        isNarrow
          ? plot.text(name, 8, top + 15 + down)
          : plot.text(name, layout.plotLeft - Self.overhang, y + 4.5 - 8 * Double(names.count - 1) + down, style: "e"))
    }
    let filled = marks.filter { !$0.isHollow }
    if let first = filled.map(\.x).min(), let last = filled.map(\.x).max(), last > first {
      plot.add(Markup("path", ["class": "m \(row.series)", "d": PathData.line([Point(first, y), Point(last, y)])]))
    }
    for mark in marks where mark.isHollow { plot.add(marker(mark, y)) }
    for mark in filled {
      if let interval = mark.interval {
        let (start, end) = (Point(interval.lowerBound, y + mark.offset), Point(interval.upperBound, y + mark.offset))
        plot.add(Plot.whisker(from: start, to: end, cap: 6.5))
      }
    }
    for mark in filled { plot.add(marker(mark, y)) }
    for label in labels { draw(label, in: &plot, top: top, y: y) }
  }

  private func marker(_ mark: Mark, _ y: Double) -> Markup {
    Plot.marker(
      mark.shape, at: Point(mark.x, y + mark.offset), radius: mark.isHollow ? 4 : 5,
      style: "\(mark.isHollow ? "h" : "f") \(row.series)", note: mark.note)
  }

  private func draw(_ label: Label, in plot: inout Plot, top: Double, y: Double) {
    let base = top + labelLine - 15 * Double(label.tier)
    let mark = marks[label.mark]
    if label.shapes.isEmpty, abs(label.x - mark.x) > 14 {
      plot.add(
        Markup(
          "path", ["class": "x", "d": PathData.line([Point(label.x, base + 2), Point(mark.x, y + mark.offset - 6)])]))
    }
    let left = label.x - Self.width(label) / 2
    for (number, shape) in label.shapes.enumerated() {
      plot.addLabel(
        Plot.marker(
          shape, at: Point(left + 4 + 11 * Double(number), base - 4.5), radius: 3.5, style: "f \(row.series)"))
    }
    plot.addLabel(plot.text(label.text, label.x + 5.5 * Double(label.shapes.count), base, style: "c k"))
  }
}
