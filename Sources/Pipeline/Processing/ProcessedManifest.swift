import Documents
import MarketData

/// What a file of processed bars was made from, what was found in it and what was changed: `data/processed/NAME.json`.
package struct ProcessedManifest: Sendable, Hashable {
  /// The digest of the raw files, as `RawManifest.digest`.
  package let madeFrom: String
  /// SHA-256 of the file of bars.
  package let sha256: String
  /// The assets in order; one without a name for bars of one asset.
  package let assets: [String]
  /// The rows of the file.
  package let rows: Int
  /// The first bar's time, milliseconds since 1970-01-01 UTC.
  package let first: Int64
  /// The last bar's time.
  package let last: Int64
  /// The most frequent distance of neighbours in milliseconds; nil for fewer than three bars.
  package let step: Int64?
  /// Missing bars, each in a sentence.
  package let gaps: [String]
  /// What looks like splits that prices were not adjusted for, each in a sentence.
  package let splits: [String]
  /// What was changed, each in a sentence; nothing is unless it was asked for.
  package let changes: [String]
  /// How often each check found something in the bars as they are here; nil where an earlier program made them, which did not
  /// look.
  package let findings: FindingCounts?

  private static let version = "processed/1"

  static let form = Form(
    Field("stresslab", .constant(version), "the format"),
    Field("madeFrom", .string, "the digest of the raw files"),
    Field("sha256", .string, "SHA-256 of the bars"),
    Field("assets", .list(.string(mayBeEmpty: true)), "the assets"),
    Field("rows", .integer(in: 0...Int.max), "the rows"),
    Field("first", .moment, "the first bar"),
    Field("last", .moment, "the last bar"),
    Field("stepMilliseconds", .optional(.integer(in: 1...Int.max)), "the most frequent distance of neighbours"),
    Field("gaps", .list(.string), "missing bars"),
    Field("splits", .list(.string), "what looks like splits"),
    Field("changes", .list(.string), "what was changed"),
    Field("findings", .optional(.findingCounts), "how often each check found something"),
    make: {
      ProcessedManifest(
        madeFrom: $1, sha256: $2, assets: $3, rows: $4, first: $5, last: $6, step: $7.map(Int64.init), gaps: $8,
        splits: $9, changes: $10, findings: $11)
    })

  /// The manifest as a file.
  var text: String {
    var members: [JSONMember] = [
      JSONMember("stresslab", .string(Self.version)), JSONMember("madeFrom", .string(madeFrom)),
      JSONMember("sha256", .string(sha256)), JSONMember("assets", .array(assets.map { .string($0) })),
      JSONMember("rows", .integer(rows)), JSONMember("first", .moment(first)), JSONMember("last", .moment(last)),
    ]
    if let step { members.append(JSONMember("stepMilliseconds", .integer(Int(step)))) }
    for (name, sentences) in [("gaps", gaps), ("splits", splits), ("changes", changes)] {
      members.append(JSONMember(name, .array(sentences.map { .string($0) })))
    }
    if let findings { members.append(JSONMember("findings", findings.json)) }
    return JSONWriter.write(.object(members), indented: true)
  }
}
