import Documents
import Glibc
import Lab
import Reports
import Statistics

/// The key figures of a run, for people and for programs.
struct Headline {
  let summary: Summary
  let folder: String

  init(_ summary: Summary, folder: String) {
    self.summary = summary
    self.folder = folder
  }

  /// What is told of each desk: of a panel that invests survival, recovery and cost, of one that executes the shortfall, what
  /// was done, and the tail; the first three where there is little room.
  private var figures: [Figure] {
    summary.executes
      ? [
        Figure("shortfall", Measures.ImplementationShortfall(), of: .orders),
        Figure("worst 5 %", Measures.ShortfallTail(), of: .orders), Figure("completed", Measures.Completion()),
        Figure("risk", Measures.ShortfallRisk(), of: .orders),
      ]
      : [
        Figure("survives", Measures.Survival()), Figure("recovers", Measures.Recovery()),
        Figure("costs", Measures.ExecutionCost(), of: .trades),
        Figure("with forced sales", Measures.CostWithForcedSales(), of: .trades),
      ]
  }

  /// A measure by a word, and what its basis points are of; nil where it has none.
  private struct Figure {
    let word: String
    let measure: any Measure
    let base: Base?

    init(_ word: String, _ measure: any Measure, of base: Base? = nil) {
      (self.word, self.measure, self.base) = (word, measure, base)
    }

    /// As it stands above a column of numbers.
    var heading: String { "\(word) \(measure.unit == .fraction ? "%" : "bps")\(base.map { " of \($0.short)" } ?? "")" }

    /// What basis points are of.
    enum Base: String {
      case trades = "traded notional"
      case orders = "what is to be traded"

      /// Where there is little room.
      var short: String { self == .trades ? "notional" : "the orders" }
    }
  }

  /// A line for each desk and where the report is.
  ///
  /// - Parameter width: columns of a terminal, where words give way to a heading when there is no room for them; nil for
  ///   a file, in which each line says all.
  func text(_ ink: Ink, width: Int?) -> String {
    let wide = summary.desks.map { desk in
      [
        "\(desk.agent)/\(desk.risk)", desk.scenario, "severity \(JSONWriter.number(desk.severity))",
      ] + figures.map { "\($0.word) \(text($0, desk))" }
    }
    var lines = Self.aligned(wide, ink)
    // Colour is no width, so what fits is seen without it.
    let plain = Ink(.never, on: STDOUT_FILENO)
    if let width, Self.aligned(wide, plain).contains(where: { $0.count > width }) {
      let bounds = [3, 2, 0].first { bounds in narrow(plain, bounds: bounds).allSatisfy { $0.count <= width } }
      lines = narrow(ink, bounds: bounds ?? 0)
    }
    let confidence = Unit.percent.tick(summary.run.confidence, step: summary.run.confidence)
    return
      (lines + [
        "\(summary.run.paths) path\(summary.run.paths == 1 ? "" : "s"), \(Self.plain(confidence)) intervals. The report is at "
          + ink.bold("\(folder)/index.html")
      ]).joined(separator: "\n")
  }

  /// A block for each scenario and severity, of figures alone.
  ///
  /// - Parameter bounds: how many columns have their intervals, from the left.
  private func narrow(_ ink: Ink, bounds: Int) -> [String] {
    var lines: [String] = []
    var block: [[String]] = []
    for (index, desk) in summary.desks.enumerated() {
      let figures = figures.prefix(3)
      if block.isEmpty {
        block.append([""] + figures.map(\.heading))
      }
      block.append(
        ["\(desk.agent)/\(desk.risk)"]
          + figures.enumerated().map { figure($0.element.measure, desk, isBounded: bounds > $0.offset) })
      let next = index + 1 < summary.desks.count ? summary.desks[index + 1] : nil
      if next?.scenario == desk.scenario, next?.severity == desk.severity { continue }
      let title = "\(PrintableText.escaped(desk.scenario)), severity \(JSONWriter.number(desk.severity))"
      lines += [title] + Self.aligned(block, ink) + [""]
      block = []
    }
    return lines
  }

