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
      + "the basis of those that the file gives a source for stands in its table of parameters.",
    "“Worst path” is the worst of the paths that were run, of several that end alike the first; not the worst that could "
      + "be.",
    "A desk is better than another only on these scenarios; all desks face the same paths, and an agent that was tuned on "
      + "them would look better than it is.",
    "Other traders do not answer, however large a desk is beside the market: its trades move the price for itself alone, by the "
      + "depth of the book, for as long as the book takes to refill.",
    "The probability of recovery takes it that impairments which the horizon cuts short would go on like those seen for longer. Late "
      + "ones may be of another kind than those of an event; the bare share of those back stands beside it.",
    "Fans show how outcomes spread across paths. They are not confidence intervals.",
  ]

  func body(_ page: inout PageBuilder) -> [Markup] {
    let scenarios = page.summary.scenarios
    var said: Set<String> = []
    var lines = LimitsSection.always
    for limit in scenarios.flatMap(\.limits) where said.insert(limit).inserted {
      // What one market leaves out another may have, such as clusters of volatility in resampled history.
      let of = scenarios.filter { $0.limits.contains(limit) }
      lines.append(of.count == scenarios.count ? limit : "In \(listed(of.map { "“\($0.title)”" }, most: 8)): \(limit)")
    }
    return [
      page.heading(2, "Limits of the model", "limits"),
      Markup("ul", ["class": "limits"], lines.map { Markup("li", text: $0) }),
    ]
  }
}
