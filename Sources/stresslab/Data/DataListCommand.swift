import ArgumentParser
import Documents
import Lab
import MarketData
import Pipeline

/// `stresslab data list`.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists datasets and feature sets.")

  @OptionGroup
  var option: DataOption

  @Flag(help: "Print everything as JSON.")
  var json = false

  mutating func run() throws {
    let folder = try option.folder()
    let entries = try DataIndex.entries(in: folder)
    if json {
      return try Output.write(JSONWriter.write(.array(entries.map(\.json)), indented: true))
    }
    guard !entries.isEmpty else {
      return try Output.write(
        "\(PrintableText.escaped(folder.path)) has no datasets; stresslab collect and stresslab import --as bring some")
    }
    let rows = entries.map { entry -> [String] in
      guard let bars = entry.processed else { return [entry.name, "–", "", "", "", "", "", entry.source] }
      return [
        entry.name, "\(bars.rows)", bars.step.map(BarTable.duration) ?? "–",
        String(DataText.time(bars.first).prefix(10)),
        String(DataText.time(bars.last).prefix(10)), entry.isCurrent ? "\(bars.gaps.count)" : "behind",
        bars.findings.map { $0.total == 0 ? "nothing" : "\($0.total)" } ?? "–", entry.source,
      ]
    }
    var lines = DataText.table([["name", "bars", "step", "first", "last", "gaps", "found", "source"]] + rows)
    for entry in entries {
      for version in entry.features {
        lines.append("  \(entry.name): \(DataText.words(version, of: entry))")
      }
    }
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}
