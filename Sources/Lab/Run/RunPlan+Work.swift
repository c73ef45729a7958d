import Markets

extension RunPlan {
  /// How much there is to simulate: steps of every asset in every path, of the market alone and of each desk in it, with the
  /// ladder and the what-ifs. The time of a run is about in proportion to it.
  package var work: Double {
    func work(_ market: Market, desks: Int, paths: Double) -> Double {
      let clock = market.description.clock
      let steps = Double(clock.steps) * Double(1 + desks) + Double(clock.warmupSteps)
      return paths * steps * Double(market.description.assets.count)
    }
    let own = markets.reduce(0) { $0 + work($1.market, desks: $1.desks.count, paths: Double(paths.count)) }
    let rungs = (ladder?.rungs ?? []).reduce(0) { sum, rung in
      let lived = rung.planned == nil ? 0 : min(paths.count, ladder?.paths ?? 0)
      return sum + work(rung.market, desks: rung.desks.count, paths: Double((ladder?.paths ?? 0) - lived))
    }
    let worlds = (whatIf?.worlds ?? []).reduce(0) { sum, world in
      sum + work(world.market, desks: world.base.desks.count, paths: Double(whatIf?.paths ?? 0))
    }
    return own + rungs + worlds
  }
}
