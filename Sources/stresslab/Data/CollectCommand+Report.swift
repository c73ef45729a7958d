import Documents
import Lab
import MarketData
import Pipeline

// What is told at the end.
extension CollectCommand {
  /// Makes the bars of the dataset and says what came home.
  func finish(
    _ writer: CandleWriter, _ origin: CandleOrigin, _ collected: CandleCollector.Collected, _ folder: DataFolder,
    _ limit: String? = nil
  ) throws {
    let gaps = try writer.gaps()
    let raw = writer.finish()
    guard let manifest = raw.manifest, manifest.rows ?? 0 > 0 else {
      throw Refusal("\(origin.exchange) has no bars of \(origin.symbol) there")
    }
    if try DataEntry(raw.name, in: folder)?.isCurrent != true { _ = try ProcessedBars.make(from: raw) }
    // Where all was home, whoever brought it may have been killed before it was listed.
    try DataIndex(folder).refresh()
    guard let entry = try DataEntry(raw.name, in: folder), let bars = entry.processed else { return }
    let times = (first: Timestamp.text(milliseconds: bars.first), last: Timestamp.text(milliseconds: bars.last))
    if json {
      let stretches = gaps.map { gap -> JSONValue in
        [
          "from": .string(Timestamp.text(milliseconds: gap.lowerBound)),
          "to": .string(Timestamp.text(milliseconds: gap.upperBound)),
          "bars": .integer(Int((gap.upperBound - gap.lowerBound) / origin.stepMilliseconds)),
        ]
      }
      func moment(_ time: Int64?) -> JSONValue { time.map { .string(Timestamp.text(milliseconds: $0)) } ?? .null }
      return try Output.write(
        JSONWriter.write(
          [
            "name": .string("\(raw.name)"), "exchange": .string(origin.exchange), "address": .string(origin.address),
            "symbol": .string(origin.symbol), "step": .string(origin.step), "tool": .string(origin.tool),
            "file": .string(folder.processed(raw.name)), "bars": .integer(bars.rows), "new": .integer(collected.new),
            "first": .string(times.first), "last": .string(times.last), "gaps": .array(stretches),
            "begins": moment(collected.start), "quietSince": moment(collected.quietSince),
            "findings": bars.findings?.json ?? .null, "sha256": .string(bars.sha256),
          ], indented: true))
    }
    guard !quiet else { return }
    let news = collected.new == 0 ? "all were home" : collected.new == bars.rows ? "all new" : "\(collected.new) new"
    var lines = [
      "\(origin.words): \(bars.rows) bars from \(times.first) to \(times.last), \(news)",
      "  bars       \(folder.processed(raw.name)), as data:\(raw.name) in commands and documents",
    ]
    if let start = collected.start {
      let text = Timestamp.text(milliseconds: start)
      lines.append(
        "  begins     \(origin.exchange) has \(origin.symbol) from \(text) on" + (limit.map { "; \($0)" } ?? ""))
    }
    lines += gaps.prefix(20).map { "  gap        \(Self.words($0, origin))" }
    if gaps.count > 20 { lines.append("  gap        and \(gaps.count - 20) more; --json has all") }
    lines.append("  gaps       \(gaps.isEmpty ? "none" : "\(gaps.count), each asked for three times")")
    if let quiet = collected.quietSince {
      let text = Timestamp.text(milliseconds: quiet)
      lines.append("  not yet    bars from \(text) on are not there; the same command asks for them again")
    }
    lines += bars.splits.prefix(20).map { "  split      \($0)" }
    lines.append("  check      \(DataText.findings(bars, of: raw.name))")
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }

  private static func words(_ gap: Range<Int64>, _ origin: CandleOrigin) -> String {
    let count = Int((gap.upperBound - gap.lowerBound) / origin.stepMilliseconds)
    return "\(Timestamp.text(milliseconds: gap.lowerBound)) to \(Timestamp.text(milliseconds: gap.upperBound)), "
      + (count == 1 ? "a bar" : "\(count) bars")
  }
}
