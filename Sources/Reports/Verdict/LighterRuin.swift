import Lab
import Statistics

/// How many paths would survive were a fifth of the start as much as may be lost on the way, in a sentence.
struct LighterRuin: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that the verdict is about.
  init(_ desks: [DeskScene]) { self.desks = desks.filter(\.trades) }

  /// The loss that counts as ruin here, a fraction of starting equity.
  private static let loss = 0.2

  /// The sentence: the desks that survive most often and least; nil where a smaller loss is ruin already, or nothing is known.
  var sentence: String? {
    guard let summary = desks.first?.summary, 1 - summary.ruin.equityBelow > Self.loss + 1e-9 else { return nil }
    let known = desks.compactMap { scene in Self.survival(scene.desk.lossCurve).map { (scene: scene, share: $0) } }
    guard let least = known.least({ $0.share.value }), let most = known.least({ $0.share.value.map { -$0 } }) else {
      return nil
    }
    func told(_ share: Estimate) -> String {
      let alike = known.filter { $0.share == share }.map { Self.name($0.scene) }
      return "\(share.figureText(.percent)) of paths (\(listed(alike, most: 2)))"
    }
    let loss = Unit.percent.text(Self.loss, resolution: 1)
    let opening = "Were a loss of \(loss) at any moment ruin already"
    return least.share == most.share
      ? "\(opening), \(told(least.share)) would survive."
      : "\(opening), \(told(most.share)) to \(told(least.share)) would survive."
  }

  private static func survival(_ curve: LossCurve) -> Estimate? {
    guard let place = curve.loss.firstIndex(where: { abs($0 - loss) < 1e-9 }) else { return nil }
    return Proportion(Int((curve.survival[place] * Double(curve.n)).rounded()), of: curve.n)
      .estimate(confidence: curve.confidence)
  }

  private static func name(_ scene: DeskScene) -> String {
    scene.summary.scenarios.count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }
}
