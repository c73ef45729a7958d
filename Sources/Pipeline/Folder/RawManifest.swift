import Digests
import Documents
import Foundation
import MarketData

/// What a dataset's raw files are, `data/raw/NAME/manifest.json`: the one place that says which of them count.
package struct RawManifest: Sendable, Hashable {
  /// Where candles came from; nil for files that were imported.
  package let origin: CandleOrigin?
  /// What an imported file was called where it lay; nil for candles.
  package let imported: String?
  /// The names of columns that an imported file was read with, each as `time=Datum`; none where they were found.
  package let names: [String]
  /// The stretches of time that were asked for and answered; of candles alone.
  package let covered: Coverage
  /// The files in the order of time.
  package let files: [RawFile]

  /// The name of the manifest beside the files.
  static let fileName = "manifest.json"
  private static let version = "raw/1"

  /// A manifest.
  init(
    origin: CandleOrigin? = nil, imported: String? = nil, names: [String] = [], covered: Coverage = Coverage(),
    files: [RawFile]
  ) {
    self.origin = origin
    self.imported = imported
    self.names = names
    self.covered = covered
    self.files = files
  }

  static let form = Form(
    Field("stresslab", .constant(version), "the format"),
    Field("origin", .optional(.form(CandleOrigin.form)), "where candles came from"),
    Field("imported", .optional(.string), "what an imported file was called"),
    Field("names", .list(.string), default: [], "the names of columns that it was read with"),
    Field("covered", .list(.stretch), default: [], "what was asked for and answered"),
    Field("files", .list(.form(RawFile.form)), "the files in the order of time"),
    make: {
      RawManifest(origin: $1, imported: $2, names: $3, covered: Coverage($4), files: $5)
    })

  /// The manifest as a file, the same for the same manifest.
  var text: String {
    var members = [JSONMember("stresslab", .string(Self.version))]
    if let origin { members.append(JSONMember("origin", origin.json)) }
    if let imported { members.append(JSONMember("imported", .string(imported))) }
    if !names.isEmpty { members.append(JSONMember("names", .array(names.map { .string($0) }))) }
    if origin != nil { members.append(JSONMember("covered", .array(covered.ranges.map(JSONValue.stretch)))) }
    members.append(JSONMember("files", .array(files.map(\.json))))
    return JSONWriter.write(.object(members), indented: true)
  }

  /// SHA-256 over the digests of the files in their order, and of what was asked for, since a bar that is not there is a gap where
  /// it was asked for and nothing where it was not: what is made from the same carries the same.
  package var digest: String {
    let parts = files.map(\.sha256) + covered.ranges.map { "\($0.lowerBound)..<\($0.upperBound)" }
    return Digest.sha256(Data(parts.joined(separator: "\n").utf8))
  }

  /// The names of columns that an imported file was read with, by what they hold.
  package var roles: [BarLayout.Role: String] {
    names.reduce(into: [:]) { roles, name in
      let pair = name.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2, let role = BarLayout.Role(rawValue: pair[0]) { roles[role] = pair[1] }
    }
  }

  /// The rows of all files, where they are known.
  package var rows: Int? {
    files.reduce(0 as Int?) { sum, file in file.rows.flatMap { rows in sum.map { $0 + rows } } }
  }
}
