import Drawing
import Lab
import Statistics

/// On which of a scenario's drawn figures ruin hangs most, and what that figure rests on, in a sentence.
struct InfluencePart: Sendable {
  private let scenario: ScenarioSummary
  private let desks: [DeskScene]
  private let page: PageBuilder

  /// - Parameters:
  ///   - scenario: whose figures they are.
  ///   - page: with its desks.
  init(_ scenario: ScenarioSummary, _ page: PageBuilder) {
    self.scenario = scenario
    self.page = page
    desks = page.highest.filter { $0.scenario.name == scenario.name }
  }

  /// How much one figure explains of the ruins of a desk.
  private struct Share {
    let pointer: String
    let desk: DeskScene
    let estimate: Estimate
  }

  /// The sentence, and the way to all of it; nil where nothing is drawn, or too few paths are ruined or survive.
  var markup: Markup? {
    let shares = desks.flatMap { scene in
      let parameters = (page.summary.sensitivities ?? []).first { $0.desk == scene.desk.desk }?.parameters ?? []
      return parameters.map { Share(pointer: $0.pointer, desk: scene, estimate: $0.firstOrder) }
    }
    guard let top = shares.filter({ ($0.estimate.low ?? 0) > 0 }).least({ $0.estimate.value.map { -$0 } }) else {
      return nil
    }
    let same = shares.filter { $0.pointer == top.pointer }
    guard let least = same.least({ $0.estimate.value }) else { return nil }
    let range =
      same.count == 1
      ? Self.text(top) : "\(Self.text(least)) to \(Self.text(top))"
    let basis = scenario.parameters.first { $0.path == top.pointer }.map { $0.basis?.rawValue ?? "nothing named" }
    let fixed = scenario.parameters.count - Set(shares.map(\.pointer)).count
    let sentence =
      "Of the figures that each path draws, \(parameterName(top.pointer))"
      + (basis.map { " (it rests on \($0))" } ?? "")
      + " explains more of who is ruined than any other: alone \(range) of the variance. \(others(fixed))"
    guard let name = page.names.markets[scenario.name] else { return Markup("p", text: sentence) }
    return Markup(
      "p", [:],
      [.text(sentence + " "), Markup("a", ["href": name], text: "What survival hangs on, desk by desk"), .text(".")])
  }

  /// How what hangs on figures that are fixed can be known.
  private func others(_ fixed: Int) -> String {
    var asked: [String] = []
    for world in page.summary.whatIfs ?? [] where world.scenario == scenario.name && !asked.contains(world.figure) {
      asked.append(world.figure)
    }
    guard !asked.isEmpty else {
      return "What hangs on the \(fixed) figures that are fixed only a grid over them can say."
    }
    return
      "Of the \(fixed) figures that are fixed “If a fixed figure were another” has \(listed(asked, most: 32)); what hangs on "
      + "the others only a grid over them can say."
  }

  private static func text(_ share: Share) -> String {
    "\(share.estimate.figureText(.percent)) (\(share.desk.name))"
  }
}
