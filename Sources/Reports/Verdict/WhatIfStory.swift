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
    let factors = Set(worlds.map(\.factor)).sorted().map(factorText)
    let figures = Set(worlds.map(\.figure)).count
    let paths = Unit.decimal(Double(first.paths), decimals: 0)
    let asked =
      "With \(figures == 1 ? "a fixed figure" : "one of \(figures) fixed figures") times \(joinedOr(factors)) (\(paths) paths)"
    let turning = worlds.filter { !turned($0).falling.isEmpty || !turned($0).rising.isEmpty }
    var told: String
    if turning.isEmpty {
      told = "\(asked), no desk crosses \(limitText) of survival"
    } else {
      let cases = turning.map { world -> String in
        let (falling, rising) = turned(world)
        let falls = falling.isEmpty ? nil : "\(names(falling)) under"
        let rises = rising.isEmpty ? nil : "\(names(rising)) over"
        return "\([falls, rises].compactMap { $0 }.joined(separator: ", ")) by \(name(world))"
      }
      told = "\(asked), survival crosses \(limitText): \(listed(cases, most: 4))"
    }
    let largest = worlds.compactMap { world in mostMoved(world).map { (world, $0) } }
      .max { abs($0.1.change.value ?? 0) < abs($1.1.change.value ?? 0) }
    if let (world, desk) = largest {
      told += "; most moves \(names([desk])), by \(desk.change.pointsText) with \(name(world))"
    }
    return told + "."
  }

  private func joinedOr(_ words: [String]) -> String { words.joined(separator: " or ") }
  private func name(_ world: WhatIfWorld) -> String { "\(world.figure) × \(factorText(world.factor))" }
  private func names(_ desks: [WhatIfWorld.Desk]) -> String {
    listed(desks.map { "\($0.agent)\u{A0}·\u{A0}\($0.risk)" })
  }
}

extension WhatIfWorld.Desk {
  /// Whether its survival is known to be another than as written.
  fileprivate var isMoved: Bool {
    guard let low = change.low, let high = change.high else { return false }
    return low > 0 || high < 0
  }
}

/// "½", "2", "0.1": what a figure is multiplied by.
func factorText(_ factor: Double) -> String { factor == 0.5 ? "½" : JSONWriter.number(factor) }
