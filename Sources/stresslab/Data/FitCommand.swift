import ArgumentParser
import Documents
import Lab
import MarketData
import Markets

/// `stresslab fit`: processes fitted to recorded bars.
struct FitCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fits price processes to recorded bars, with standard errors and how well they fit.",
    discussion: """
      Of each process that can be fitted: its likelihood and how far its law is from the returns. Of the one that was asked \
      for, or else of the best: parameters with standard errors and 95 % intervals, the stylised facts of its market beside \
      those of the bars, and a block to paste into a scenario, with its sources. The file is read as features reads it.

      Bars are daily or shorter. Too few, closes that do not move, impossible prices and gaps are refused, each with its \
      place.

        stresslab fit bars.csv
        stresslab fit stocks.csv --asset IBM --process garch
        stresslab fit stocks.csv --asset IBM --from 2003-01-01 --to 2007-06-30 --hold-out 0.25 --json
      """)

  @Argument(
    help: ArgumentHelp("CSV of recorded bars; - is standard input.", valueName: "data"),
    completion: .file(extensions: ["csv"]))
  var data: String

  @Option(help: "Which asset of several; the first unless given.")
  var asset: String?

  @Option(
    help: "The process to fit, by its name in scenarios; all that can be fitted unless given.",
    completion: .list(FitCommand.models))
  var process: String?

  @Option(help: "The first day whose bars count, such as 2003-01-01 (UTC).")
  var from: String?

  @Option(help: "The last day whose bars count.")
  var to: String?

  @Option(
    help: "The share of the returns, at the end, on which the fit is judged and to which it is not fitted; 0…0.5.")
  var holdOut = 0.0

  @Option(help: "Trading days in a year; 252, or 365 of a market that never closes, unless given.")
  var daysPerYear: Double?

  @Option(
    help: "The share of a day's variance in the gap before its session, for bars shorter than a day; the calendar's.")
  var overnightVarianceShare = 0.35

  @Option(help: "What the paths of the fitted market follow from.")
  var seed: UInt64 = 1

  @OptionGroup
  var reading: BarsOptions

  @Flag(help: "Print everything as JSON.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  /// What can be fitted, each name once.
  private static var models: [String] {
    ProcessFitters.catalogue.map(\.model).reduce(into: []) { names, name in if names.last != name { names.append(name) }
    }
  }

  mutating func run() throws {
    let (first, last) = (try Self.day(from, "--from"), try Self.day(to, "--to"))
    if let first, let last, first > last { throw Refusal("--from \(first) is after --to \(last)") }
    guard (0...0.5).contains(holdOut) else { throw Refusal("--hold-out lies in 0…0.5, not at \(holdOut)") }
    guard daysPerYear.map({ (1...366).contains($0) }) ?? true else {
      throw Refusal("--days-per-year lies in 1…366, not at \(daysPerYear ?? 0)")
    }
    guard (0..<1).contains(overnightVarianceShare) else {
      throw Refusal("--overnight-variance-share is at least 0 and less than 1, not \(overnightVarianceShare)")
    }
    let roles = try reading.roles()
    let file = try BarFile.read(
      data, named: roles, assets: asset.map { [$0] }, contents: StandardInput.contents(for: [data]))
    reading.say(file)
    try BarsNotice.say(of: [data])
    let bars = file.bars
    try reading.check(
      bars, of: [bars.names[0]], within: Self.moments(first, last), otherwise: "takes those around a gap as neighbours")
    let all = try RecordedReturns(
      bars, asset: 0, from: first, to: last, daysPerYear: daysPerYear, overnightVarianceShare: overnightVarianceShare)
    let (fitted, rest) = try parts(of: all)
    let report: FitReport
    do throws(FitRefusal) {
      let comparison = try FitComparison(fitted, model: process)
      report = FitReport(comparison, beside: rest ?? fitted, isUnseen: rest != nil, seed: seed)
    } catch {
      throw Refusal("\(data): \(error)")
    }
    if json { return try Output.write(JSONWriter.write(report.json, indented: true)) }
    try Output.write(report.lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }

  /// The day that an option names; nil where it was not given.
  private static func day(_ text: String?, _ option: String) throws(Refusal) -> CalendarDay? {
    guard let text else { return nil }
    guard let day = CalendarDay(text) else {
      throw Refusal("\(option) takes a date such as 2003-01-01, not \(quoted(text))")
    }
    return day
  }

  /// From the first moment of a day to the last one of another, milliseconds since 1970-01-01 UTC.
  private static func moments(_ first: CalendarDay?, _ last: CalendarDay?) -> Range<Int64> {
    let day: Int64 = 86_400_000
    return
      (first.map { Int64($0.daysSince1970) * day } ?? .min)..<(last.map { Int64($0.daysSince1970 + 1) * day } ?? .max)
  }

  /// What is fitted to, and what is held out; nil for nothing.
  private func parts(of all: RecordedReturns) throws(Refusal) -> (RecordedReturns, RecordedReturns?) {
    guard holdOut > 0 else { return (all, nil) }
    guard let (first, rest) = all.split(holdingOut: holdOut) else {
      throw Refusal(
        "--hold-out \(holdOut) of \(all.values.count) returns leaves one part with fewer than \(RecordedReturns.fewestBars - 1)"
      )
    }
    return (first, rest)
  }
}
