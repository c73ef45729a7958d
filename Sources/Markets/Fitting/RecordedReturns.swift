import Documents
import Glibc
import MarketData
import Statistics

/// Log returns of recorded bars, each with the variance time that it spans: what processes are fitted to.
package struct RecordedReturns: Sendable {
  /// The asset's name; empty in a file of one asset without a name.
  package let asset: String
  /// The file that they come from.
  package let file: String
  /// When the closes were recorded, milliseconds since 1970-01-01 UTC: one more than there are returns.
  package let times: [Int64]
  /// When their market trades, as far as their times tell.
  package let session: RecordedSession
  /// Log returns from close to close.
  package let values: [Double]
  /// What each spans of a year of variance.
  package let years: [Double]

  /// Bars that anything can be fitted to, at least.
  package static let fewestBars = 61

  /// States returns, at least one, with the variance time of each.
  package init(
    asset: String, file: String, times: [Int64], session: RecordedSession, values: [Double], years: [Double]
  ) {
    precondition(
      !values.isEmpty && values.count == years.count && times.count == values.count + 1,
      "Invariant: a time for each return, between two closes")
    self.asset = asset
    self.file = file
    self.times = times
    self.session = session
    self.values = values
    self.years = years
  }

  /// The closes of one asset of a table, its gaps taken as they are.
  ///
  /// - Parameters:
  ///   - place: of the asset among the table's.
  ///   - from: the first day (UTC) whose bars count; nil for whenever.
  ///   - to: the last one.
  ///   - daysPerYear: trading days of a year; nil for 252 sessions, or 365 days where trading never stops.
  ///   - overnightVarianceShare: of a day's variance, for bars shorter than a day in a market that closes at night.
  /// - Throws: too few bars, bars longer than a day, closes that do not move or hardly ever do; each at its line.
  package init(
    _ table: BarTable, asset place: Int, from: CalendarDay? = nil, to: CalendarDay? = nil, daysPerYear: Double? = nil,
    overnightVarianceShare: Double = 0.35
  ) throws(Problems) {
    let series = table.series[place]
    let column =
      table.layout.fields[.close]
      ?? table.layout.closes.first { table.table.header[$0] == table.names[place] } ?? table.layout.time
    func problem(_ bar: Int, _ column: Int, _ message: String) -> Problems {
      Problems(table.table.problem(Int(table.rows[place][bar]), column, message))
    }
    let whose = table.names[place].isEmpty ? "" : " of \(quoted(table.names[place]))"
    let bars = series.time.indices.filter { bar in
      let day = CalendarDay(daysSince1970: Int(series.time[bar]).floorDivided(by: Int(BarClock.day)))
      return from.map { $0 <= day } ?? true && to.map { day <= $0 } ?? true
    }
    guard bars.count >= Self.fewestBars, let clock = BarClock(bars.map { series.time[$0] }) else {
      let text = (from.map { " from \($0)" } ?? "") + (to.map { " to \($0)" } ?? "")
      throw problem(
        bars.last ?? 0, column,
        "\(bars.count) bars\(whose)\(text) are too few to fit anything: at least \(Self.fewestBars)")
    }
    let times = bars.map { series.time[$0] }
    guard let session = RecordedSession(times, clock, daysPerYear, overnightVarianceShare) else {
      throw problem(
        bars[1], table.layout.time,
        "the bars are \(BarTable.duration(clock.step)) apart; no scenario has steps longer than a day: give bars of a day"
      )
    }
    let closes = bars.map { series.close[$0] }
    let values = zip(closes, closes.dropFirst()).map { log($1) - log($0) }
    let unmoved = values.indices.filter { values[$0] == 0 }
    guard unmoved.count * 2 <= values.count else {
      let message =
        unmoved.count == values.count
        ? "all \(closes.count) closes\(whose) are \(JSONWriter.number(closes[0])): nothing moves"
        : "the close is that of the bar before, as \(unmoved.count) of \(values.count)\(whose) are: no process here stands "
          + "still so often"
      throw problem(bars[(unmoved.first ?? 0) + 1], column, message)
    }
    self.init(
      asset: table.names[place], file: table.table.file, times: times, session: session, values: values,
      years: session.years(times))
  }

  /// The returns before a share of them at the end, and that share; nil where one of both would be too few for anything.
  package func split(holdingOut share: Double) -> (first: RecordedReturns, rest: RecordedReturns)? {
    let count = Int((Double(values.count) * (1 - share)).rounded())
    guard count >= Self.fewestBars - 1, values.count - count >= Self.fewestBars - 1 else { return nil }
    return (part(0..<count), part(count..<values.count))
  }

  private func part(_ range: Range<Int>) -> RecordedReturns {
    RecordedReturns(
      asset: asset, file: file, times: Array(times[range.lowerBound...range.upperBound]), session: session,
      values: Array(values[range]), years: Array(years[range]))
  }

  /// When the first and the last close were recorded: dates, with the time of day of bars shorter than a day.
  package var span: (from: String, to: String) {
    func text(_ time: Int64) -> String {
      let text = Timestamp.text(milliseconds: time)
      return session.bar == .day ? String(text.prefix(10)) : text
    }
    return (text(times[0]), text(times[times.count - 1]))
  }

  /// All years of variance together.
  package var allYears: Double { years.reduce(0, +) }
  /// Trading time of a step in words, as a scenario's clock has it.
  package var step: String { session.step }
}
