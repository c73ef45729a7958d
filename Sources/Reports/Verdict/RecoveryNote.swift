import Lab
import Statistics

/// What the probability of recovery in the decision table is, of how many paths, and how far the bare share can be from it.
struct RecoveryNote: Sendable {
  private let desks: [DeskScene]
  private let lines: [CriterionLine]

  /// - Parameters:
  ///   - desks: those that trade, all judged by recovery.
  ///   - lines: how they are judged.
  init(_ desks: [DeskScene], _ lines: [CriterionLine]) {
    self.desks = desks
    self.lines = lines
  }

  private var criterion: Criterion? { lines.first { $0.criterion.measure == Measures.Recovery().name }?.criterion }

  /// Empty without desks.
  var text: String {
    guard let first = desks.first else { return "" }
    let level = Unit.percent.text(first.summary.recovery.level.rawValue, resolution: 1)
    let text =
      "Recovery: P(back to \(level) of \(Self.reference(first)) at one close or more, whatever comes after | impaired), by Aalen and "
      + "Johansen’s estimator (ruin competes; what the horizon cuts short counts for as long as it is seen); impaired: at "
      + "\(first.summary.recovery.impairedText) of it or under at a close, "
    let impaired = desks.filter { $0.desk.recovery.n > 0 }
    guard let least = impaired.least({ Double($0.desk.recovery.n) }),
      let most = impaired.least({ -Double($0.desk.recovery.n) })
    else { return text + "which no path was." }
    let (low, high) = (Self.count(least.desk.recovery.n), Self.count(most.desk.recovery.n))
    let paths = "of \(Self.count(first.desk.survival.n)) paths"
    return text
      + (low == high
        ? "\(low) \(paths)."
        : "\(low) (\(name(least))) to \(high) (\(name(most))) \(paths)"
          + (impaired.count < desks.count ? ", none of \(listed(unimpaired, most: 2))." : "."))
      + flat(impaired) + furthest(impaired)
  }

  /// Of desks that fail those that have left the market: who holds nothing cannot come back with it.
  private func flat(_ impaired: [DeskScene]) -> String {
    let flat = impaired.filter { scene in
      scene.scenario.isInEventTime && scene.desk[.leverage]?.p50.last == 0
        && lines.contains {
          $0.desk == scene.desk.desk && $0.criterion.measure == Measures.Recovery().name && $0.verdict == .fail
        }
    }
    guard let first = flat.first, let seconds = first.desk[.leverage]?.seconds.last, seconds > 0 else { return "" }
    // Scenarios are followed for times of their own.
    let alike = flat.filter {
      $0.desk[.leverage]?.seconds.last == seconds && $0.scenario.eventWord == first.scenario.eventWord
    }
    return
      " Of those that fail, \(listed(alike.map(name), most: 4)) \(alike.count == 1 ? "holds" : "hold") nothing "
      + "\(first.scenario.clock.unit.text(seconds)) after \(first.scenario.eventWord) on the median path: who is out of the market "
      + "does not come back with it."
  }

  /// The desks whose verdict would be another by the bare share; without any the one whose bare share lies furthest away.
  private func furthest(_ impaired: [DeskScene]) -> String {
    if !changed.isEmpty {
      let all = changed.map { scene in
        "\(name(scene)) (\(Self.verdict(scene, criterion).text): \(Self.bareText(scene))\(Self.onsets(scene)))"
      }
      return " † By the bare share back by the horizon another verdict would stand at \(listed(all, most: 8)), "
        + "whose probability is read \(Self.end(changed)) after the impairment, the last time at which ten are still watched."
    }
    let gaps = impaired.compactMap { scene in
      scene.desk.recovery.value.map { (scene: scene, gap: abs($0 - (Self.bare(scene).value ?? $0))) }
    }
    guard let most = gaps.least({ -$0.gap }), most.gap > 0.005 else { return "" }
    return
      " The bare share back by the horizon differs most for \(name(most.scene)), \(Self.bareText(most.scene))\(Self.onsets(most.scene))."
  }

  /// "; 446 begin later than 6 h 4 min, when the event is over: of these 29.8 % [25.8, 34.2] were back, of the others 95 % [90, 98]";
  /// empty where nothing begins late.
  private static func onsets(_ scene: DeskScene) -> String {
    guard let onsets = scene.summary.impairmentOnsets?.first(where: { $0.desk == scene.desk.desk }), onsets.late.n > 0
    else { return "" }
    let over = "\(scene.scenario.eventWord) \(scene.scenario.events.count == 1 ? "is" : "are") over"
    let others = onsets.early.n > 0 ? ", of the others \(onsets.early.figureText(.percent))" : ""
    return
      "; \(count(onsets.late.n)) begin later than \(scene.scenario.clock.unit.text(onsets.boundarySeconds)), when \(over): of "
      + "these \(onsets.late.figureText(.percent)) were back\(others)"
  }

  /// What recovery is measured against.
  private static func reference(_ scene: DeskScene) -> String {
    if let event = scene.summary.recovery.from { return "equity at the last close before “\(event)”" }
    return scene.scenario.events.isEmpty
      ? "the peak before a fall of 5\u{A0}%" : "equity at the last close before the first event"
  }

  /// Desks whose verdict by recovery would be another were it the bare share of those back by the horizon.
  private var changed: [DeskScene] { desks.filter { Self.isChanged($0, criterion, lines) } }

  /// Whether it would for one desk.
  static func isChanged(_ scene: DeskScene, _ criterion: Criterion?, _ lines: [CriterionLine]) -> Bool {
    guard let criterion, scene.desk.recovery.n > 0,
      let line = lines.first(where: { $0.desk == scene.desk.desk && $0.criterion.measure == criterion.measure })
    else { return false }
    return line.verdict != verdict(scene, criterion)
  }

  private static func verdict(_ scene: DeskScene, _ criterion: Criterion?) -> CriterionLine.Verdict {
    guard let criterion else { return .nothingToJudge }
    let asked = criterion.confidence
    let confidence = scene.summary.stopping == nil ? asked : Precision.confidence(covering: asked)
    return CriterionLine.judge(
      criterion,
      Proportion(scene.desk.recoveredPaths, of: scene.desk.recovery.n).clopperPearson(confidence: 2 * confidence - 1))
  }

  /// The share of impaired paths that were back by the horizon.
  static func bare(_ scene: DeskScene) -> Estimate {
    Proportion(scene.desk.recoveredPaths, of: scene.desk.recovery.n)
      .estimate(confidence: scene.summary.run.confidence)
  }

  /// "252 of 571, 44.1 % [40.1, 48.2]".
  private static func bareText(_ scene: DeskScene) -> String {
    "\(count(scene.desk.recoveredPaths)) of \(count(scene.desk.recovery.n)), \(bare(scene).figureText(.percent))"
  }

  /// When their curves end.
  private static func end(_ scenes: [DeskScene]) -> String {
    let ends = scenes.compactMap { $0.desk.recoveredCurve.seconds.last }
    guard let unit = scenes.first?.scenario.clock.unit, let least = ends.min(), let most = ends.max() else { return "" }
    return least == most ? unit.text(least) : "\(unit.text(least)) to \(unit.text(most))"
  }

  private var unimpaired: [String] { desks.filter { $0.desk.recovery.n == 0 }.map(name) }

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
