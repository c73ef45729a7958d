import Markets

/// The scenarios that are lived through with a figure multiplied, beside the markets of a run.
struct WhatIfPlan: Sendable {
  /// Paths of each, at most.
  let paths: Int
  let worlds: [World]

  /// A scenario with a figure multiplied, beside the market of the run that it is told from.
  struct World: Sendable {
    let variant: WhatIfVariant
    let market: Market
    let base: PlannedMarket
  }

  /// Plans them: each beside its scenario's market at one severity.
  ///
  /// - Throws: what a scenario says against its market.
  init(_ file: StudyFile, markets: [PlannedMarket], seed: UInt64) throws(Refusal) {
    paths = file.study.whatIf?.paths ?? 0
    let severity = file.study.judgedSeverity
    var worlds: [World] = []
    let variants: [WhatIfVariant]
    do {
      variants = try file.whatIfs()
    } catch {
      throw Refusal("\(error)")
    }
    for variant in variants {
      guard let base = markets.first(where: { $0.scenario == variant.scenario && $0.severity == severity }),
        !base.market.description.isSameOnEveryPath
      else { continue }
      worlds.append(
        World(
          variant: variant, market: try RunPlan.market(variant.file, severity: severity, seed: seed), base: base))
    }
    self.worlds = worlds
  }
}
