import Drawing
import Lab
import Statistics

/// Differences in survival, a row a desk and in it a line a candidate: interval, mark, and the numbers at the right.
///
/// A desk that ends every path alike in all reports is named under the drawing and has no row.
struct DifferenceForestChart: Chart {
  private let rows: [ForestRow]
  private let alike: [String]
  private let candidates: [String]
  /// By candidate, how many of the desks it has.
  private let counts: [Int]
  private let margin: Double
  private let marginText: String
  private let confidence: String

  /// Nil where no desk differs on any path.
  init?(_ desks: [ComparedDesk], _ page: ComparisonPage) {
    let all = desks.map { desk in
      ForestRow(
        name: desk.name,
        entries: desk.comparisons.enumerated().compactMap { number, comparison in
          guard let comparison, comparison.verdict != .same, comparison.measures[0].difference.value != nil else {
            return nil
          }
          return ForestRow.Entry(candidate: number, desk: comparison)
        })
    }
    rows = all.filter { !$0.entries.isEmpty }
    guard !rows.isEmpty else { return nil }
    alike = all.filter(\.entries.isEmpty).map(\.name)
    candidates = page.candidates.map(\.report.name)
    counts = candidates.indices.map { number in desks.count { $0.comparisons[number] != nil } }
    (margin, marginText) = (page.first.margin, page.first.marginText)
    confidence = page.first.confidenceText
  }

  private var entries: [ForestRow.Entry] { rows.flatMap(\.entries) }

  // MARK: Words

  var title: String {
    let known = candidates.indices.compactMap { number -> String? in
      let entries = entries.filter { $0.candidate == number }
      guard !entries.isEmpty else { return nil }
      let (less, more) = (entries.count { $0.isLess }, entries.count { $0.isMore })
      let all = counts[number]
      let desks = all == 1 ? "1 desk" : "\(all) desks"
      if less + more == 0 { return "no desk of \(all) is known to survive more or less in \(short(number))" }
      if less == 0 || more == 0 {
        let count = max(less, more)
        return
          "\(count) of \(desks) \(count == 1 ? "survives" : "survive") \(less > 0 ? "less" : "more") in \(short(number))"
      }
      return "of \(desks) \(less) \(less == 1 ? "survives" : "survive") less and \(more) more in \(short(number))"
    }.joined(separator: "; ")
    return known.prefix(1).uppercased() + known.dropFirst()
  }

  private func short(_ number: Int) -> String { TextWidth.shortened(candidates[number], size: 13, width: 320) }

  var subtitle: String {
    let methods = Set(entries.map(\.difference.method)).map(\.name).sorted()
    return "\(confidence) intervals (\(listed(methods))), each alone; filled: without 0, hollow: with it"
      + (margin > 0 ? "; dashed: the margin, −\(marginText)" : "")
  }

  var description: String {
    "\(title). A row for each desk with the interval of its difference in survival"
      + "\(candidates.count > 1 ? ", one for each candidate" : ""). \(note)"
  }

  var table: DataTable {
    DataTable(
      ["Desk"] + (candidates.count > 1 ? ["candidate"] : []) + ["baseline", "candidate", "difference", "verdict"],
      rows.flatMap { row in
        row.entries.map { entry in
          let line = entry.desk.measures[0]
          return [row.name] + (candidates.count > 1 ? [candidates[entry.candidate]] : []) + [
            entry.desk.valueText(line.baseline, of: line), entry.desk.valueText(line.candidate, of: line),
            entry.desk.differenceText(of: line), entry.desk.verdictText,
          ]
        }
      })
  }

  private var note: String {
    guard !alike.isEmpty else { return "" }
    return "Not drawn, as every path ends alike: \(shortList(alike))."
  }

  // MARK: Drawing

