import Drawing
import Lab
import Statistics

/// Whether a trained agent was made for what it met: inputs outside those of its training, and targets at their bound.
struct HealthPart: PageSection {
  let scene: TrainedScene

  /// Inputs that the table has, at most.
  private static let mostInputs = 20

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [
      page.heading(2, "Was it made for this?", (scene.words + ["health"]).joined(separator: " ")),
      Markup("p", text: introduction),
    ]
    for visit in scene.visits {
      parts.append(page.heading(3, visit.title, (visit.words + ["health"]).joined(separator: " ")))
      let kinds: [(HealthChart.Kind, String)] = [(.outside, "outside"), (.saturated, "saturated")]
      parts += page.grid(
        kinds.compactMap { kind, word in
          HealthChart(visit, kind).map {
            PageBuilder.Wish(chart: $0, words: visit.words + [word], rank: .leading)
          }
        })
      parts += [phases(visit)] + (inputs(visit).map { [$0] } ?? [])
    }
    return parts
  }

  private var introduction: String {
    let seen =
      switch scene.record.rangesFrom {
      case .record:
        "An input is outside what it was trained on where it is lower than the lowest or higher than the highest number "
          + "that it was on paths of its training, by more than a thousandth. "
      case .normaliser:
        "An input is outside what it was trained on where it is more than four standard deviations from its mean, by the "
          + "statistics that the policy scales its inputs by. "
      case nil:
        "Its files do not say what its inputs were in training, so it is not known which were outside it. "
      }
    return seen
      + "An action is saturated where "
      + (scene.record.fastest == nil
        ? "the target weights take up the whole leverage of the mandate" : "every pace is the largest")
      + ": more cannot be said. "
      + "Counted are closes at which it decides, on the paths above, as long as the account may trade."
  }

  private func head(_ visit: VisitScene) -> [String] {
    visit.behaviour.health.phases.map { $0.phase.words(events: visit.scenario.events.count) }
  }

  private func phases(_ visit: VisitScene) -> Markup {
    let phases = visit.behaviour.health.phases
    var rows: [[String]] = []
    if phases.contains(where: { $0.outside != nil }) {
      rows.append(["an input outside"] + phases.map { $0.outside.map(share) ?? "\u{2013}" })
    }
    rows.append(["action saturated"] + phases.map { share($0.saturated) })
    rows.append(["closes"] + phases.map { Unit.decimal(Double($0.closes), decimals: 0) })
    let confidence = Unit.percent.tick(visit.scene.summary.run.confidence, step: visit.scene.summary.run.confidence)
    return CardTable(
      caption: "Share of closes, with its \(confidence) interval over paths (delta method, after Hall)",
      head: ["at closes"] + head(visit), rows: rows
    ).markup
  }

  private func inputs(_ visit: VisitScene) -> Markup? {
    guard let inputs = visit.behaviour.health.inputs, !inputs.isEmpty else { return nil }
    let worst = { (input: PolicyHealth.Input) in input.outside.compactMap(\.value).max() ?? 0 }
    let sorted = inputs.enumerated().sorted { (-worst($0.element), $0.offset) < (-worst($1.element), $1.offset) }
    let shown = sorted.map(\.element).prefix(Self.mostInputs)
    let rest = inputs.count > shown.count ? "; \(inputs.count - shown.count) with less are left out" : ""
    return CardTable(
      caption: "By input, the share of closes at which it is outside what it was in training\(rest)",
      head: ["input"] + head(visit) + ["in training", "in this run"],
      rows: shown.map { input in
        [input.input] + input.outside.map(share) + [range(input.low, input.high), range(input.lowest, input.highest)]
      }
    ).markup
  }

  private func share(_ estimate: Estimate) -> String { estimate.figureText(.percent) }

  private func range(_ low: Double, _ high: Double) -> String {
    let figure = { (value: Double) in value == 0 ? "0" : Unit.number.text(value) }
    return "\(figure(low)) to \(figure(high))"
  }
}