  /// Rows as lines of aligned columns, the first in bold.
  static func aligned(_ rows: [[String]], _ ink: Ink) -> [String] {
    let rows = rows.map { $0.map { PrintableText.escaped($0) } }
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      // Colour takes no room, and no blanks stand at the end of a line.
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return ([ink.bold(cells[0])] + cells.dropFirst()).joined(separator: "  ").replacing(#/ +$/#, with: "")
    }
  }

  /// The same as JSON on indented lines.
  var json: String {
    let desks = summary.desks.map { desk -> JSONValue in
      .object(
        [
          JSONMember("scenario", .string(desk.scenario)), JSONMember("severity", .number(desk.severity)),
          JSONMember("agent", .string(desk.agent)), JSONMember("risk", .string(desk.risk)),
        ] + Measures.catalogue.compactMap { Self.member($0, desk) })
    }
    let value: JSONValue = .object([
      JSONMember("report", .string("\(folder)/index.html")), JSONMember("title", .string(summary.title)),
      JSONMember("paths", .integer(Int(summary.run.paths))), JSONMember("seed", .string("\(summary.run.seed)")),
      JSONMember("digest", .string(summary.run.digest)), JSONMember("desks", .array(desks)),
      JSONMember("criteria", .array(CriteriaReport(summary, isStrict: false).json)),
    ])
    return JSONWriter.write(value, indented: true)
  }

  static func json(_ estimate: Estimate) -> JSONValue {
    var members = [
      JSONMember("value", .number(estimate.value ?? .nan)), JSONMember("low", .number(estimate.low ?? .nan)),
      JSONMember("high", .number(estimate.high ?? .nan)), JSONMember("confidence", .number(estimate.confidence)),
      JSONMember("n", .integer(estimate.n)), JSONMember("method", .string(estimate.method.rawValue)),
    ]
    switch estimate.evidence {
    case .sampled: break
    case .tooFewPaths: members.append(JSONMember("evidence", .string("tooFewPaths")))
    case .notSeen(let atMost):
      members += [JSONMember("evidence", .string("notSeen")), JSONMember("atMost", .number(atMost))]
    }
    return .object(members)
  }

  /// A measure: an object where it is one figure, else a list of its figures with a word for each; nil where it does not
  /// apply.
  private static func member(_ measure: any Measure, _ desk: DeskSummary) -> JSONMember? {
    guard let value = desk.measures.value(of: measure) else { return nil }
    if let estimate = value as? Estimate { return JSONMember(measure.name, json(estimate)) }
    let figures = value.lines.map { line -> JSONValue in
      guard case .object(let members) = json(line.estimate) else { return .null }
      return .object([JSONMember("which", .string(line.word))] + members)
    }
    return JSONMember(measure.name, .array(figures))
  }

  /// A measure of one number with its interval, in the words of the page, and what it is of.
  private func text(_ figure: Figure, _ desk: DeskSummary) -> String {
    let measure = figure.measure
    guard let unit = unit(of: measure, desk), let estimate = desk.measures.value(of: measure) as? Estimate else {
      return "–"
    }
    let base = estimate.value == nil ? nil : figure.base
    return Self.plain(estimate.text(unit, otherwise: "–")) + (base.map { " of \($0.rawValue)" } ?? "")
  }

  /// The same without its unit, which stands above the column, and with bounds in numbers alone, or none.
  private func figure(_ measure: any Measure, _ desk: DeskSummary, isBounded: Bool) -> String {
    guard let unit = unit(of: measure, desk), let estimate = desk.measures.value(of: measure) as? Estimate,
      estimate.value != nil
    else { return "–" }
    let text = Self.plain(estimate.figureText(unit))
    let value = text.prefix { $0 != " " }
    let interval = text.drop { $0 != "[" }
    return isBounded && !interval.isEmpty ? "\(value) \(interval)" : String(value)
  }

  private func unit(of measure: any Measure, _ desk: DeskSummary) -> Unit? {
    summary.scenarios.first { $0.name == desk.scenario }.map { Unit(measure.unit, $0.clock) }
  }

  /// Blanks that do not break are for pages; a terminal's tools look for plain ones.
  private static func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}
