import Lab
import Statistics

/// What a risk profile costs agents when nothing happens, and what it does when it does: mean returns behind it and without it, on
/// the same paths, in a sentence.
struct CalmPrice: Sendable {
  /// The desk without the profile, and the one behind it.
  let plain, guarded: DeskScene

  /// The sentence; nil where severity 0 was not run, or is all there is.
  var sentence: String? {
    guard let with = guarded.calm?.finalReturnMean, let without = plain.calm?.finalReturnMean, with.value != nil,
      without.value != nil
    else { return nil }
    let place = guarded.scenario.events.isEmpty ? "At severity 0" : "Without \(guarded.scenario.eventWord)"
    return "\(place), "
      + (overAll
        ?? "on the same paths, \(guarded.desk.agent)’s mean return is \(with.figureText(.percent)) behind “\(guarded.desk.risk)” and "
        + "\(without.figureText(.percent)) behind “\(plain.desk.risk)”\(difference).")
  }

  /// From where to where the difference goes over all agents, without the events and with them; nil where there are not
  /// several agents.
  private var overAll: String? {
    let effects = (guarded.summary.profileEffects ?? []).filter {
      $0.scenario == guarded.desk.scenario && $0.severity == guarded.desk.severity && $0.risk == guarded.desk.risk
        && $0.against == plain.desk.risk && $0.calmReturn?.value != nil
    }
    guard effects.count > 1, let calm = Self.range(effects, { $0.calmReturn }) else { return nil }
    let text =
      "“\(guarded.desk.risk)” instead of “\(plain.desk.risk)” changes the mean return by \(calm)"
    guard !guarded.scenario.events.isEmpty, let stress = Self.range(effects, { $0.stressReturn }) else {
      return text + "."
    }
    return "\(text); with \(guarded.scenario.eventWord) by \(stress)."
  }

  /// "−2.6 [−2.7, −2.4] points (stressTrained) to +2.8 [2.7, 2.9] (momentum)"; nil where one is not known.
  private static func range(_ effects: [ProfileEffect], _ change: (ProfileEffect) -> Estimate?) -> String? {
    guard effects.allSatisfy({ change($0)?.value != nil }), let least = effects.least({ change($0)?.value }),
      let most = effects.least({ change($0)?.value.map { -$0 } }), let low = change(least), let high = change(most)
    else { return nil }
    return "\(low.pointsText.replacing(" points", with: "")) (\(least.agent)) to \(high.pointsText) (\(most.agent))"
  }

  /// The difference path by path, where one of both has no rules and the other is judged by it.
  private var difference: String {
    func effect(of desk: DeskSummary, against other: DeskSummary) -> Estimate? {
      guarded.summary.profileEffects?.first {
        $0.scenario == desk.scenario && $0.severity == desk.severity && $0.agent == desk.agent && $0.risk == desk.risk
          && $0.against == other.risk
      }?.calmReturn
    }
    let found =
      effect(of: guarded.desk, against: plain.desk) ?? effect(of: plain.desk, against: guarded.desk)?.opposite
    return found.map { ", a difference of \($0.pointsText)" } ?? ""
  }
}
