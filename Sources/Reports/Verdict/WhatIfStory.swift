import Documents
import Lab
import Statistics

/// Whether the answer hangs on figures that the scenario fixes: which desks they take over the least survival, and whom they move
/// most.
struct WhatIfStory: Sendable {
  private let summary: Summary

  /// What a run says of it.
  init(_ summary: Summary) { self.summary = summary }

  /// "99 %": the least survival that counts.
  var limitText: String { Unit.percent.tick(summary.leastSurvival, step: summary.leastSurvival) }

  /// Desks that are known to be on the other side of the least survival there than the whole run as written has them.
  func turned(_ world: WhatIfWorld) -> (falling: [WhatIfWorld.Desk], rising: [WhatIfWorld.Desk]) {
    let limit = summary.leastSurvival
    func isOver(_ desk: WhatIfWorld.Desk) -> Bool? {
      summary.desks.first {
        $0.scenario == world.scenario && $0.severity == world.severity && $0.agent == desk.agent && $0.risk == desk.risk
      }?.survival.value.map { $0 >= limit }
    }
    return (
      world.desks.filter { isOver($0) == true && ($0.survival.high ?? 1) < limit },
      world.desks.filter { isOver($0) == false && ($0.survival.low ?? 0) >= limit }
    )
  }

  /// The desk whose survival changes most there, of several the first; nil where no change is known to be one.
  func mostMoved(_ world: WhatIfWorld) -> WhatIfWorld.Desk? {
    world.desks.filter(\.isMoved).max { one, other in
      abs(one.change.value ?? 0) < abs(other.change.value ?? 0)
    }
  }

  /// The answer in a sentence for the first screen; nil where no figure was asked, and of several scenarios.
  var sentence: String? {
    guard summary.scenarios.count == 1, let worlds = summary.whatIfs, let first = worlds.first else { return nil }
    let factors = Set(worlds.map(\.factor)).sorted().map { "× \(factorText($0))" }
    let figures = Set(worlds.map(\.figure)).count
    let asked =
      "Of \(figures) fixed figure\(figures == 1 ? "" : "s") \(factors.joined(separator: " or ")) one at a time "
      + "(\(Unit.decimal(Double(first.paths), decimals: 0)) paths)"
    let cases = worlds.compactMap { world -> String? in
      let (falling, rising) = turned(world)
      let falls = falling.isEmpty ? nil : "\(names(falling)) under"
      let rises = rising.isEmpty ? nil : "\(names(rising)) over"
      let moves = [falls, rises].compactMap { $0 }
      guard !moves.isEmpty else { return nil }
      return "\(world.figure) × \(factorText(world.factor)) takes \(moves.joined(separator: " and ")) \(limitText)"
    }
    guard let only = cases.first else { return "\(asked), none takes a desk across \(limitText) of survival." }
    let alone = cases.count == 1 ? ", no other a desk across it" : ""
    return "\(asked), \(cases.count == 1 ? only : listed(cases, most: 4))\(alone)."
  }

  private func names(_ desks: [WhatIfWorld.Desk]) -> String { listed(desks.map(\.name)) }
}

extension WhatIfWorld.Desk {
  /// "momentum · house": the agent and its risk profile.
  var name: String { "\(agent)\u{A0}·\u{A0}\(risk)" }

  /// Whether its survival is known to be another than as written.
  fileprivate var isMoved: Bool {
    guard let low = change.low, let high = change.high else { return false }
    return low > 0 || high < 0
  }
}

/// "½", "2", "0.1": what a figure is multiplied by.
func factorText(_ factor: Double) -> String { factor == 0.5 ? "½" : JSONWriter.number(factor) }
