import Foundation
import Testing

/// `mandate: execute` where it cannot be carried out.
@Suite("A mandate that cannot be executed")
struct ExecutionRefusalTests {
  private let folder: TemporaryFolder
  private var program: StressLabProgram { StressLabProgram(folder: folder) }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
  }

  static let refusals: [(keys: String, panel: String, says: String)] = [
    (
      "\"mandate\": { \"model\": \"execute\" }", "\"twap\": { \"model\": \"twap\" }",
      "/mandate: there is nothing to execute: say \"orders\", or what the account holds in \"account/positions\""
    ),
    (
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": 1 } }, \"account\": { \"positions\": { \"AAA\": { \"quantity\": 1 } } }",
      "\"twap\": { \"model\": \"twap\" }",
      "/mandate/orders: the account has positions of its own, which are what is to be closed: say one of both"
    ),
    (
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAB\": 1 } }", "\"twap\": { \"model\": \"twap\" }",
      "/mandate/orders/AAB: no asset named \"AAB\" in small.json; did you mean \"AAA\"?"
    ),
    (
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": 0 } }", "\"twap\": { \"model\": \"twap\" }",
      "/mandate/orders/AAA: 0 is no order: leave the asset out"
    ),
    (
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": -2000 } }, \"account\": { \"equity\": 20000 }",
      "\"twap\": { \"model\": \"twap\" }",
      "/mandate/orders: positions of 200000 at the prices of small.json need 25000 at its venue (initialMargin 0.125), and the "
        + "account has 20000: 5000 short"
    ),
    (
      "\"mandate\": { \"model\": \"exectue\" }", "\"twap\": { \"model\": \"twap\" }",
      "/mandate/model: unknown model \"exectue\"; did you mean \"execute\"?"
    ),
    (
      "\"severities\": [1]", "\"twap\": { \"model\": \"twap\" }",
      "/panel/twap: agent \"twap\": it works off what the account starts with, and that is cash alone; say "
        + "\"account/positions\", or a mandate \"execute\" with orders"
    ),
    (
      "\"criteria\": [{ \"measure\": \"completion\", \"atLeast\": 1 }]", "\"hold\": { \"model\": \"buyAndHold\" }",
      "/criteria/0/measure: completion is of a mandate \"execute\", and the study's is another"
    ),
  ]

  private func writeBare(_ keys: String, panel: String) throws {
    let severities = keys.contains("severities") ? "" : "\"severities\": [1],"
    try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Orders", "scenarios": ["small.json"], \(severities) \(keys),
        "panel": { \(panel) }, "monteCarlo": { "paths": 8, "seed": 7 } }
      """)
  }

  @Test("what cannot be executed is refused with its place", arguments: refusals.indices)
  func refuses(_ index: Int) throws {
    let refusal = Self.refusals[index]
    try writeBare(refusal.keys, panel: refusal.panel)
    for command in [["validate", "study.json"], ["run", "study.json", "--out", "out", "--quiet"]] {
      let result = try program.run(command)
      #expect(result.code == 2 && result.error.contains(refusal.says), "\(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }

  /// Seventy-eight slices of five minutes against ten half-lives of forty seconds.
  @Test("a book that refills slowly is refused for almgrenChriss, at its place")
  func slow() throws {
    try folder.write("small.json", SmallScenario.scenario().replacing("\"20s\"", with: "\"40s\""))
    try writeBare(
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": 1 } }",
      panel: """
        "ac": { "model": "almgrenChriss", "riskAversion": 0, "annualVolatility": 0.3, "slices": 1000 }
        """)
    let result = try program.run("validate", "study.json")
    #expect(
      result.code == 2
        && result.error.contains(
          "/panel/ac: impact is not temporary: the book of \"AAA\" refills with a half-life of 40s, over a tenth of a slice of 5m"
        ),
      "\(result.error)")
  }
}
