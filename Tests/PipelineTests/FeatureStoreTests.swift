import Foundation
import Lab
import Pipeline
import Testing

/// Feature sets by name and version.
@Suite("Feature sets in the data folder")
struct FeatureStoreTests {
  /// Asks for a set whose file is a text.
  private static func ask(
    _ store: FeatureStore, _ columns: [String] = ["a", "b"], of bars: String = "x", format: String = "csv",
    tool: String = "t", text: String = "rows\n"
  ) throws -> (version: FeatureVersion, origin: FeatureStore.Origin) {
    try store.version(
      of: "small", columns: columns, rows: 1, madeFrom: bars, format: format, tool: tool,
      write: { try Data(text.utf8).write(to: URL(fileURLWithPath: $0)) })
  }

  @Test("the same request is the same version and is not computed again; any other is the next one")
  func versions() throws {
    let data = try TemporaryData()
    let store = FeatureStore(data.folder, MadeCandles.name("mine"))
    let first = try Self.ask(store)
    #expect(first.version.number == 1 && first.origin == .made)
    let again = try Self.ask(store, text: "never written\n")
    #expect(again.version == first.version && again.origin == .known)
    #expect(try String(contentsOfFile: store.file(of: first.version), encoding: .utf8) == "rows\n")
    #expect(try Self.ask(store, ["a"]).version.number == 2)
    #expect(try Self.ask(store, of: "y").version.number == 3)
    #expect(try Self.ask(store, format: "npy").version.number == 4)
    #expect(try Self.ask(store, tool: "u").version.number == 5)
    #expect(try Self.ask(store).version == first.version)
    #expect(try store.versions() == store.versions(of: "small") && store.versions().map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test("a version whose file is gone or damaged is made again under its number, and that is said with the reason")
  func damaged() throws {
    let data = try TemporaryData()
    let store = FeatureStore(data.folder, MadeCandles.name("mine"))
    let first = try Self.ask(store).version
    let file = store.file(of: first)
    try Data("other\n".utf8).write(to: URL(fileURLWithPath: file))
    let again = try Self.ask(store)
    #expect(again.version == first)
    #expect(again.origin == .remade("\(file) is not what was written: its SHA-256 is another one"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "rows\n")
    try FileManager.default.removeItem(atPath: file)
    // What writes is another program by now, such as another pyarrow.
    let other = try Self.ask(store, text: "otherwise\n")
    #expect(other.version.number == 1 && other.version.sha256 != first.sha256)
    #expect(other.origin == .remade("\(file) is gone, with other bytes than before"))
    #expect(try Self.ask(store).origin == .known)
    #expect(try store.versions() == [other.version])
  }

  @Test("a version of an earlier program, which hashed the figures alone, is read and held against what it says")
  func earlier() throws {
    let data = try TemporaryData()
    let store = FeatureStore(data.folder, MadeCandles.name("mine"))
    func write(_ path: String) throws {
      try Data("figures".utf8).write(to: URL(fileURLWithPath: path))
      try Data("times".utf8).write(to: URL(fileURLWithPath: path.replacing(".npy", with: ".time.npy")))
    }
    func ask() throws -> FeatureStore.Origin {
      try store.version(of: "s", columns: ["a"], rows: 1, madeFrom: "x", format: "npy", tool: "t", write: write).origin
    }
    #expect(try ask() == .made)
    let place = data.folder.features(MadeCandles.name("mine"), "s")
    let manifest = URL(fileURLWithPath: "\(place)/v1.json")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    let start = try #require(text.range(of: ",\n  \"beside\""))
    try Data((text[..<start.lowerBound] + "\n}\n").utf8).write(to: manifest)
    try Data("other".utf8).write(to: URL(fileURLWithPath: "\(place)/v1.time.npy"))
    #expect(try ask() == .known)
    try Data("other".utf8).write(to: URL(fileURLWithPath: "\(place)/v1.npy"))
    #expect(try ask() == .remade("\(place)/v1.npy is not what was written: its SHA-256 is another one"))
    #expect(try String(contentsOf: manifest, encoding: .utf8) == text)
  }

  @Test("a version whose manifest was not written any more is none, and its number is given again")
  func killed() throws {
    let data = try TemporaryData()
    let store = FeatureStore(data.folder, MadeCandles.name("mine"))
    let place = data.folder.features(MadeCandles.name("mine"), "small")
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for name in ["v1.csv", "v1.columns.json"] {
      try Data("half".utf8).write(to: URL(fileURLWithPath: "\(place)/\(name)"))
    }
    let version = try Self.ask(store).version
    #expect(version.number == 1)
    #expect(try data.files(below: "features/mine/small").keys.sorted() == ["v1.csv", "v1.json"])
    #expect(try String(contentsOfFile: store.file(of: version), encoding: .utf8) == "rows\n")
  }
}
