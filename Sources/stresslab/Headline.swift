import Documents
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

  /// A line for each desk and where the report is.
  func text(_ ink: Ink) -> String {
    let rows = summary.desks.map { desk in
      [
        "\(desk.agent)/\(desk.risk)", desk.scenario, "severity \(JSONWriter.number(desk.severity))",
        "survives \(text(Measures.Survival(), desk))", "recovers \(text(Measures.Recovery(), desk))",
        "costs \(text(Measures.ExecutionCost(), desk))",
        "with forced sales \(text(Measures.CostWithForcedSales(), desk))",
      ]
    }
    let widths = (0..<7).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      // Blanks after the last cell are left out, and colour takes no room.
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return ([ink.bold(cells[0])] + cells.dropFirst()).joined(separator: "  ").replacing(#/ +$/#, with: "")
    }
    let confidence = Unit.percent.tick(summary.run.confidence, step: summary.run.confidence)
    return
      (lines + [
        "\(summary.run.paths) paths, \(Self.plain(confidence)) intervals. The report is at \(ink.bold("\(folder)/index.html"))"
      ]).joined(separator: "\n")
  }

  /// The same as JSON on indented lines.
  var json: String {
    let desks = summary.desks.map { desk -> JSONValue in
      .object([
        JSONMember("scenario", .string(desk.scenario)), JSONMember("severity", .number(desk.severity)),
        JSONMember("agent", .string(desk.agent)), JSONMember("risk", .string(desk.risk)),
        Self.member(Measures.Survival(), desk), Self.member(Measures.Recovery(), desk),
        Self.member(Measures.ExecutionCost(), desk), Self.member(Measures.CostWithForcedSales(), desk),
      ])
    }
    let value: JSONValue = .object([
      JSONMember("report", .string("\(folder)/index.html")), JSONMember("title", .string(summary.title)),
      JSONMember("paths", .integer(Int(summary.run.paths))), JSONMember("seed", .string("\(summary.run.seed)")),
      JSONMember("digest", .string(summary.run.digest)), JSONMember("desks", .array(desks)),
    ])
    return JSONWriter.write(value, indented: true)
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
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

  private static func member<M: Measure>(_ measure: M, _ desk: DeskSummary) -> JSONMember where M.Value == Estimate {
    JSONMember(measure.name, json(desk.measures[always: measure]))
  }

  /// A measure of one number with its interval, in the words of the page.
  private func text<M: Measure>(_ measure: M, _ desk: DeskSummary) -> String where M.Value == Estimate {
    guard let scenario = summary.scenarios.first(where: { $0.name == desk.scenario }) else { return "–" }
    let unit = Unit(measure.unit, scenario.clock)
    return Self.plain(desk.measures[always: measure].text(unit, otherwise: "–"))
  }

  /// Blanks that do not break are for pages; a terminal's tools look for plain ones.
  private static func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}
