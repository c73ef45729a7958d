import Lab
import Statistics

/// How the desks would be judged were a fifth of the start as much as may be lost on the way, in a sentence.
struct LighterRuin: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that the verdict is about.
  init(_ desks: [DeskScene]) { self.desks = desks.filter(\.trades) }

  /// The loss that counts as ruin here, a fraction of starting equity.
  static let loss = 0.2

  /// The sentence: who would pass the limit of survival, who is too close to call, and who survives least; nil where a smaller
  /// loss is ruin already, or nothing is known.
  var sentence: String? {
    guard let summary = desks.first?.summary, 1 - summary.ruin.equityBelow > Self.loss + 1e-9 else { return nil }
    let known = desks.compactMap { scene in Self.survivors(scene.desk.lossCurve).map { (scene: scene, share: $0) } }
    let criterion = Self.criterion(summary)
    let judged = known.map { desk in (desk: desk, verdict: Self.judge(desk.share, criterion, summary)) }
    guard let least = known.least({ $0.share.estimate(confidence: 0.95).value }) else { return nil }
    func names(_ verdict: CriterionLine.Verdict) -> [String] {
      judged.filter { $0.verdict == verdict }.map { Self.name($0.desk.scene) }
    }
    let limit = Unit.percent.tick(criterion.limit, step: criterion.limit)
    func counted(_ verdict: CriterionLine.Verdict) -> [String] {
      judged.filter { $0.verdict == verdict }.map {
        let lost = $0.desk.share.trials - $0.desk.share.successes
        return "\(Self.name($0.desk.scene)) \(Unit.decimal(Double(lost), decimals: 0))"
      }
    }
    let (passing, close) = (names(.pass), names(.tooClose))
    var text =
      "Were a loss of \(Unit.percent.text(Self.loss, resolution: 1)) at any moment ruin already (counted on these paths: nobody is closed out there), "
    text += passing.isEmpty ? "none of \(known.count)" : "\(passing.count) of \(known.count)"
    text +=
      " desks would pass survival of at least \(limit)"
      + (passing.isEmpty ? "" : " (paths lost: \(listed(counted(.pass), most: 6)))")
    if !close.isEmpty { text += ", \(listed(counted(.tooClose), most: 3)) would be too close to call" }
    let share = least.share.estimate(confidence: summary.run.confidence).figureText(.percent)
    let equals = known.filter { $0.share == least.share }.map { Self.name($0.scene) }
    if equals.count == known.count { return "\(text); each would survive \(share)." }
    return "\(text); \(listed(equals)) would survive least, \(share)\(equals.count == 1 ? "" : " each")."
  }

  /// The strictest limit of survival that the study asks, or the usual one.
  private static func criterion(_ summary: Summary) -> Criterion {
    let asked = (summary.criteria?.lines ?? []).map(\.criterion).filter {
      $0.measure == Measures.Survival().name && $0.isAtLeast
    }
    return asked.max { $0.limit < $1.limit } ?? Criterion(Measures.Survival().name, atLeast: 0.99)
  }

  private static func judge(_ share: Proportion, _ criterion: Criterion, _ summary: Summary) -> CriterionLine.Verdict {
    let asked = criterion.confidence
    let confidence = summary.stopping == nil ? asked : Precision.confidence(covering: asked)
    return CriterionLine.judge(criterion, share.clopperPearson(confidence: 2 * confidence - 1))
  }

  /// How many paths lose less at every moment, and have no other cause of ruin; nil where that was not counted.
  static func survivors(_ curve: LossCurve) -> Proportion? {
    guard let place = curve.loss.firstIndex(where: { abs($0 - loss) < 1e-9 }) else { return nil }
    return Proportion(Int((curve.survival[place] * Double(curve.n)).rounded()), of: curve.n)
  }

  private static func name(_ scene: DeskScene) -> String {
    scene.summary.scenarios.count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }
}
