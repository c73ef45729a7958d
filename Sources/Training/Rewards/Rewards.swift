import Documents

/// The rewards that a training can name; a new one is one file and one line here.
package enum Rewards {
  /// Every reward by its tag.
  package static let catalogue = Catalogue<any Reward>(
    "rewards",
    .entry("logGrowth", LogGrowth.form, "growth of log wealth, less a price for drawdown") { $0 },
    .entry("meanVariance", MeanVarianceReward.form, "return less half the risk aversion times its square") { $0 },
    .entry("differentialSharpe", DifferentialSharpe.form, "what a return does to the Sharpe ratio so far") { $0 },
    .entry("worstShare", WorstShare.form, "growth of log wealth in the worst share of episodes") { $0 },
    .entry("implementationShortfall", ShortfallReward.form, "what selling out a position costs, and its risk") { $0 },
  )
}

extension FieldKind where Value == any Reward {
  /// A reward by its tag; without one, the fields of `logGrowth`, which was the only reward before there were tags.
  static var reward: FieldKind {
    let tagged = FieldKind.model(Rewards.catalogue)
    let plain = FieldKind<LogGrowth>.form(LogGrowth.form)
    return FieldKind(
      tagged.type, schema: { .anyOf([tagged.schema($0).orExtension, plain.schema($0).orExtension]) }, json: { $0.json },
      values: { $0["model"] == nil ? plain.values($0) : tagged.values($0) }
    ) { node, reading in
      guard node.members != nil, node["model"] == nil else { return tagged.read(node, reading) }
      return plain.read(node, reading)
    }
  }
}
