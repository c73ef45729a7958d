import Markets

extension EquityBreakdown {
  /// How many moves of each kind a trace keeps.
  private static let mostMoves = 5

  /// The steps that changed equity most, in the order of time; those that changed nothing are left out.
  func largestSteps(_ market: MarketDescription, _ jumps: Jumps) -> [EquityMove] {
    largest(steps.indices.map { $0..<$0 + 1 }, market, jumps)
  }

  /// Of the stretches from one step with fills to the next, those that changed equity most, in the order of time: what the
  /// fills cost, and what became of the position that they left.
  ///
  /// - Parameter times: closes of the steps with fills, in seconds since t = 0.
  func holdings(_ times: [Double], _ market: MarketDescription, _ jumps: Jumps) -> [EquityMove] {
    let seconds = market.clock.stepSeconds
    let filled = Set(times.map { Int(($0 / seconds).rounded()) - 1 })
    let starts = steps.indices.filter { filled.contains(steps[$0].number) }
    return largest(zip(starts, starts.dropFirst() + [steps.count]).map { $0..<$1 }, market, jumps)
  }

  private func largest(_ spans: [Range<Int>], _ market: MarketDescription, _ jumps: Jumps) -> [EquityMove] {
    let changes = spans.map { span in steps[span].reduce(0) { $0 + $1.change } }
    let order = spans.indices.filter { changes[$0] != 0 }.sorted { one, other in
      abs(changes[one]) != abs(changes[other]) ? abs(changes[one]) > abs(changes[other]) : one < other
    }
    let seconds = market.clock.stepSeconds
    return order.prefix(Self.mostMoves).sorted().map { index in
      let span = steps[spans[index]]
      return EquityMove(
        from: Double(span.first?.number ?? 0) * seconds, to: Double((span.last?.number ?? 0) + 1) * seconds,
        change: changes[index] / startEquity, parts: Self.sum(span.flatMap { parts($0, market, jumps) }))
    }
  }
}
