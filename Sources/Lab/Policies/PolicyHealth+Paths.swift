import Statistics

extension PolicyHealth {
  /// The health of a policy on some paths.
  ///
  /// - Parameters:
  ///   - paths: what it saw and wanted on each.
  ///   - seconds: the times of the curves' points.
  init(_ paths: [PolicyPath], _ record: PolicyRecord, isInEventTime: Bool, seconds: [Double], confidence: Double) {
    let hasRanges = record.ranges != nil
    var counts = Array(repeating: (n: 0, outside: 0, saturated: 0), count: seconds.count)
    for point in paths.flatMap(\.points) {
      counts[point.point].n += 1
      if point.isOutside { counts[point.point].outside += 1 }
      if point.isSaturated { counts[point.point].saturated += 1 }
    }
    // As in fans: a time that few paths reach says nothing of the others.
    let most = counts.map(\.n).max() ?? 0
    let known = zip(seconds, counts).filter { $1.n > 0 && $1.n * 10 >= most }
    func curve(_ count: (Int, Int, Int) -> Int) -> Curve {
      let estimates = known.map { Proportion(count($1.n, $1.outside, $1.saturated), of: $1.n) }
        .map { $0.estimate(confidence: confidence) }
      return Curve(
        seconds: known.map(\.0), value: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
        high: estimates.map { $0.high ?? 1 }, n: most, method: estimates.isEmpty ? nil : .proportion,
        confidence: confidence, atRisk: known.map(\.1.n))
    }
    self.isInEventTime = isInEventTime
    outside = hasRanges ? curve { _, outside, _ in outside } : nil
    saturated = curve { _, _, saturated in saturated }

    let all = (paths.first?.closes.count ?? 1) == 1 ? [PolicyPhase.throughout] : PolicyPhase.ofEvents
    func share(_ phase: Int, _ count: (PolicyPath) -> Int) -> Estimate {
      let present = paths.filter { $0.closes[phase] > 0 }
      return RatioOfSums(
        present.map { Double(count($0)) }, over: present.map { Double($0.closes[phase]) }, usually: 0
      ).estimate(confidence: confidence)
    }
    phases = all.enumerated().map { number, phase in
      Phase(
        phase: phase, closes: paths.reduce(0) { $0 + $1.closes[number] },
        outside: hasRanges ? share(number) { $0.outside[number] } : nil,
        saturated: share(number) { $0.saturated[number] })
    }
    inputs = record.ranges.map { ranges in
      ranges.enumerated().map { index, ends in
        var extremes = PolicyPath.Extremes()
        for path in paths { extremes.take(path.extremes[index]) }
        return Input(
          input: record.inputs[index], low: ends.low, high: ends.high,
          lowest: extremes.low.isFinite ? extremes.low : ends.low,
          highest: extremes.high.isFinite ? extremes.high : ends.high,
          outside: all.indices.map { phase in share(phase) { $0.outsideBy[phase * ranges.count + index] } })
      }
    }
  }
}
