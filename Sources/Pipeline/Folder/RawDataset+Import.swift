import Digests
import Documents
import Lab

extension RawDataset {
  /// What became of a file that was to be kept.
  package enum Intake: Sendable, Hashable {
    /// It is kept.
    case kept
    /// The dataset holds these very bytes already.
    case known
    /// It is kept in place of other bytes that the dataset held.
    case replaced
  }

  /// Keeps a file as it came.
  ///
  /// - Parameters:
  ///   - path: what it is called where it lies.
  ///   - names: the names of columns that it was read with, each as `time=Datum`.
  ///   - rows: its rows of bars.
  ///   - replace: whether other bytes that the dataset holds may go; else they are a refusal.
  ///   - now: milliseconds since 1970-01-01 UTC.
  /// - Throws: a `Refusal` where the dataset holds something else; `StoreProblem`.
  package func take(_ bytes: [UInt8], from path: String, names: [String] = [], rows: Int, replace: Bool, now: Int64)
    throws -> Intake
  {
    if manifest?.origin != nil { throw Refusal("\(name) holds candles of an exchange: choose another name with --as") }
    let held = manifest?.files.first
    if let held, held.sha256 == Digest.sha256(bytes), manifest?.files.count == 1 { return .known }
    if let held, !replace {
      throw Refusal(
        "\(name) holds another file, \(quoted(manifest?.imported ?? held.name)): choose another name with --as, or add "
          + "--overwrite to replace it")
    }
    let parts = (path.split(separator: "/").last ?? "file").split(separator: ".")
    let stem = String((parts.first ?? "file").unicodeScalars.map { Self.isPlain($0) ? Character($0) : "-" }.prefix(64))
    let file = try write(bytes, stem: stem.isEmpty ? "file" : stem, ending: "csv", rows: rows, now: now)
    try become(RawManifest(imported: path, names: names, files: [file]))
    return held == nil ? .kept : .replaced
  }

  private static func isPlain(_ letter: Unicode.Scalar) -> Bool {
    letter.isASCII && (letter.properties.isAlphabetic || letter.properties.numericType != nil || letter == "_")
  }
}
