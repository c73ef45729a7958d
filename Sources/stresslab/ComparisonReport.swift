import Documents
import Glibc
import Lab
import Reports
import Statistics

/// A comparison of two runs for people, for programs and for CI.
struct ComparisonReport {
  private let comparison: RunComparison
  private let baseline: String
  private let candidate: String
  private let isStrict: Bool

  init(_ comparison: RunComparison, baseline: String, candidate: String, isStrict: Bool) {
    self.comparison = comparison
    self.baseline = baseline
    self.candidate = candidate
    self.isStrict = isStrict
  }

  /// A block for each desk with a line for each measure, then how desks were compared, and what it all comes to.
  func text(_ ink: Ink) -> String {
    let plain = Ink(.never, on: STDOUT_FILENO)
    let rows = comparison.desks.flatMap { desk in
      desk.measures.map { measure in
        [
          "  \(measure.title)", Self.value(measure.baseline, measure, desk),
          "→ \(Self.value(measure.candidate, measure, desk))",
          Self.difference(measure, desk),
        ].map { $0.replacing("\u{A0}", with: " ") }
      }
    }
    var table = Headline.aligned(rows, plain)[...]
    var lines: [String] = []
    for desk in comparison.desks {
      let verdict = Self.verdict(desk)
      lines.append("\(ink.bold(desk.name)): \(desk.verdict == .worse ? ink.red(verdict) : verdict)")
      lines += table.prefix(desk.measures.count)
      table = table.dropFirst(desk.measures.count)
    }
    lines += (Self.distinct(comparison.desks.map(Self.pairing)) + comparison.notes).map { Self.plain($0) }
    return (lines + [Self.plain(conclusion)]).joined(separator: "\n")
  }

  private var conclusion: String {
    let verdicts = DeskComparison.Verdict.allCases.compactMap { verdict -> String? in
      let count = comparison.desks.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(Self.text(verdict))"
    }
    let confidence = Unit.percent.tick(comparison.confidence, step: comparison.confidence)
    // With all digits that were written: nobody rounds a limit.
    let margin = "\(JSONWriter.number((comparison.margin * 1e11).rounded() / 1e9)) %"
    let desks = comparison.desks.count == 1 ? "desk" : "desks"
    return "Differences are \(candidate) less \(baseline), with \(confidence) intervals; of \(comparison.desks.count) "
      + "\(desks), at a margin of \(margin): \(verdicts.joined(separator: ", "))."
      + (comparison.margin == 0 && comparison.desks.contains { $0.verdict == .tooClose }
        ? " --margin says what loss of survival would not matter." : "")
  }

  /// What came out, and how many paths would settle what did not.
  private static func verdict(_ desk: DeskComparison) -> String {
    let paths = desk.pathsToSettle.map { "; about \(Unit.decimal(Double($0), decimals: 0)) paths would settle it" }
    return text(desk.verdict) + (paths ?? "")
  }

  private static func text(_ verdict: DeskComparison.Verdict) -> String {
    switch verdict {
    case .same: "no difference"
    case .notWorse: "not worse"
    case .tooClose: "too close to call"
    case .worse: "worse"
    }
  }

  /// The figure of one run alone; the interval belongs to the difference.
  private static func value(_ estimate: Estimate, _ measure: MeasureComparison, _ desk: DeskComparison) -> String {
    if estimate.value == nil, measure.name == Measures.TimeImpaired().name, estimate.n == 0 { return "none impaired" }
    return estimate.value.map { unit(measure, desk).text($0) } ?? "not known"
  }

  /// "more by 2.5 % [0.4, 4.9]", or that nothing differs.
  private static func difference(_ measure: MeasureComparison, _ desk: DeskComparison) -> String {
    guard let value = measure.difference.value else { return "difference not known" }
    if value == 0, case .notSeen = measure.difference.evidence {
      return desk.pairing.isPaired ? "no difference on any path" : "no difference seen"
    }
    return "difference \(value > 0 ? "+" : "")\(measure.difference.text(unit(measure, desk)))"
  }

  private static func unit(_ measure: MeasureComparison, _ desk: DeskComparison) -> Unit {
    Unit(measure.unit, desk.clock)
  }

  /// How the desks of a scenario were compared, in a sentence.
  private static func pairing(_ desk: DeskComparison) -> String {
    switch desk.pairing {
    case .paired(let paths):
      "\(desk.scenario): path by path, on the \(paths.count) paths \(paths.lowerBound)…\(paths.upperBound - 1) of both runs."
    case .unpaired(let reason): "\(desk.scenario): as two samples, not path by path, as \(reason)."
    }
  }

  private static func distinct(_ lines: [String]) -> [String] {
    var seen: Set<String> = []
    return lines.filter { seen.insert($0).inserted }
  }

  /// Blanks that do not break are for pages; a terminal's tools look for plain ones.
  private static func plain(_ text: String) -> String { PrintableText.escaped(text.replacing("\u{A0}", with: " ")) }

  /// The same as JSON on indented lines.
  var json: String {
    let desks = comparison.desks.map { desk -> JSONValue in
      var members = [
        JSONMember("scenario", .string(desk.scenario)), JSONMember("severity", .number(desk.severity)),
        JSONMember("agent", .string(desk.agent)), JSONMember("risk", .string(desk.risk)),
        JSONMember("verdict", .string(desk.verdict.rawValue)), JSONMember("oneSided", Headline.json(desk.oneSided)),
        JSONMember("pathsToSettle", desk.pathsToSettle.map { .integer($0) } ?? .null),
      ]
      switch desk.pairing {
      case .paired(let paths):
        members += [
          JSONMember("isPaired", .bool(true)), JSONMember("firstPath", .integer(Int(paths.lowerBound))),
          JSONMember("paths", .integer(paths.count)),
        ]
      case .unpaired(let reason):
        members += [JSONMember("isPaired", .bool(false)), JSONMember("reason", .string(reason))]
      }
      members += desk.measures.map { measure in
        JSONMember(
          measure.name,
          .object([
            JSONMember("baseline", Headline.json(measure.baseline)),
            JSONMember("candidate", Headline.json(measure.candidate)),
            JSONMember("difference", Headline.json(measure.difference)),
          ]))
      }
      return .object(members)
    }
    return JSONWriter.write(
      .object([
        JSONMember("baseline", .string(baseline)), JSONMember("candidate", .string(candidate)),
        JSONMember("margin", .number(comparison.margin)), JSONMember("desks", .array(desks)),
        JSONMember("notes", .array(comparison.notes.map { .string($0) })),
      ]), indented: true)
  }

  /// The same for CI: a failure for a worse desk, skipped for one that is too close to call (a failure where that counts).
  var junit: JUnitSuite {
    JUnitSuite(
      name: "\(candidate) against \(baseline)",
      cases: comparison.desks.map { desk in
        let message = Self.plain(
          "\(Self.verdict(desk)): survival, \(Self.difference(desk.measures[0], desk))")
        return JUnitSuite.Case(
          place: "\(desk.scenario), severity \(JSONWriter.number(desk.severity))", name: "\(desk.agent)/\(desk.risk)",
          result: desk.verdict == .worse || (isStrict && desk.verdict == .tooClose)
            ? .failed(message) : desk.verdict == .tooClose ? .skipped(message) : .passed)
      })
  }
}
