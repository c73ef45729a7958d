import Drawing
import Lab

/// What the figures rest on: every number of each scenario with where it comes from, and what the words mean.
struct AssumptionsSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, "What was assumed", "assumptions")]
    for scenario in page.summary.scenarios where !scenario.parameters.isEmpty {
      // Of a grid the first point has what all of them share.
      let first = page.summary.scenarios.first { $0.file == scenario.file && $0.point != nil }
      if let first, first.name != scenario.name { continue }
      let table = ParameterTable(scenario)
      let title = page.summary.scenarios.count == 1 ? "" : "“\(scenario.title)”: "
      parts.append(Markup("p", text: title + table.counts))
      if let influence = InfluencePart(scenario, page).markup { parts.append(influence) }
      parts.append(table.markup)
    }
    if let study = page.summary.studyParameters, !study.isEmpty {
      let table = ParameterTable(study: study)
      parts.append(Markup("p", text: "What the study itself sets: \(table.counts)"))
      parts.append(table.markup)
    }
    return parts + GlossaryPart(page.summary).markup
  }
}
