import Documents
import Lab
import Reports
import Statistics

/// What the criteria of a run came to, for people, for programs and for CI.
struct CriteriaReport {
  private let summary: Summary
  private let isStrict: Bool

  /// - Parameter isStrict: whether what is too close to call counts as missed.
  init(_ summary: Summary, isStrict: Bool) {
    self.summary = summary
    self.isStrict = isStrict
  }

  /// Whether the study's own criteria are missed, which the exit code says.
  var isMissed: Bool { summary.criteria?.isMissed(isStrict: isStrict) ?? false }

  /// One of the study's own criteria at one desk.
  private struct Case {
    let line: CriterionLine
    let desk: DeskSummary
    let scenario: ScenarioSummary

    var name: String { "\(desk.agent)/\(desk.risk): \(criterion)" }
    var place: String { "\(scenario.name), severity \(JSONWriter.number(desk.severity))" }
    var criterion: String { line.criterion.text(scenario.clock).replacing("\u{A0}", with: " ") }
    /// "81.8 %, at most 82.4 %; some 12,000 paths would settle it".
    var figure: String {
      [line.figureText(scenario.clock), line.remedyText ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        .replacing("\u{A0}", with: " ")
    }
  }

  private var cases: [Case] {
    guard let criteria = summary.criteria, !criteria.areUsual else { return [] }
    let desks = Dictionary(summary.desks.map { ($0.desk, $0) }, uniquingKeysWith: { first, _ in first })
    let scenarios = Dictionary(summary.scenarios.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return criteria.lines.compactMap { line in
      guard let desk = desks[line.desk], let scenario = scenarios[desk.scenario] else { return nil }
      return Case(line: line, desk: desk, scenario: scenario)
    }
  }

  /// A line for each criterion and desk; what is missed last, so that it stands where people look.
  var lines: [String] {
    let order: [CriterionLine.Verdict] = [.nothingToJudge, .pass, .tooClose, .fail]
    return order.flatMap { verdict in
      cases.filter { $0.line.verdict == verdict }.map { one in
        let figure = one.figure.isEmpty ? "" : " (\(one.figure))"
        return PrintableText.escaped("\(verdict.text): \(one.name), in \(one.place)\(figure)")
      }
    }
  }

  /// The same as JSON.
  var json: [JSONValue] {
    cases.map { one in
      var members = [
        JSONMember("criterion", .string(one.criterion)), JSONMember("measure", .string(one.line.criterion.measure)),
        JSONMember(one.line.criterion.isAtLeast ? "atLeast" : "atMost", .number(one.line.criterion.limit)),
        JSONMember("scenario", .string(one.scenario.name)), JSONMember("severity", .number(one.desk.severity)),
        JSONMember("agent", .string(one.desk.agent)), JSONMember("risk", .string(one.desk.risk)),
        JSONMember("verdict", .string(one.line.verdict.rawValue)),
      ]
      if let estimate = one.line.estimate { members.append(JSONMember("oneSided", Headline.json(estimate))) }
      if let paths = one.line.pathsToSettle { members.append(JSONMember("pathsToSettle", .integer(paths))) }
      return .object(members)
    }
  }

  /// The same for CI: a failure for what is missed, a test that was skipped for what is too close to call (a failure where
  /// that counts) or could not be judged.
  var junit: JUnitSuite {
    JUnitSuite(
      name: summary.title,
      cases: cases.map { one in
        let message = "\(one.line.verdict.text)\(one.figure.isEmpty ? "" : ": \(one.figure)")"
        let result: JUnitSuite.Case.Result =
          switch one.line.verdict {
          case .pass: .passed
          case .fail: .failed(message)
          case .tooClose: isStrict ? .failed(message) : .skipped(message)
          case .nothingToJudge: .skipped(message)
          }
        return JUnitSuite.Case(place: one.place, name: one.name, result: result)
      })
  }
}
