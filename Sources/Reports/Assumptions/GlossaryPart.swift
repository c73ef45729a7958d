import Drawing
import Lab

/// What the words of the page mean, and what its figures are, each in a line.
struct GlossaryPart: Sendable {
  private let summary: Summary

  /// The words of a run's page: what its horizon is too short for is left out.
  init(_ summary: Summary) { self.summary = summary }

  /// Words that stand in sentences and headings.
  private static let words = [
    ("scenario", "a market under stress, as one file describes it"),
    ("event", "a named shock inside a scenario"),
    (
      "severity",
      "how strong the events are: 1 is the scenario as written, 0 the same paths without its events; at θ falls in log price are θ times "
        + "as deep, so that 25\u{A0}% become 44\u{A0}% at 2, and factors on volatility, spread, depth and volume are to the power of θ"
    ),
    ("typically", "the value drawn most often, of a law between a lowest and a highest one (PERT)"),
    ("path", "one random course of a scenario’s market; all desks face the same paths"),
    ("agent", "decides what to hold from what it may see"),
    ("risk profile", "the rules between an agent and the venue, which may only take positions down"),
    ("desk", "an agent behind a risk profile, with an account of its own"),
    (
      "impaired",
      "at some close a hundredth or more under the level from which a desk recovers (at 94\u{A0}% where that is 95\u{A0}%), so that "
        + "there is something to recover from"
    ),
    ("horizon", "the end of a path"),
    (
      "leverage",
      "positions at their prices, long and short added up, over equity; 0 where nothing is held, as after ruin and once all is "
        + "closed at the horizon"
    ),
    ("half-spread", "what a trade at the best price costs against the middle of bid and ask"),
    ("impact", "how far a desk’s own order moves the price against itself"),
    ("depth to 1 %", "the quantity that moves the price by 1 %"),
    (
      "interval",
      "where the figure of all paths that could be drawn lies, as often as the percentage says; it is about the number of paths alone"
    ),
    ("n", "how many paths a figure is of"),
  ]

  /// The list, folded.
  var markup: [Markup] {
    let measures = Measures.catalogue.filter { measure in
      !(measure.isOfPerformance || measure.isOfExecution)
        || summary.desks.contains { $0.measures.value(of: measure) != nil }
    }
    let lines = Self.words + measures.map { ($0.title, $0.definition) }
    return [
      Markup(
        "details", [:],
        [
          Markup("summary", text: "What the words and figures are"),
          Markup("dl", [:], lines.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1)] }),
        ])
    ]
  }
}
