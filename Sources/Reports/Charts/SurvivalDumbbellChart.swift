import Drawing
import Lab
import Statistics

/// Survival of the panel, a row for each agent: a mark for each of its risk profiles, joined by a line, and hollow what
/// survives without the events.
struct SurvivalDumbbellChart: Chart {
  private let scene: PanelScene
  /// The agents that are drawn, the safest first: by the profile that survives least.
  private let rows: [Row]
  /// Agents that are named alone: all survive on every path, whatever the profile.
  private let whole: [Row]
  /// Those without rules before others, each kind in the order of names: it gives each its shape.
  private let profiles: [String]

  /// An agent with its desks, in the order of the profiles.
  struct Row: Sendable {
    let agent: String
    let series: String
    let desks: [DeskScene]

    /// Survival of the profile that survives least.
    var weakest: Double { desks.compactMap(\.desk.survival.value).min() ?? .infinity }
    /// Whether nothing is to be seen: each survives all paths, with one interval, and at severity 0 too.
    var isWhole: Bool {
      desks.allSatisfy { $0.desk.survival == desks[0].desk.survival && $0.desk.survival.value == 1 }
        && desks.allSatisfy { ($0.calm?.survival.value ?? 1) == 1 }
    }
  }

  /// Nil where there is nothing to be seen: no desk, or every one survives on every path.
  init?(_ scene: PanelScene) {
    self.scene = scene
    var agents: [String] = [], profiles: Set<String> = []
    for desk in scene.desks where desk.desk.survival.value != nil {
      if !agents.contains(desk.desk.agent) { agents.append(desk.desk.agent) }
      profiles.insert(desk.desk.risk)
    }
    let order = scene.summary.inOrder(profiles)
    let all = agents.map { agent in
      let desks = order.flatMap { risk in
        scene.desks.filter { $0.desk.agent == agent && $0.desk.risk == risk && $0.desk.survival.value != nil }
      }
      return Row(agent: agent, series: desks[0].series, desks: desks)
    }
    let shown = all.filter { !$0.isWhole }
    guard !shown.isEmpty else { return nil }
    rows = shown.enumerated().sorted { one, other in
      one.element.weakest != other.element.weakest
        ? one.element.weakest > other.element.weakest : one.offset < other.offset
    }.map(\.element)
    whole = all.filter(\.isWhole)
    self.profiles = order
  }

  private var desks: [DeskScene] { (rows + whole).flatMap(\.desks) }
  private var hasCalm: Bool { rows.contains { $0.desks.contains { $0.calm != nil } } }

  // MARK: Words

  var title: String {
    let (worst, best) = (desks.lowest(\.survival.value), desks.highest(\.survival.value))
    guard let low = worst.first, let high = best.first else { return "" }
    let ends = [low, high].map { $0.desk.survival.valueText(.percent) }
    if desks.count == 1 { return "\(low.name) survives \(ends[0]) of paths" }
    if ends[0] == ends[1] { return "Each of the \(desks.count) desks survives \(ends[0]) of paths" }
    // Who reads alike is named alike, whatever the last digit that is not written.
    let (lowest, highest) = (named(ends[0]), named(ends[1]))
    return "Survival goes from \(ends[0]) of paths (\(lowest)) to \(ends[1]) (\(highest))"
  }

  /// All desks whose survival reads so; together those of a profile behind which every agent does, and those of an agent
  /// that does behind each profile.
  private func named(_ text: String) -> String {
    let all = rows + whole
    func reads(_ desk: DeskScene) -> Bool { desk.desk.survival.valueText(.percent) == text }
    let common = profiles.filter { risk in
      all.count > 1 && all.allSatisfy { row in row.desks.contains { $0.desk.risk == risk && reads($0) } }
    }
    var names = common.isEmpty ? [] : ["every agent behind \(listed(common))"]
    for row in all {
      let alike = row.desks.filter { reads($0) && !common.contains($0.desk.risk) }
      if alike.count == row.desks.count, alike.count > 1 {
        names.append("\(row.agent) behind \(alike.count == 2 ? "both profiles" : "every profile")")
      } else {
        names += alike.map(\.name)
      }
    }
    return listed(names)
  }

