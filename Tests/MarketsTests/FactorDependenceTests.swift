import Documents
import Markets
import Testing

@Suite("One factor, and correlations that are mended")
struct FactorDependenceTests {
  private func scenario(_ dependence: String) throws -> Scenario {
    let assets = ["A", "B", "C"].map { name in
      """
      "\(name)": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000, "refillHalfLife": "20s" } }
      """
    }
    let text = """
      { "stresslab": "scenario/1", "title": "t", "clock": { "step": "1h", "length": "10h", "warmup": "0h", "start": "2024-01-03",
          "calendar": { "model": "continuous" } }, "assets": { \(assets.joined(separator: ", ")) },
        "dependence": \(dependence), "venue": { "takerFeeBps": 1 } }
      """
    return try Scenario.load("a.json", DocumentLoader { _ in [UInt8](text.utf8) }).scenario
  }

  @Test("loadings give the product of two as the correlation, and none to an asset that has none")
  func products() throws {
    let scenario = try scenario("{ \"model\": \"factor\", \"loadings\": { \"A\": 0.8, \"B\": -0.5 } }")
    #expect(
      try Market(scenario: scenario, seed: 1).description.correlation == [[1, -0.4, 0], [-0.4, 1, 0], [0, 0, 1]])
  }

  private static let impossible = "\"correlations\": { \"A/B\": 1, \"B/C\": 1, \"A/C\": 0 }"

  @Test("correlations that no assets can have are refused, or where that is asked mended with the distance told")
  func repair() throws {
    do {
      _ = try scenario("{ \"model\": \"gaussian\", \(Self.impossible) }")
      Issue.record("it was taken")
    } catch let problems as Problems {
      #expect("\(problems)".contains("no assets can have these correlations together"))
    }
    let mended = try scenario("{ \"model\": \"gaussian\", \(Self.impossible), \"repair\": true }")
    let matrix = try Market(scenario: mended, seed: 1).description.correlation
    #expect(abs(matrix[0][1] - 0.7606899) < 1e-7 && abs(matrix[0][2] - 0.1572981) < 1e-7)
    #expect(mended.limits.contains { $0.contains("at a distance of 0.5278") }, "\(mended.limits)")
    let possible = try scenario("{ \"model\": \"gaussian\", \"correlations\": { \"A/B\": 0.5 }, \"repair\": true }")
    #expect(!possible.limits.contains { $0.contains("Higham") })
  }

  @Test("loadings beyond 1 and of assets that are not there are refused")
  func wrong() {
    for (text, words) in [
      ("{ \"model\": \"factor\", \"loadings\": { \"A\": 1.2 } }", "/dependence/loadings/A: 1.2 is outside"),
      ("{ \"model\": \"factor\", \"loadings\": { \"D\": 0.2 } }", "/dependence/loadings/D"),
      ("{ \"model\": \"factor\", \"loadings\": {} }", "/dependence/loadings"),
    ] {
      do {
        _ = try scenario(text)
        Issue.record("it was taken: \(text)")
      } catch {
        #expect("\(error)".contains(words), "\(error)")
      }
    }
  }
}
