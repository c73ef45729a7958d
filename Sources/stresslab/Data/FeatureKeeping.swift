import Digests
import Documents
import Indicators
import Lab
import Pipeline

/// Features that are kept in the data folder, by a set's name and a version.
struct FeatureKeeping {
  private let store: FeatureStore
  private let folder: DataFolder
  private let set: String
  private let format: FeatureFormat

  /// Looks whether they can be kept, before anything is computed.
  ///
  /// - Parameters:
  ///   - set: the set's name.
  ///   - data: what the command was given for a file.
  /// - Throws: a `Refusal` for what is no name of a set, and for bars that are not of the data folder.
  init(_ set: String, of data: String, in folder: DataFolder, format: FeatureFormat?) throws {
    guard let word = DatasetName(set), !set.contains("/") else {
      throw Refusal("--as \(quoted(set)) is no name of a set: letters, digits, \"-\", \"_\" and \".\"")
    }
    guard data.hasPrefix(FileContents.dataPrefix),
      let name = DatasetName(String(data.dropFirst(FileContents.dataPrefix.count)))
    else {
      throw Refusal(
        "--as keeps features of bars in the data folder, such as data:binance/BTC-USDT/1h; stresslab import FILE --as NAME "
          + "takes a file in, --out writes features of any")
    }
    store = FeatureStore(folder, name)
    self.folder = folder
    self.set = word.description
    self.format = format ?? .csv
  }

  /// Computes and keeps them, where no version holds them yet.
  ///
  /// - Parameters:
  ///   - bytes: the file of bars.
  ///   - table: computes them.
  /// - Returns: what is said of it.
  func keep(_ columns: [FeatureColumn], rows: Int, of bytes: [UInt8], _ table: () -> FeatureTable) throws -> String {
    let (version, origin) = try store.version(
      of: set, columns: columns.map(\.name), rows: rows, madeFrom: Digest.sha256(bytes), format: format.rawValue,
      tool: "stresslab \(Program.version)",
      write: { file in
        let files = try FeatureFiles(file, format, overwrite: true)
        do { try files.write(table()) } catch let refusal as Refusal { throw SystemFailure(ofOwnPlace: refusal) }
      })
    try DataIndex(folder).refresh()
    let what =
      switch origin {
      case .known: ", there already"
      case .made: ""
      case .remade(let why): ", made again: \(why)"
      }
    return "\(store.file(of: version)): \(DataText.words(version))\(what)"
  }
}
