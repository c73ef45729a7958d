import ArgumentParser
import Documents
import MarketData
import Pipeline

/// `stresslab data show NAME`.
struct DataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows where a dataset comes from, what was found in it and what was made of it.")

  @Argument(help: "The dataset's name.")
  var name: String

  @OptionGroup
  var option: DataOption

  @Flag(help: "Print everything as JSON.")
  var json = false

  mutating func run() throws {
    let folder = try option.folder()
    let (name, entry) = try folder.dataset(name)
    guard let raw = try RawDataset.manifest(of: name, in: folder) else { return }
    if json { return try Output.write(JSONWriter.write(entry.json, indented: true)) }
    var lines = ["\(entry.name): \(entry.source)"]
    if let origin = raw.origin { lines.append("  asked      \(origin.address), by \(origin.tool)") }
    for range in raw.covered.ranges {
      lines.append("  covered    \(DataText.time(range.lowerBound)) to \(DataText.time(range.upperBound))")
    }
    for file in raw.files {
      lines.append(
        "  raw        \(folder.raw(name))/\(file.name): \(file.rows.map { "\($0) rows, " } ?? "")\(file.bytes) bytes, "
          + "written \(DataText.time(file.written)), SHA-256 \(file.sha256)")
    }
    if let bars = entry.processed {
      let step = bars.step.map { " of \(BarTable.duration($0))" } ?? ""
      lines.append(
        "  processed  \(folder.processed(name)): \(bars.rows) bars\(step), \(DataText.time(bars.first)) to "
          + "\(DataText.time(bars.last))\(entry.isCurrent ? "" : " (behind its raw files)")")
      for (word, sentences) in [("gap", bars.gaps), ("split", bars.splits), ("changed", bars.changes)] {
        lines += sentences.prefix(20).map { "  \(word.padding(10)) \($0)" }
        if sentences.count > 20 {
          lines.append("  \(word.padding(10)) and \(sentences.count - 20) more; --json has all")
        }
      }
      if bars.gaps.isEmpty { lines.append("  gaps       none") }
      lines.append("  check      \(DataText.findings(bars, of: name))")
    }
    lines += entry.features.map { "  features   \(DataText.words($0, of: entry))" }
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}
