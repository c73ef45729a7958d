import Documents

extension LintRule {
  /// Agents that aim for more leverage than the venue of a scenario lends.
  static let leverageOverVenue = LintRule(name: "leverage") { file in
    file.study.panel.flatMap { name, agent -> [Problem] in
      guard let leverage = agent.targetLeverage else { return [] }
      let strictest = file.scenarios.max { $0.scenario.venue.initialMargin < $1.scenario.venue.initialMargin }
      guard let scenario = strictest, leverage * scenario.scenario.venue.initialMargin > 1 + 1e-9 else { return [] }
      let most = JSONWriter.number((100 / scenario.scenario.venue.initialMargin).rounded() / 100)
      let place = "/panel/\(JSONPointer.escape(name))"
      let node = file.document.root.node(at: place) ?? file.document.root
      return [
        Problem(
          position: node.position, path: node.path,
          message: "\(quoted(name)) aims for \(JSONWriter.number(leverage)) times its equity, and the venue of "
            + "\(quoted(scenario.name)) lends up to \(most) times: it will hold less than it says")
      ]
    }
  }
}
