import Documents
import MarketData
import Markets
import Randomness
import Testing

/// Assets and correlations from tables, in place of objects.
@Suite("Assets and correlations from a file")
struct ScenarioTableTests {
  private func load(_ files: [String: String], _ name: String = "lab/s.json") throws -> (
    document: Document, scenario: Scenario
  ) {
    let loader = DocumentLoader(notations: Distributions.notations.map(Set.init)) { path in
      files[path].map { [UInt8]($0.utf8) }
    }
    return try Scenario.load(name, loader)
  }

  private func scenario(assets: String, correlations: String? = nil) -> String {
    let dependence = correlations.map { #""dependence": { "model": "gaussian", "correlations": "\#($0)" }, "# } ?? ""
    return """
      { "stresslab": "scenario/1", "title": "t",
        "clock": { "step": "1h", "length": "10h", "calendar": { "model": "continuous" } },
        "assets": \(assets), \(dependence)"venue": {} }
      """
  }

  private static let named =
    #"{ "file": "assets.csv", "every": { "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 900 } } }"#
  private static let table = """
    name,price,process/model,process/annualVolatility,process/jumpsPerYear,process/meanJump,process/jumpVolatility,liquidity/volumePerDay,liquidity/halfSpreadBps,liquidity/refillHalfLife
    "B, Inc",20,gbm,0.3,,,,1000000,,2m
     A ,10.5,merton,0.5,10,-0.01,0.02,2e6,4,
    """
  private static let spelled = """
    { "A": { "price": 10.5, "process": { "model": "merton", "annualVolatility": 0.5, "jumpsPerYear": 10, "meanJump": -0.01,
        "jumpVolatility": 0.02 }, "liquidity": { "halfSpreadBps": 4, "depthTo1Percent": 900, "volumePerDay": 2000000 } },
      "B, Inc": { "price": 20, "process": { "model": "gbm", "annualVolatility": 0.3 },
        "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 900, "volumePerDay": 1000000, "refillHalfLife": "2m" } } }
    """

  @Test("are, to the bit, the assets and pairs that objects would spell, and stand among the document's files")
  func same() throws {
    let pairs = "first,second,correlation\n\"B, Inc\",A,0.4\n"
    let read = try load([
      "lab/s.json": scenario(assets: Self.named, correlations: "pairs.csv"), "lab/assets.csv": Self.table,
      "lab/pairs.csv": pairs,
    ])
    let spelled = try load([
      "lab/s.json": scenario(assets: Self.spelled).replacing(
        "\"venue\"",
        with: #""dependence": { "model": "gaussian", "correlations": { "A/B, Inc": 0.4 } }, "venue""#)
    ])
    let bars = try Market(scenario: read.scenario, seed: 3).bars(paths: 8, groups: 1)
    #expect(try bars == Market(scenario: spelled.scenario, seed: 3).bars(paths: 8, groups: 1))
    #expect(read.scenario.assets == spelled.scenario.assets)
    #expect(read.document.files.map(\.path) == ["lab/s.json", "lab/assets.csv", "lab/pairs.csv"])
    #expect(
      read.document.root.node(at: "/assets/A/process/annualVolatility")?.position.description == "lab/assets.csv:3:17")
  }

  @Test(
    "pairs may be a matrix, whole or half", arguments: ["asset,A,B\nA,1,0.25\nB,0.25,1\n", "x,A,B\nA,,\nB,0.25,1\n"])
  func matrix(_ text: String) throws {
    let read = try load([
      "lab/s.json": scenario(assets: Self.named, correlations: "pairs.csv"),
      "lab/assets.csv": Self.table.replacing("\"B, Inc\"", with: "B"), "lab/pairs.csv": text,
    ])
    #expect(try Market(scenario: read.scenario, seed: 1).description.correlation == [[1, 0.25], [0.25, 1]])
  }

  /// Tables with what is wrong in them.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var assets = ScenarioTableTests.table
    var pairs = "first,second,correlation\n"
    let problems: [String]
  }

