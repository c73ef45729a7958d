import Foundation
import Markets
import Testing
import Training

@Suite("Listings")
struct ListTests {
  private let program: StressLabProgram

  init() throws { program = StressLabProgram(folder: try TemporaryFolder()) }

  private func list(_ arguments: String...) throws -> String {
    let result = try program.run(["list"] + arguments)
    #expect(result.code == 0, "\(arguments): \(result.error)")
    return result.output
  }

  @Test("every kind lists something, and every key of the schemas is in a list")
  func everything() throws {
    let kinds = try list().split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    for kind in ["clock", "calendars", "liquidity", "dependence", "study", "ruin", "account", "venue", "recovery"] {
      #expect(kinds.contains(kind))
    }
    let texts = try kinds.map { try list($0) }
    for (kind, text) in zip(kinds, texts) { #expect(text.count > 20, "\(kind)") }
    let all = texts.joined(separator: "\n")
    let words = Set(all.split { !$0.isLetter && !$0.isNumber }.map(String.init))
    for kind in DocumentKind.allCases {
      let schema = try JSONSerialization.jsonObject(with: Data(try program.run("schema", kind.rawValue).output.utf8))
      for key in Self.keys(schema) where !["$schema", "extends", "model"].contains(key) {
        #expect(words.contains(key), "\(key)")
      }
    }
  }

  /// The names of properties anywhere in a schema.
  private static func keys(_ schema: Any) -> Set<String> {
    if let list = schema as? [Any] { return list.reduce(into: []) { $0.formUnion(keys($1)) } }
    guard let object = schema as? [String: Any] else { return [] }
    var found: Set<String> = []
    for (name, value) in object where name != "examples" && name != "default" {
      if name == "properties", let properties = value as? [String: Any] { found.formUnion(properties.keys) }
      found.formUnion(keys(name == "properties" ? Array((value as? [String: Any] ?? [:]).values) : value))
    }
    return found
  }

  @Test("what an event may wait for is listed with its fields, each trigger of the catalogue")
  func triggers() throws {
    let text = try list("triggers")
    for (name, fields) in [
      ("timeOfDay", ["day", "time"]), ("after", ["event", "moment", "delay"]),
      ("drawdown", ["asset", "depth", "delay"]),
      ("volatility", ["asset", "annualVolatility", "halfLife", "delay"]),
    ] {
      let alone = try list("triggers", name)
      #expect(alone.hasPrefix("\(name): ") && text.contains(alone.split(separator: "\n")[0]))
      for field in fields { #expect(alone.contains(field), "\(name): \(field)") }
    }
    #expect(EventTriggers.catalogue.entries.map(\.name) == ["timeOfDay", "after", "drawdown", "volatility"])
  }

  @Test("one of a kind is told alone")
  func one() throws {
    #expect(try list("processes", "gbm").hasPrefix("gbm: geometric Brownian motion\n"))
    #expect(try !list("processes", "gbm").contains("merton"))
    #expect(try list("clock", "step").split(separator: "\n").count == 1)
    #expect(try list("indicators", "MACD").hasPrefix("MACD: "))
    #expect(try list("observations", "return").hasPrefix("return: "))
    #expect(try list("actions", "choices").hasPrefix("choices: "))
    #expect(try list("measures", "survival").split(separator: "\n").count == 1)
    #expect(try list("clock", "calendar").contains("calendar"))
  }

  @Test("a misspelt word gets the nearest that is right, with exit code 2")
  func nearest() throws {
    let cases: [(arguments: [String], message: String)] = [
      (["rnu", "x.json"], #"stresslab: no command is called "rnu"; did you mean "run"?"#),
      (["valdate"], #"stresslab: no command is called "valdate"; did you mean "validate"?"#),
      (["help", "reprot"], #"stresslab: no command is called "reprot"; did you mean "report"?"#),
      (["x.json"], #"stresslab: no command is called "x.json"; did you mean "run x.json"?"#),
      (["list", "proceses"], #"stresslab: there is no list of "proceses"; did you mean "processes"?"#),
      (["list", "processes", "gmb"], #"stresslab: no "gmb" in the list of processes; did you mean "gbm"?"#),
      (["list", "indicators", "sma"], #"stresslab: no "sma" in the list of indicators; did you mean "SMA"?"#),
      (["run", "x.json", "--sede", "3"], "Error: Unknown option '--sede'. Did you mean '--seed'?"),
      (["run", "--treads", "3"], "Error: Unknown option '--treads'. Did you mean '--threads'?"),
      (["run", "x.json", "-q", "-v"], "Error: --quiet and --verbose exclude each other"),
    ]
    for (arguments, message) in cases {
      let result = try program.run(arguments)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.error.split(separator: "\n").first.map(String.init) == message, "\(arguments)")
      #expect(result.output == "", "\(arguments)")
    }
    #expect(try program.run("help", "run").output.contains("--first-path"))
    #expect(try program.run("help").output.contains("SUBCOMMANDS"))
  }
}
