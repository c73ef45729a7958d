import ArgumentParser
import Documents
import Lab
import Pipeline

/// `stresslab data process NAME`.
struct DataProcessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Makes the bars of a dataset again from its raw files, with repairs where asked for.",
    discussion: """
      Nothing is changed that was not asked for; each change is in the manifest, and the raw files stay as they came. \
      stresslab data check NAME says what was found and what can be asked for.

        stresslab data process mine
        stresslab data process mine --drop duplicates,spikes --fix splits
      """)

  @Argument(help: "The dataset's name.")
  var name: String

  @OptionGroup
  var repairing: RepairOptions

  @OptionGroup
  var option: DataOption

  @Flag(help: "Print the dataset as JSON, as data show does.")
  var json = false

  mutating func run() throws {
    let repairs = try repairing.repairs()
    let folder = try option.folder()
    let (name, _) = try folder.dataset(name)
    let manifest = try ProcessedBars.make(from: RawDataset(folder, name), repairs: repairs)
    try DataIndex(folder).refresh()
    if json {
      return try Output.write(JSONWriter.write(folder.dataset("\(name)").entry.json, indented: true))
    }
    var lines = [
      "\(folder.processed(name)): \(manifest.rows) bars, \(manifest.gaps.count) gaps, \(manifest.changes.count) changes"
    ]
    lines += manifest.changes.prefix(20).map { "  \($0)" }
    if manifest.changes.count > 20 {
      lines.append("  and \(manifest.changes.count - 20) more; \(folder.processedManifest(name)) has all")
    }
    lines.append("  check      \(DataText.findings(manifest, of: name))")
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}
