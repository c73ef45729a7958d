import Drawing
import Lab
import Statistics

/// A desk of the forest of differences, with a line for each candidate that differs from the baseline.
struct ForestRow: Sendable {
  let name: String
  let entries: [Entry]

  /// A candidate's difference.
  struct Entry: Sendable {
    /// Its place among the candidates, which gives colour and shape.
    let candidate: Int
    let desk: DeskComparison

    var difference: Estimate { desk.measures[0].difference }
    /// Whether the interval lies under 0.
    var isLess: Bool { difference.high.map { $0 < 0 } ?? false }
    /// Whether it lies over 0.
    var isMore: Bool { difference.low.map { $0 > 0 } ?? false }

    /// "+2.9 [+1.2, +4.6]", in points.
    var text: String {
      guard let value = difference.value else { return "not known" }
      let resolution = difference.low.flatMap { low in difference.high.map { ($0 - low) / 2 } } ?? 0.02 * abs(value)
      func signed(_ number: Double) -> String {
        let text = Unit.percent.bare(number, resolution: resolution)
        return number > 0 && text != "0" ? "+\(text)" : text
      }
      guard let low = difference.low, let high = difference.high else { return signed(value) }
      return "\(signed(value)) [\(signed(low)), \(signed(high))]"
    }
  }

  /// The row with places for all that is drawn in it.
  struct Lines {
    /// From the row's upper edge to that of the next one.
    let height: Double
    private let row: ForestRow
    private let names: [String]
    private let isNarrow: Bool
    private let hasCandidates: Bool
    private let step = 20.0

    init(_ row: ForestRow, names: [String], isNarrow: Bool, hasCandidates: Bool) {
      self.row = row
      self.names = names
      self.isNarrow = isNarrow
      self.hasCandidates = hasCandidates
      let drawn = step * Double(row.entries.count)
      let words = 16 * Double(names.count)
      height = isNarrow ? words + drawn + 14 : max(words, drawn) + 12
    }

    /// Draws the row under `top`.
    func draw(in plot: inout Plot, top: Double) {
      let size = plot.layout
      let bottom = top + height
      plot.add(Markup("path", ["class": "g", "d": PathData.line([Point(8, bottom), Point(size.width - 8, bottom)])]))
      let first = isNarrow ? top + 16 : top + height / 2 + 4.5 - 8 * Double(names.count - 1)
      for (number, name) in names.enumerated() {
        let y = first + 16 * Double(number)
        plot.addLabel(
          isNarrow ? plot.text(name, 8, y) : plot.text(name, size.plotLeft - 12, y, style: "e"))
      }
      let start =
        isNarrow ? top + 16 * Double(names.count) + 14 : top + (height - step * Double(row.entries.count - 1)) / 2
      for (number, entry) in row.entries.enumerated() { draw(entry, in: &plot, y: start + step * Double(number)) }
    }

    private func draw(_ entry: Entry, in plot: inout Plot, y: Double) {
      let size = plot.layout
      guard let value = entry.difference.value else { return }
      func x(_ number: Double) -> Double { plot.point(number, 0).x }
      if let low = entry.difference.low, let high = entry.difference.high {
        plot.add(Plot.whisker(from: Point(x(low), y), to: Point(x(high), y), cap: 5))
      }
      let series = Theme.seriesClass(entry.candidate)
      plot.add(
        Plot.marker(
          hasCandidates ? entry.candidate : 0, at: Point(x(value), y), radius: entry.isLess || entry.isMore ? 5 : 4,
          style: "\(entry.isLess || entry.isMore ? "f" : "h") \(series)",
          note: "\(row.name): \(entry.desk.differenceText(of: entry.desk.measures[0]))"))
      plot.addLabel(plot.text(entry.text, size.width - 8, y + 4.5, style: "e"))
    }
  }
}
