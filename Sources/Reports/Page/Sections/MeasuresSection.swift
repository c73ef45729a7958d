import Drawing
import Lab

/// What the figures of the page are, each in a line.
struct MeasuresSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    [
      page.heading(2, "What the figures are", "measures"),
      Markup(
        "dl", [:],
        Measures.catalogue.flatMap { measure in
          [Markup("dt", text: measure.title), Markup("dd", text: measure.definition)]
        }),
    ]
  }
}
