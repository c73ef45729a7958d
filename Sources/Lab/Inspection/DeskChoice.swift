import Documents

/// Which desk of a run somebody means, as far as it has been said: what is nil may be any.
package struct DeskChoice: Sendable, Hashable {
  private let scenario: String?
  private let severity: Double?
  private let agent: String?
  private let risk: String?

  /// Words of a command line.
  package init(scenario: String? = nil, severity: Double? = nil, agent: String? = nil, risk: String? = nil) {
    self.scenario = scenario
    self.severity = severity
    self.agent = agent
    self.risk = risk
  }

  /// The one desk that is meant.
  ///
  /// - Throws: that a name is none of the run's, with the nearest one, or that several desks are meant, with their names.
  func desk(among desks: [RunContext.DeskFacts]) throws(Refusal) -> RunContext.DeskFacts {
    try Self.check(scenario, "scenario", among: desks.map(\.scenario))
    try Self.check(agent, "agent", among: desks.map(\.agent))
    try Self.check(risk, "risk profile", among: desks.map(\.risk))
    if let severity, !desks.contains(where: { $0.severity == severity }) {
      let known = Self.distinct(desks.map { JSONWriter.number($0.severity) }).joined(separator: ", ")
      throw Refusal("the run has no severity \(JSONWriter.number(severity)); known: \(known)")
    }
    let meant = desks.filter { desk in
      (scenario ?? desk.scenario) == desk.scenario && (severity ?? desk.severity) == desk.severity
        && (agent ?? desk.agent) == desk.agent && (risk ?? desk.risk) == desk.risk
    }
    guard let desk = meant.first else {
      throw Refusal("no desk of the run is all of that; its desks: \(Self.list(desks))")
    }
    guard meant.count == 1 else {
      let open: [(option: String, values: [String])] = [
        ("--scenario", meant.map(\.scenario)), ("--severity", meant.map { JSONWriter.number($0.severity) }),
        ("--agent", meant.map(\.agent)), ("--risk", meant.map(\.risk)),
      ]
      let options = open.filter { Set($0.values).count > 1 }.map(\.option)
      let words = ([options.dropLast().joined(separator: ", ")].filter { !$0.isEmpty } + options.suffix(1))
        .joined(separator: " and ")
      throw Refusal("that may be any of \(meant.count) desks: say which by \(words). They are \(Self.list(meant))")
    }
    return desk
  }

  private static func check(_ name: String?, _ what: String, among names: [String]) throws(Refusal) {
    guard let name, !names.contains(name) else { return }
    throw Refusal("the run has no \(what) \(quoted(name))\(Suggestion.hint(for: name, among: distinct(names)))")
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }

  /// So many desks are named at most.
  private static let mostNamed = 12

  private static func list(_ desks: [RunContext.DeskFacts]) -> String {
    let names = desks.prefix(mostNamed).map { desk in
      "\(desk.agent)/\(desk.risk) in \(desk.scenario) at severity \(JSONWriter.number(desk.severity))"
    }
    let rest = desks.count - names.count
    return names.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }
}
