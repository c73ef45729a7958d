import ArgumentParser
import Documents
import Lab
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
