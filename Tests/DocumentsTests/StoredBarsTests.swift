import Digests
import Documents
import Foundation
import Testing

/// Files of the data folder, held against their manifests wherever they are read by name.
@Suite("Stored bars and their manifests")
struct StoredBarsTests {
  private static let bars = Array("time,close\n2020-01-01T00:00:00Z,1\n".utf8)

  private static func manifest(_ sha256: String) -> [UInt8] {
    Array(#"{"stresslab": "processed/1", "sha256": "\#(sha256)"}"#.utf8)
  }

  /// Reads bars by their name from a folder that has these files.
  private static func read(_ bars: [UInt8]?, _ manifest: [UInt8]?) throws(Problems) -> [UInt8] {
    try FileContents.needed("data:mine/1h") { path in
      ["data:mine/1h": bars, "data-manifest:mine/1h": manifest][path] ?? nil
    }
  }

  @Test("the bytes that were written are read, also where no manifest says what was")
  func asWritten() throws {
    #expect(try Self.read(Self.bars, Self.manifest(Digest.sha256(Self.bars))) == Self.bars)
    #expect(try Self.read(Self.bars, nil) == Self.bars)
  }

  @Test("one bit that is another is refused, with the file and what makes it again")
  func changed() {
    var changed = Self.bars
    changed[changed.count / 2] ^= 1
    let problems = #expect(throws: Problems.self) { try Self.read(changed, Self.manifest(Digest.sha256(Self.bars))) }
    #expect(
      problems?.description
        == "data:mine/1h: \(FileContents.dataFolder)/processed/mine/1h.csv is not what was written: its SHA-256 is another "
        + "one; stresslab data process mine/1h makes it again, stresslab data verify looks at all files")
    #expect(problems?.areOfTheSystem == false)
  }

  @Test("what is no manifest vouches for nothing", arguments: ["", "{", "{}", #"{"sha256": 1}"#, "[]", "null"])
  func noManifest(_ text: String) {
    let problems = #expect(throws: Problems.self) { try Self.read(Self.bars, Array(text.utf8)) }
    let place = "\(FileContents.dataFolder)/processed/mine/1h.csv"
    #expect(problems?.description.contains("what stands beside \(place) is no manifest") == true)
  }

  @Test("a file that is gone is told as one, whatever its manifest says")
  func gone() {
    let problems = #expect(throws: Problems.self) { try Self.read(nil, Self.manifest(Digest.sha256(Self.bars))) }
    #expect(problems?.description == "data:mine/1h: there is no such file, or it can't be read")
  }

  @Test("who reads between a writer's two files gets both of the new ones")
  func between() throws {
    let new = Self.bars + Array("2020-01-02T00:00:00Z,2\n".utf8)
    var asked = 0
    // The manifest of the old bars, until the writer has put the new one into its place.
    let bytes = try StoredBars.bytes(
      of: "mine", at: "mine.csv", bars: { new },
      manifest: {
        asked += 1
        return Self.manifest(Digest.sha256(asked < 3 ? Self.bars : new))
      }
    ).get()
    #expect(bytes == new && asked == 3)
  }

  @Test("paths that are no names are read as they are")
  func paths() throws {
    #expect(try FileContents.needed("bars.csv") { $0 == "bars.csv" ? Self.bars : nil } == Self.bars)
  }
}