  func draw(_ layout: Layout) -> Picture {
    let names = rows.map { row in
      TextWidth.wrap(row.name, size: 13, width: layout.isNarrow ? layout.width - 16 : 190)
    }
    let figures = (entries.map(\.text) + [Self.unitText]).map { TextWidth.of($0, size: 13) }.max() ?? 0
    let widest = names.joined().map { TextWidth.of($0, size: 13) }.max() ?? 0
    let key = key(layout)
    let notes = TextWidth.wrap(note, size: 13, width: layout.width - 16)
    let head = 12 + 17 * Double(key.rows)
    let lines = zip(rows, names).map { row, name in
      ForestRow.Lines(row, names: name, isNarrow: layout.isNarrow, hasCandidates: candidates.count > 1)
    }
    let sized = layout.with(
      height: head + 18 + lines.reduce(0) { $0 + $1.height } + Self.foot + 17 * Double(notes.count),
      left: layout.isNarrow ? 26 : max(90, widest + 20), right: figures + 20, top: head + 18,
      bottom: Self.foot + 17 * Double(notes.count))
    var plot = Plot(sized, x: axis, y: Axis("", 0...1) { _ in [] })
    for mark in key.marks { plot.addLabel(mark) }
    let size = plot.layout
    plot.addLabel(plot.text(Self.unitText, size.width - 8, size.plotTop - 5, style: "t e"))
    rules(&plot)
    var top = size.plotTop
    for row in lines {
      row.draw(in: &plot, top: top)
      top += row.height
    }
    let words = layout.isNarrow ? ("← less", "more →") : ("← survives less", "survives more →")
    plot.addLabel(plot.text(words.0, size.plotLeft, size.plotBottom + 56, style: "b"))
    plot.addLabel(plot.text(words.1, size.plotRight, size.plotBottom + 56, style: "b e"))
    for (number, line) in notes.enumerated() {
      plot.addLabel(plot.text(line, 8, size.plotBottom + Self.foot + 10 + 17 * Double(number), style: "t"))
    }
    return plot.picture()
  }

  /// Under the plot: ticks, title, direction words.
  private static let foot = 66.0
  private static let unitText = "points"

  /// Zero, and the margin where it is another place.
  private func rules(_ plot: inout Plot) {
    let size = plot.layout
    func rule(_ value: Double, style: String) {
      let place = plot.point(value, 0).x
      plot.add(
        Markup(
          "path",
          ["class": style, "d": PathData.line([Point(place, size.plotTop), Point(place, size.plotBottom)])]))
    }
    rule(0, style: "z")
    guard margin > 0 else { return }
    rule(-margin, style: "r")
    let label = "margin"
    let half = TextWidth.of(label, size: 13) / 2
    let place = min(max(plot.point(-margin, 0).x, size.plotLeft + half - 8), size.plotRight - half)
    plot.addLabel(plot.text(label, place, size.plotTop - 5, style: "t k c"))
  }

  private var axis: Axis {
    let ends = entries.flatMap { [$0.difference.low, $0.difference.high, $0.difference.value].compactMap(\.self) }
    let (low, high) = (min(ends.min() ?? 0, -margin, 0), max(ends.max() ?? 0, 0))
    let room = max(0.05 * (high - low), 1e-4)
    let domain = max(-1, low - room)...min(1, high + room)
    return Axis("difference in survival, points", domain) { length in
      let ticks = NiceTicks.linear(domain.lowerBound * 100...domain.upperBound * 100, most: length < 260 ? 4 : 6)
      return ticks.values.map { Tick($0 / 100, Unit.decimal($0, decimals: ticks.decimals)) }
    }
  }

  /// The candidates by shape and colour, where there are several.
  private func key(_ layout: Layout) -> (marks: [Markup], rows: Int) {
    guard candidates.count > 1 else { return ([], 0) }
    let names = candidates.enumerated().map { number, name in
      (name: name, shape: number, style: "f \(Theme.seriesClass(number))")
    }
    return Plot.key(names, left: 8, top: 12, width: layout.width - 16)
  }
}
