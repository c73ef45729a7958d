import Documents
import Testing

/// Names that stand for files in the stores, as paths.
@Suite("Names of stored files")
struct StoredFilesTests {
  @Test(
    "a name is the path of a file in its store",
    arguments: [
      ("data:btc", "data/processed/btc.csv"),
      ("data:binance/BTC-USDT/1h", "data/processed/binance/BTC-USDT/1h.csv"),
      ("data-manifest:binance/BTC-USDT/1h", "data/processed/binance/BTC-USDT/1h.json"),
      ("scenarios/a.json", "scenarios/a.json"), ("/etc/hosts", "/etc/hosts"), ("../b.csv", "../b.csv"),
    ])
  func places(_ name: String, _ path: String) {
    // Where the variable is set, the folder is another.
    #expect(
      FileContents.place(of: name)
        == path.replacing("data/processed", with: "\(FileContents.dataFolder)/processed"))
  }

  @Test(
    "a name that leads out of its store is none",
    arguments: [
      "data:", "data:../secret", "data:/etc/passwd", "data:a/../../b", "data:a//b", "data:.hidden", "data:a/",
      "data:a\0", "data-manifest:../secret",
    ])
  func none(_ name: String) {
    #expect(FileContents.place(of: name) == nil)
  }

  @Test("a name in a document is not taken for a path beside the document")
  func relative() {
    #expect(FileContents.path("data:a/b", relativeTo: "scenarios/x.json") == "data:a/b")
    #expect(FileContents.path("data/b", relativeTo: "scenarios/x.json") == "scenarios/data/b")
  }
}
