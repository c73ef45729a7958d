import Lab
import Statistics

/// What the probability of recovery in the decision table is, of how many paths, and how far the bare share can be from it.
struct RecoveryNote: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that trade, all judged by recovery.
  init(_ desks: [DeskScene]) { self.desks = desks }

  /// Empty without desks.
  var text: String {
    guard let first = desks.first else { return "" }
    let level = Unit.percent.text(first.summary.recovery.level.rawValue, resolution: 1)
    let text =
      "Recovery: P(back to \(level) | impaired), in which an impairment counts for as long as it is seen (Aalen–Johansen); "
    let impaired = desks.filter { $0.desk.recovery.n > 0 }
    guard let least = impaired.least({ Double($0.desk.recovery.n) }),
      let most = impaired.least({ -Double($0.desk.recovery.n) })
    else { return text + "no path was impaired." }
    let (low, high) = (Self.count(least.desk.recovery.n), Self.count(most.desk.recovery.n))
    let paths = "of \(Self.count(first.desk.survival.n)) paths"
    return text
      + (low == high
        ? "impaired: \(low) \(paths)."
        : "impaired: \(low) (\(name(least))) to \(high) (\(name(most))) \(paths).")
      + furthest(impaired)
  }

  /// The desk whose bare share lies furthest from the probability: many impairments that the horizon cut short.
  private func furthest(_ impaired: [DeskScene]) -> String {
    let gaps = impaired.compactMap { scene -> (scene: DeskScene, bare: Estimate, gap: Double)? in
      guard let probability = scene.desk.recovery.value, scene.desk.recovery.n > 0 else { return nil }
      let bare = Proportion(scene.desk.recoveredPaths, of: scene.desk.recovery.n)
        .estimate(confidence: scene.summary.run.confidence)
      return bare.value.map { (scene, bare, abs(probability - $0)) }
    }
    guard let most = gaps.least({ -$0.gap }), most.gap > 0.005 else { return "" }
    return
      " An impairment that the horizon cuts short counts as one that may yet end like those seen for longer: the bare "
      + "share back by the horizon differs most for \(name(most.scene)), \(Self.count(most.scene.desk.recoveredPaths)) of "
      + "\(Self.count(most.bare.n)), \(most.bare.figureText(.percent))."
  }

  private func name(_ scene: DeskScene) -> String {
    Set(desks.map(\.scenario.name)).count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }

  private static func count(_ number: Int) -> String { Unit.decimal(Double(number), decimals: 0) }
}

extension DeskSummary {
  /// How many paths had recovered when the horizon came.
  var recoveredPaths: Int {
    Int(((recoveryStates.recovered.value ?? 0) * Double(recoveryStates.recovered.n)).rounded())
  }
}
