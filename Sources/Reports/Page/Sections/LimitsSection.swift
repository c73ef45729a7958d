import Drawing
import Lab

/// What the figures do not say, in plain words.
struct LimitsSection: PageSection {
  /// The section.
  init() {}

  /// What holds for every run.
  private static let always = [
    "Survival and recovery are conditional: on these scenarios, these agents, this definition of ruin and these paths. How "
      + "often such a market comes is not estimated, so none of the figures is a probability of the real world.",
    "The intervals are about the number of paths alone. They do not cover whether the scenario’s own figures are right; "
      + "those that rest on judgement are marked so in its table of parameters.",
    "“Worst path” is the worst of the paths that were run, not the worst that could be.",
    "A desk is better than another only on these scenarios; all desks face the same paths, and an agent that was tuned on "
      + "them would look better than it is.",
    "Other traders do not answer: a desk is small beside the market, and its trades move the price for itself alone, by the "
      + "depth of the book, for as long as the book takes to refill.",
    "Fans show how outcomes spread across paths. They are not confidence intervals.",
  ]

  func body(_ page: inout PageBuilder) -> [Markup] {
    var said = Set(LimitsSection.always)
    var lines = LimitsSection.always
    for limit in page.summary.scenarios.flatMap(\.limits) where said.insert(limit).inserted { lines.append(limit) }
    return [
      page.heading(2, "Limits of the model", "limits"),
      Markup("ul", [:], lines.map { Markup("li", text: $0) }),
    ]
  }
}