  var subtitle: String {
    let estimates = desks.map(\.desk.survival)
    // Shares of few paths have another interval than the rest.
    let isOneMethod = estimates.allSatisfy { $0.method == estimates[0].method }
    let method = isOneMethod ? estimates[0].method : .proportion
    let level = Unit.percent.tick(estimates[0].confidence, step: estimates[0].confidence)
    let marks = rows.contains { $0.desks.count > 1 } ? "; one row an agent, joined: its risk profiles" : ""
    let paths = Unit.decimal(Double(estimates[0].n), decimals: 0)
    return "\(level) interval (\(method.name)), n = \(paths) paths each\(marks)"
      + (hasCalm ? "; hollow: at severity 0" : "") + (rows.count > 1 ? "; the safest of these first" : "")
  }
  var description: String {
    "\(title). A row for each agent with a mark and an interval for each risk profile. \(note)"
  }
  var table: DataTable {
    DataTable(
      ["Desk", "survival", "at severity 0"],
      desks.map { desk in
        [
          desk.name, desk.desk.survival.text(.percent),
          desk.calm?.survival.text(.percent, otherwise: "not known") ?? "not run",
        ]
      })
  }

  /// Who is not drawn, and why; empty where all are.
  private var note: String {
    guard let first = whole.first else { return "" }
    let list = shortList(whole.map(\.agent))
    let each = whole.count == 1 ? "survives" : "each survive"
    let profiles = first.desks.count > 1 ? " behind \(first.desks.count == 2 ? "both profiles" : "every profile")" : ""
    return "Not drawn: \(list) \(each) \(first.desks[0].desk.survival.figureText(.percent))\(profiles)."
  }

  // MARK: Drawing

  /// From where the axis goes: 0, or nearer to 100 % where every mark and interval lies over 90 %.
  private var start: Double {
    let all = rows.flatMap { row in
      row.desks.flatMap { desk in
        [desk.desk.survival, desk.calm?.survival].compactMap { $0.flatMap { $0.low ?? $0.value } }
      }
    }
    let least = all.min() ?? 0
    return [0.999, 0.998, 0.995, 0.99, 0.98, 0.95, 0.9].first { $0 <= least } ?? 0
  }

  func draw(_ layout: Layout) -> Picture {
    let start = start
    let names = rows.map { row in
      TextWidth.wrap(row.agent, size: 13, width: layout.isNarrow ? layout.width - 24 : 190)
    }
    let widest = names.joined().map { TextWidth.of($0, size: 13) }.max() ?? 0
    let key = key(layout)
    let notes = TextWidth.wrap(note, size: 13, width: layout.width - 16)
    let sized = layout.with(
      left: layout.isNarrow ? DumbbellRow.overhang : max(90, widest + 16 + DumbbellRow.overhang),
      right: DumbbellRow.overhang,
      top: 12 + 17 * Double(key.rows), bottom: layout.bottom + (notes.isEmpty ? 0 : 12 + 17 * Double(notes.count)))
    let across = axis(start, layout)
    // Places across do not hang on the height, which is known once the labels have theirs.
    let places = Plot(sized, x: across, y: Axis("", 0...1) { _ in [] })
    let drawn = zip(rows, names).map { row, name in
      DumbbellRow(row, names: name, profiles: profiles, places: places, isNarrow: layout.isNarrow)
    }
    var plot = Plot(
      sized.with(height: sized.top + sized.bottom + drawn.reduce(0) { $0 + $1.height }), x: across,
      y: Axis("", 0...1) { _ in [] })
    for mark in key.marks { plot.addLabel(mark) }
    var top = sized.top
    for row in drawn {
      row.draw(in: &plot, top: top)
      top += row.height
    }
    for (line, text) in notes.enumerated() {
      plot.addLabel(
        plot.text(text, 8, plot.layout.plotBottom + layout.bottom + 15 + 17 * Double(line), style: "t"))
    }
    return plot.picture()
  }

  private func axis(_ start: Double, _ layout: Layout) -> Axis {
    let title = layout.isNarrow ? "share of paths not ruined" : "share of paths not ruined by the horizon"
    guard start > 0 else {
      let share = Axis.share(title)
      return Axis(title, 0...1) { share.ticks($0 > 260 ? $0 : 120) }
    }
    let from = Unit.percent.tick(start, step: start)
    return Axis("\(title); the axis starts at \(from)", start...1) { length in
      let ticks = NiceTicks.linear(start * 100...100, most: length < 260 ? 4 : 6).values
      let step = ticks.count > 1 ? (ticks[1] - ticks[0]) / 100 : 1
      return ticks.map { Tick($0 / 100, Unit.percent.tick($0 / 100, step: step)) }
    }
  }

  /// The shapes of the profiles, where there are several, and what is hollow.
  private func key(_ layout: Layout) -> (marks: [Markup], rows: Int) {
    var names: [(name: String, shape: Int, style: String)] = []
    if profiles.count > 1 { names = profiles.enumerated().map { ($0.element, $0.offset, "f s0") } }
    if hasCalm { names.append(("hollow: at severity 0", 0, "h s0")) }
    return Plot.key(names, left: 8, top: 12, width: layout.width - 16)
  }
}
