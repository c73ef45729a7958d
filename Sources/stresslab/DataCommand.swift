import ArgumentParser
import Documents
import Lab
import MarketData
import Pipeline

/// `stresslab data`: what the data folder holds.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Lists, shows and verifies the folder of market data.",
    discussion: """
      The folder has data/raw (what came, never changed), data/processed (one clock, one schema) and data/features (feature \
      sets by name and version), each file with a manifest that carries its SHA-256. Wherever a command or a document takes a \
      file of bars, data:NAME is the processed file of that name.

        stresslab data list
        stresslab data check binance/BTC-USDT/1h
        stresslab data show binance/BTC-USDT/1h
        stresslab fit data:binance/BTC-USDT/1h
      """,
    subcommands: [
      DataListCommand.self, DataShowCommand.self, DataVerifyCommand.self, DataCheckCommand.self,
      DataProcessCommand.self,
    ])

  /// The dataset that an argument names.
  ///
  /// - Throws: a `Refusal` where it is no name, or none in the folder.
  static func entry(_ text: String, in folder: DataFolder) throws -> (name: DatasetName, entry: DataEntry) {
    let plain = text.hasPrefix(FileContents.dataPrefix) ? String(text.dropFirst(FileContents.dataPrefix.count)) : text
    guard let name = DatasetName(plain) else {
      throw Refusal("\(quoted(plain)) is no name of a dataset: \(DatasetName.rule)")
    }
    guard let entry = try DataEntry(name, in: folder) else {
      let known = try folder.datasets().map(\.description)
      let hint = known.isEmpty ? ": it is empty" : Suggestion.hint(for: plain, among: known)
      throw Refusal("\(folder.path) has no dataset named \(quoted(plain))\(hint)")
    }
    return (name, entry)
  }
}

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
      guard let bars = entry.processed else { return [entry.name, "–", "", "", "", "", entry.source] }
      return [
        entry.name, "\(bars.rows)", bars.step.map(BarTable.duration) ?? "–",
        String(DataText.time(bars.first).prefix(10)),
        String(DataText.time(bars.last).prefix(10)), entry.isCurrent ? "\(bars.gaps.count)" : "behind", entry.source,
      ]
    }
    var lines = DataText.table([["name", "bars", "step", "first", "last", "gaps", "source"]] + rows)
    for entry in entries {
      for version in entry.features {
        lines.append("  \(entry.name): \(DataText.words(version))")
      }
    }
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}

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
    let (name, entry) = try DataCommand.entry(name, in: folder)
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
          + "written \(DataText.time(file.written))")
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
    }
    lines += entry.features.map { "  features   \(DataText.words($0))" }
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}

/// `stresslab data verify`.
struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks every file by its SHA-256, and what was made of what.",
    discussion: "Exit code 1 where a file is gone or is not what was written. The index is made again on the way.")

  @Argument(help: "Datasets; all unless given.")
  var names: [String] = []

  @OptionGroup
  var option: DataOption

  mutating func run() throws {
    let folder = try option.folder()
    let names = try names.isEmpty ? folder.datasets() : names.map { try DataCommand.entry($0, in: folder).name }
    let verification = try DataVerification(folder, names)
    let lines =
      verification.faults + verification.stale + [
        "\(verification.whole) file\(verification.whole == 1 ? "" : "s") as written, \(verification.faults.count) not"
      ]
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
    if !verification.faults.isEmpty { throw ExitCode(1) }
    try DataIndex(folder).refresh()
  }
}
