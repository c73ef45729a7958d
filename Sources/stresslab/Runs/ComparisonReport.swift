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

  /// Several reports as text: each under a heading of its own, where there is more than one.
  static func text(_ reports: [ComparisonReport], _ ink: Ink) -> String {
    guard reports.count > 1 else { return reports.map { $0.text(ink) }.joined() }
    return reports.map { report in
      ink.bold(plain("\(report.candidate) against \(report.baseline)")) + "\n\n" + report.text(ink)
    }.joined(separator: "\n\n")
  }

  /// A block for each desk with a line for each measure, then how desks were compared, and what it all comes to.
  func text(_ ink: Ink) -> String {
    let plain = Ink(.never, on: STDOUT_FILENO)
    let rows = comparison.desks.flatMap { desk in
      desk.measures.map { measure in
        [
          "  \(measure.title)", desk.valueText(measure.baseline, of: measure),
          "→ \(desk.valueText(measure.candidate, of: measure))", desk.differenceText(of: measure),
        ].map { $0.replacing("\u{A0}", with: " ") }
      }
    }
    var table = Headline.aligned(rows, plain)[...]
    var lines: [String] = []
    for desk in comparison.desks {
      let verdict = desk.verdictText
      lines.append("\(ink.bold(desk.name)): \(desk.verdict == .worse ? ink.red(verdict) : verdict)")
      lines += table.prefix(desk.measures.count)
      table = table.dropFirst(desk.measures.count)
    }
    lines += (comparison.pairings + comparison.notes).map { Self.plain($0) }
    return (lines + [Self.plain(conclusion)]).joined(separator: "\n")
  }

  private var conclusion: String {
    let desks = comparison.desks.count == 1 ? "desk" : "desks"
    return "Differences are \(candidate) less \(baseline), with \(comparison.confidenceText) intervals; of "
      + "\(comparison.desks.count) \(desks), at a margin of \(comparison.marginText): \(comparison.counts)."
      + (comparison.margin == 0 && comparison.desks.contains { $0.verdict == .tooClose }
        ? " --margin says what loss of survival would not matter." : "")
  }

  /// Blanks that do not break are for pages; a terminal's tools look for plain ones.
  private static func plain(_ text: String) -> String { PrintableText.escaped(text.replacing("\u{A0}", with: " ")) }

  /// The same as JSON on indented lines: an object, of several reports a list of them.
  static func json(_ reports: [ComparisonReport]) -> String {
    let values = reports.map(\.value)
    return JSONWriter.write(values.count == 1 ? values[0] : .array(values), indented: true)
  }

  private var value: JSONValue {
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
    return .object([
      JSONMember("baseline", .string(baseline)), JSONMember("candidate", .string(candidate)),
      JSONMember("margin", .number(comparison.margin)), JSONMember("desks", .array(desks)),
      JSONMember("notes", .array(comparison.notes.map { .string($0) })),
    ])
  }

  /// The same for CI: a failure for a worse desk, skipped for one that is too close to call (a failure where that counts).
  var junit: JUnitSuite {
    JUnitSuite(
      name: "\(candidate) against \(baseline)",
      cases: comparison.desks.map { desk in
        let message = Self.plain(
          "\(desk.verdictText): survival, \(desk.differenceText(of: desk.measures[0]))")
        return JUnitSuite.Case(
          place: "\(desk.scenario), severity \(JSONWriter.number(desk.severity))", name: "\(desk.agent)/\(desk.risk)",
          result: desk.verdict == .worse || (isStrict && desk.verdict == .tooClose)
            ? .failed(message) : desk.verdict == .tooClose ? .skipped(message) : .passed)
      })
  }
}
