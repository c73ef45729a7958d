import Documents
import Threads

extension RunRepetition {
  /// Simulates so many paths of each market again. Where they are all of them, every count of the fans is made again too.
  func pathCheck(_ plan: RunPlan, _ range: Range<Int64>, paths: Int) throws(StoreProblem) -> FolderCheck {
    let octets = Self.octets(of: range, paths: paths)
    let markets = plan.markets
    let jobs = markets.indices.flatMap { market in octets.map { TileJob(market: market, paths: $0) } }
    let count = octets.reduce(0) { $0 + $1.count }
    let isAll = count == range.count
    var counts = HistogramCounts(slots: isAll ? markets.map(\.fans.slots).max() ?? 0 : 0)
    var difference: String?
    _ = try OrderedJobs<TileWorker>(count: jobs.count, threads: min(threads, jobs.count)).run(
      makeWorker: { TileWorker(markets: markets, jobs: jobs, groups: 1) }, shouldStop: { false },
      deliver: { number, result throws(StoreProblem) in
        guard difference == nil else { return }
        let market = markets[result.job.market]
        difference = try self.difference(result, market)
        guard isAll, difference == nil else { return }
        if number.isMultiple(of: octets.count) { counts.clear() }
        try StoreProblem.wrapping("the counts of \(Self.text(result.job.paths)) cannot be added") {
          try result.histograms.withUnsafeBytes { try counts.add($0) }
        }
        if (number + 1).isMultiple(of: octets.count) { difference = try self.difference(counts, market) }
      })
    if let difference { return .differs(Self.what, difference) }
    let size = "\(count) of \(range.count) in \(markets.count == 1 ? "the market" : "each of \(markets.count) markets")"
    return .good(
      Self.what, "\(size), simulated again, gave the same bits\(isAll ? ", and every count of the fans" : "")")
  }

  /// Groups of eight neighbouring paths, as many as hold so many paths, spread evenly from the first to the last.
  private static func octets(of range: Range<Int64>, paths: Int) -> [Range<Int64>] {
    let (first, last) = (range.lowerBound >> 3, (range.upperBound - 1) >> 3)
    let all = last - first + 1
    let count = min(Int64((paths + 7) / 8), all)
    // A product of both would be 2⁵⁴ at most, which fits.
    return (0..<count).map { number in
      let octet = first + (count > 1 ? number * (all - 1) / (count - 1) : 0)
      return (octet << 3..<(octet + 1) << 3).clamped(to: range)
    }
  }

  /// Where a tile that was made again differs from the store's rows of its paths.
  private func difference(_ result: TileResult, _ market: PlannedMarket) throws(StoreProblem) -> String? {
    let stored = try store.outcomes(of: result.job.paths, desks: market.deskNumbers)
    if let difference = difference(stored, result.outcomes, store.columns, result.job.paths, desks: market.deskNumbers)
    {
      return difference
    }
    if let performance = result.performance {
      let stored = try store.performance(of: result.job.paths, desks: market.deskNumbers)
      let columns = StoredColumn.performance
      if let difference = difference(stored, performance, columns, result.job.paths, desks: market.deskNumbers) {
        return difference
      }
    }
    guard let draws = result.draws else { return nil }
    let values = draws.values.map { $0 == 0 ? 0 : $0.bitPattern }
    let storedDraws = try store.draws(
      of: draws.paths, parameters: draws.firstParameter..<draws.firstParameter + draws.parameters)
    return Self.firstDifference(storedDraws, values).map { place in
      "path \(draws.paths.lowerBound + Int64(place / max(1, draws.parameters))): what the scenario draws for it is not "
        + "what the store holds"
    }
  }

  /// Where rows that were made again differ from those in the store.
  ///
  /// - Parameter desks: the numbers of the desks that they are of, path by path.
  func difference(
    _ stored: [UInt64], _ rows: OutcomeBatch, _ columns: [StoredColumn], _ paths: Range<Int64>,
    desks: Range<Int>
  ) -> String? {
    let made = rows.withoutSignsOfZeros(columns)
    guard let place = Self.firstDifference(stored, made) else { return nil }
    guard stored.count == made.count else { return "paths \(Self.text(paths)) are not all in the store" }
    let (row, column) = place.quotientAndRemainder(dividingBy: columns.count)
    let desk = context.desks[desks.lowerBound + row % desks.count]
    let path = paths.lowerBound + Int64(row / desks.count)
    let isReal = columns[column].type == .real
    func text(_ word: UInt64) -> String { isReal ? "\(Double(bitPattern: word))" : "\(Int64(bitPattern: word))" }
    return "path \(path), \(desk.agent)/\(desk.risk) in \(desk.scenario) at severity "
      + "\(JSONWriter.number(desk.severity)): \(columns[column].name) is \(text(stored[place])) in the store and "
      + "\(text(made[place])) when it is simulated again"
  }

  /// Which of a market's fans was counted otherwise.
  private func difference(_ counts: HistogramCounts, _ market: PlannedMarket) throws(StoreProblem) -> String? {
    for series in market.fans.series {
      for (point, stored) in try store.histograms(series).enumerated() {
        let made = counts.histogram(slot: series.firstSlot + point)
        // A time that no path reaches has no row, or an empty one.
        guard stored != made, stored != nil || made.total > 0 else { continue }
        return
          "the fan of \(series.quantity) (series \(series.number)) is counted otherwise at \(series.seconds[point]) s "
          + "when all paths are simulated again"
      }
    }
    return nil
  }

  private static func text(_ paths: Range<Int64>) -> String { "\(paths.lowerBound)…\(paths.upperBound - 1)" }

  /// The first place at which two lists differ, or one of them is over; nil where none is.
  private static func firstDifference(_ one: [UInt64], _ other: [UInt64]) -> Int? {
    guard one != other else { return nil }
    return zip(one, other).prefix { $0 == $1 }.count
  }
}