  @Test(
    "what is wrong in a table is told with its line and column",
    arguments: [
      Wrong(
        testDescription: "a value out of range, and an unknown model",
        assets:
          "name,price,process/model,process/annualVolatility,liquidity/volumePerDay\nA,10,gbm,-0.3,1e6\nB,1,gmb,0.3,1e6\n",
        problems: [
          "lab/assets.csv:2:10: /assets/A/process/annualVolatility: -0.3 is outside 0…20 (1/√year)",
          "lab/assets.csv:3:5: /assets/B/process/model: unknown model \"gmb\"; did you mean \"gbm\"?",
        ]),
      Wrong(
        testDescription: "no column of names", assets: "asset,price\nA,10\n",
        problems: ["lab/assets.csv:1:1: no column \"name\"; known: asset, price"]),
      Wrong(
        testDescription: "an unknown column",
        assets:
          "name,price,process/model,process/annualVolatility,liquidity/volumePerDay,colour\nA,10,gbm,0.3,1e6,red\n",
        problems: [
          "lab/assets.csv:2:18: /assets/A/colour: unknown key \"colour\"; known: price, process, history, liquidity"
        ]),
      Wrong(
        testDescription: "a missing price",
        assets: "name,price,process/model,process/annualVolatility,liquidity/volumePerDay\nA,,gbm,0.3,1e6\n",
        problems: ["lab/assets.csv:2:1: /assets/A: \"price\" is missing: price at t = 0 (quote currency)"]),
      Wrong(
        testDescription: "a name twice", assets: ScenarioTableTests.table + "\nA,1,gbm,0.3,,,,1e6,,\n",
        problems: ["lab/assets.csv:4:1: name: \"A\" stands in line 3 already"]),
      Wrong(
        testDescription: "a column and what lies below it", assets: "name,process,process/model\nA,1,gbm\n",
        problems: ["lab/assets.csv:1:1: the columns \"process\" and \"process/model\" say the same"]),
      Wrong(
        testDescription: "a row too short", assets: "name,price\nA\n",
        problems: ["lab/assets.csv:2:1: expected 2 fields, found 1"]),
      Wrong(
        testDescription: "an unknown asset", pairs: "first,second,correlation\nA,C,0.4\n",
        problems: [
          "lab/pairs.csv:2:1: /dependence/correlations/A~1C: no asset named \"C\"; known: A, B, Inc"
        ]),
      Wrong(
        testDescription: "a pair twice", pairs: "first,second,correlation\nA,\"B, Inc\",0.4\n\"B, Inc\",A,0.4\n",
        problems: ["lab/pairs.csv:3:2: first: \"A/B, Inc\" stands in line 2 already"]),
      Wrong(
        testDescription: "a correlation beyond 1 and one that is no number",
        pairs: "first,second,correlation\nA,\"B, Inc\",1.4\nA,A,x\n",
        problems: ["lab/pairs.csv:3:5: correlation: \"x\" is not a number"]),
      Wrong(
        testDescription: "a matrix that is not symmetric", pairs: "asset,A,\"B, Inc\"\nA,1,0.4\n\"B, Inc\",0.5,1\n",
        problems: [
          "lab/pairs.csv:3:10: A: 0.5 is not the 0.4 of line 2: a matrix of correlations is symmetric"
        ]),
      Wrong(
        testDescription: "a matrix whose diagonal is not 1", pairs: "asset,A,\"B, Inc\"\nA,2,0.4\n\"B, Inc\",0.4,1\n",
        problems: ["lab/pairs.csv:2:3: A: an asset's correlation with itself is 1, not 2"]),
      Wrong(
        testDescription: "a matrix of another order", pairs: "asset,A,\"B, Inc\"\n\"B, Inc\",1,0.4\nA,0.4,1\n",
        problems: [
          "lab/pairs.csv:2:2: asset: expected \"A\", the row of the column at this place, found \"B, Inc\"",
          "lab/pairs.csv:3:1: asset: expected \"B, Inc\", the row of the column at this place, found \"A\"",
        ]),
    ])
  func wrong(_ wrong: Wrong) throws {
    do {
      _ = try load([
        "lab/s.json": scenario(assets: Self.named, correlations: "pairs.csv"), "lab/assets.csv": wrong.assets,
        "lab/pairs.csv": wrong.pairs,
      ])
      Issue.record("it was taken")
    } catch let problems as Problems {
      #expect(problems.all.filter { !$0.position.file.hasSuffix(".json") }.map(\.description) == wrong.problems)
    }
  }

  @Test("a file that is not there, and what stands beside it, are told in the document")
  func missing() throws {
    do {
      _ = try load(["lab/s.json": scenario(assets: #"{ "file": "assets.csv", "evry": {} }"#)])
      Issue.record("it was taken")
    } catch let problems as Problems {
      #expect(
        problems.all.map(\.description) == [
          "lab/s.json:3:23: /assets/file: lab/assets.csv: there is no such file, or it can't be read",
          "lab/s.json:3:37: /assets/evry: unknown key \"evry\" beside \"file\"; known: file, every",
        ])
    }
  }

  @Test("a folder in place of a table is told by the name that the document has for it")
  func folder() throws {
    do {
      _ = try load(["s.json": scenario(assets: #"{ "file": "." }"#)], "s.json")
      Issue.record("it was taken")
    } catch let problems as Problems {
      #expect(
        problems.all.map(\.description) == [
          "s.json:3:23: /assets/file: .: there is no such file, or it can't be read"
        ])
    }
  }
}
