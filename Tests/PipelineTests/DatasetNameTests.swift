import Pipeline
import Testing

/// What may be called a dataset: the name becomes a path.
@Suite("Names of datasets")
struct DatasetNameTests {
  @Test(
    "words with slashes between them are names",
    arguments: ["btc", "binance/BTC-USDT/1h", "a/b/c/d/e/f", "x_1.5", String(repeating: "a", count: 64)])
  func names(_ text: String) {
    #expect(DatasetName(text)?.description == text)
  }

  @Test(
    "what leads out of the folder, hides in it or is no word is none",
    arguments: [
      "", "/", "/etc", "a/", "a//b", "..", "a/../b", ".hidden", "a/.b", "-rf", "a b", "ü", "a\0", "a/b/c/d/e/f/g",
      String(repeating: "a", count: 65),
    ])
  func none(_ text: String) {
    #expect(DatasetName(text) == nil)
  }
}
