import Documents
import Foundation
import Randomness

/// Random documents made from a JSON Schema: every key that it knows, and numbers at the ends of what it allows.
///
/// It reads the keywords that the program's own schemas use. What no schema can say, names that refer to one another, it is
/// told.
struct SchemaSample {
  /// The whole schema, whose `$defs` references lead to.
  let schema: JSONValue
  /// How likely a number or duration is an extreme one, 0…1.
  let wildness: Double
  /// Names to take, by what stands in the document.
  var names: Names
  private var random: SplitMix64
  /// Whether the document has orders, so far.
  private var hasOrders = false
  /// Processes whose numbers must fit one another, which made-up ones seldom do.
  private static let fastidious = ["kou", "hawkes", "bates", "garch", "regimes", "stable"]
  private static let executing = ["twap", "participation", "almgrenChriss", "obizhaevaWang"]

  /// What a document's names may be.
  struct Names {
    var assets = Names.allAssets
    var events = ["crash", "another \"one\" <b>"]
    /// A file of recorded bars beside the document, with the assets of `assets`.
    var bars = "bars.csv"
    /// A table of assets beside it, with the names of `allAssets` and their prices; nil for none.
    var table: String?
    /// Tables of correlations of the first two of them, and of all three; nil for none.
    var correlations: (pairs: String, matrix: String)?
    /// A file of paths that another program made, with all three; nil for none.
    var paths: String?
    /// How often a table stands for assets, and how often there is a history.
    var tables = 0.12
    var histories = 0.12
    var scenarios = ["scenario.json"]
    /// The folder of a trained agent that trades an asset A.
    var agent =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path + "/fixtures/agents/small"

    static let allAssets = ["AAA", "B b", "Ü"]
  }

  init(_ schema: JSONValue, seed: UInt64, wildness: Double, names: Names = Names()) {
    self.schema = schema
    self.wildness = wildness
    self.names = names
    random = SplitMix64(seed: seed)
  }

  // MARK: Chance

  /// Uniform in 0..<1.
  mutating func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }

  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(uniform() * Double(list.count))] }

  /// From one number to another, all orders of magnitude alike; both above 0.
  mutating func spread(_ low: Double, _ high: Double) -> Double {
    low * pow(high / low, uniform())
  }

  // MARK: Values

  /// Whether the process that was picked last has a variance that moves of its own.
  private var hasMemory = false
  private static let withMemory: Set<String> = ["heston", "bates", "garch", "regimes"]
  /// The model of the document's history; empty where it has none.
  private var history = ""

  /// A whole document.
  mutating func document() -> JSONValue { value(schema, at: []) }

  /// A value that a part of the schema allows.
  ///
  /// - Parameter path: the keys that lead to it from the document's root.
  mutating func value(_ schema: JSONValue, at path: [String]) -> JSONValue {
    if let name = schema["$ref"]?.plainText { return value(definition(name), at: path) }
    if let constant = schema["const"] { return constant }
    if case .array(let words)? = schema["enum"] { return pick(words) }
    if let otherwise = schema["else"] { return value(otherwise, at: path) }
    if case .array(let choices)? = schema["anyOf"] {
      if path == ["assets"] {
        guard names.table != nil, happens(names.tables) else { return value(choices[0], at: path) }
        return table(choices[0])
      }
      if path.last == "correlations" {
        if let tables = names.correlations, names.assets.count > 1, happens(0.5) {
          return .string(names.assets.count > 2 && happens(0.7) ? tables.matrix : tables.pairs)
        }
        return value(choices[0], at: path)
      }
      // Weeks need recorded ones.
      if path.last == "step" { return value(choices[0], at: path) }
      // The first is a plain value, the others are distributions.
      return value(happens(0.6) ? choices[0] : pick(choices), at: path)
    }
    if case .array(let models)? = schema["allOf"], case .array(var tags)? = schema["properties"]?["model"]?["enum"] {
      // Who works off orders is refused where there are none.
      if path.first == "panel", !hasOrders, happens(0.9) {
        tags.removeAll { Self.executing.contains($0.plainText ?? "") }
      }
      // Blocks that must be whole steps, and paths where there is no file of them.
      if path.last == "history" {
        tags.removeAll { $0.plainText == "circularBlockBootstrap" || (names.paths == nil && $0.plainText == "paths") }
      }
      if path.last == "process", happens(0.95) { tags.removeAll { Self.fastidious.contains($0.plainText ?? "") } }
      let tag = pick(tags)
      if path.last == "history" { history = tag.plainText ?? "" }
      if path.last == "process" { hasMemory = Self.withMemory.contains(tag.plainText ?? "") }
      let model = models.first { $0["if"]?["properties"]?["model"]?["const"] == tag }
      return value(model?["then"] ?? .null, at: path)
    }
    switch schema["type"]?.plainText {
    case "object": return object(schema, at: path)
    case "array": return array(schema, at: path)
    case "number":
      if path.last == "level", happens(0.9) { return pick([0.95, 1]) }
      return .number(number(schema))
    case "integer": return .integer(Int(exactly: number(schema).rounded()) ?? 1)
    case "boolean": return .bool(happens(0.5))
    case "string": return .string(string(schema, at: path))
    default: return .null
    }
  }

  private func definition(_ reference: String) -> JSONValue {
    let name = JSONPointer.components(String(reference.dropFirst())).last ?? ""
    return schema["$defs"]?[name] ?? .null
  }

  private mutating func object(_ schema: JSONValue, at path: [String]) -> JSONValue {
    guard case .object(let properties)? = schema["properties"] else { return dictionary(schema, at: path) }
    var required: [String] = []
    if case .array(let names)? = schema["required"] { required = names.compactMap(\.plainText) }
    var members: [JSONMember] = []
    let hasSessions = properties.contains { $0.name == "sessions" } && happens(0.3)
    for property in properties where property.name != "$schema" && property.name != "sources" {
      // Recorded bars leave little else to choose; a text that was made up names no desk and no table of positions.
      var chance =
        ["benchmark", "positions", "walkForward", "mandate", "orders"].contains(property.name)
        ? 0.08 : property.name == "grid" ? 0.3 : 0.6
      if path.isEmpty, property.name == "history" { chance = names.histories }
      // What recorded bars bring is not said beside them, and what they don't is; now and then otherwise.
      let isAsset = path.count == 2 && path[0] == "assets"
      if isAsset, property.name == "history" { chance = history.isEmpty ? 0.02 : 0.98 }
      if isAsset, property.name == "process" { chance = history.isEmpty ? 0.98 : 0.02 }
      let isBrought = ["volumePerDay", "spreadVarianceShare", "volumeVolatility"].contains(property.name)
      if !history.isEmpty, isBrought || path.isEmpty && property.name == "dependence" { chance = 0.02 }
      // One of two ways to say when a market trades.
      if path.last == "calendar", property.name == "sessions" {
        if hasSessions { members.append(JSONMember("sessions", sessions(property.value, at: path + ["sessions"]))) }
        continue
      }
      if hasSessions, ["open", "close"].contains(property.name) { continue }
      if ["weekendVarianceShare", "profile"].contains(property.name), happens(0.5) { continue }
      if property.name == "scale" { continue }
      // Of arrays alone, which no file here is.
      if path.last == "history", property.name == "assets" { continue }
      // Where no variance moves of its own none is unexpected.
      if property.name == "spreadVarianceShare", !hasMemory { continue }
      if property.name == "from", properties.contains(where: { $0.name == "scale" }) { continue }
      let isHour = ["open", "close"].contains(property.name) && path.last == "calendar"
      // Optional only beside recorded bars.
      let isVolume = property.name == "volumePerDay" && history.isEmpty && happens(0.9)
      // A grid and other figures are two answers to one question.
      if property.name == "whatIf", members.contains(where: { $0.name == "grid" && $0.value != .array([]) }) {
        continue
      }
      guard required.contains(property.name) || isHour || isVolume || happens(chance) else { continue }
      members.append(JSONMember(property.name, value(property.value, at: path + [property.name])))
    }
    return .object(members)
  }

  /// An object whose keys are names.
  private mutating func dictionary(_ schema: JSONValue, at path: [String]) -> JSONValue {
    let element = schema["additionalProperties"] ?? .null
    let keys: [String]
    switch path.last {
    case "assets" where path.contains("panel"): keys = ["A"]
    case "assets":
      keys = Array(Names.allAssets.prefix(1 + Int(uniform() * uniform() * 3)))
      // What comes after them may refer to them.
      names.assets = happens(0.97) ? keys : Names.allAssets
    case "events": keys = Array(names.events.prefix(Int(uniform() * 3)))
    case "contagion", "weights": keys = names.assets.filter { _ in uniform() < 0.4 }
    case "orders":
      keys = Array(names.assets.prefix(1 + Int(uniform() * 2)))
      hasOrders = true
    case "alternatives": keys = Array(["up", "\"down\""].prefix(1 + Int(uniform() * 2)))
    case _ where path.dropLast().last == "weights": keys = names.assets.filter { _ in uniform() < 0.5 }
    case "correlations":
      keys = names.assets.count > 1 && happens(0.7) ? ["\(names.assets[0])/\(names.assets[1])"] : []
    case "loadings": keys = Array(names.assets.prefix(1 + Int(uniform() * 2)))
    case "states": keys = ["calm", "stress"]
    case "next": keys = happens(0.3) ? [path.contains("calm") ? "stress" : "calm"] : []
    case "figures": keys = Array(["depth", "spread"].prefix(1 + Int(uniform() * 2)))
    case "panel": keys = Array(["first", "a \"second\" <one>"].prefix(1 + Int(uniform() * 2)))
    case "risk": keys = Array(["none", "hou&se"].prefix(1 + Int(uniform() * 2)))
    default: keys = Array(["rule", "r2"].prefix(Int(uniform() * 3)))
    }
    return .object(keys.map { JSONMember($0, value(element, at: path + [$0])) })
  }

  private mutating func array(_ schema: JSONValue, at path: [String]) -> JSONValue {
    // A study's are files, a training's are objects with one.
    guard path.last != "scenarios" || schema["items"]?["type"]?.plainText != "string" else {
      return .array(names.scenarios.map { .string($0) })
    }
    if path.suffix(2) == ["whatIf", "factors"], happens(0.8) { return .array([0.5, 2].map { .number($0) }) }
    // Other markets than anybody means are made at severities that nobody means now and then.
    if path == ["severities"], happens(0.8) {
      return .array((0...Int(uniform() * 2)).map { _ in .number(pick([0, 0.5, 1, 1, 2, 5, 5 * uniform()])) })
    }
    // A ladder climbs from 0.
    if path.suffix(2) == ["ladder", "severities"], happens(0.8) { return .array([0, 0.5, 1].map { .number($0) }) }
    func count(_ key: String) -> Int? { if case .integer(let count)? = schema[key] { count } else { nil } }
    let least = count("minItems") ?? 0
    let most = min(count("maxItems") ?? 3, least + 2)
    let wanted = least + Int(uniform() * Double(most - least + 1))
    let elements = (0..<wanted).map { value(schema["items"] ?? .null, at: path + ["\($0)"]) }
    // Two ends of an interval are mostly in order.
    guard path.last == "between", happens(0.9), case .number(let a)? = elements.first,
      case .number(let b)? = elements.last
    else { return .array(elements) }
    return [.number(min(a, b)), .number(max(a, b))]
  }

  // MARK: Tables and hours

  /// A table of assets, with what holds of each one.
  private mutating func table(_ byName: JSONValue) -> JSONValue {
    names.assets = Names.allAssets
    let whole = byName["else"] ?? byName
    let every = value(whole["additionalProperties"] ?? .null, at: ["assets", "every"])
    return ["file": .string(names.table ?? ""), "every": every.with(["price"], nil)]
  }

  /// Sessions of real markets: with a break for lunch, from one evening to the next day, one a night apart, around the clock; seldom
  /// others.
  private mutating func sessions(_ schema: JSONValue, at path: [String]) -> JSONValue {
    if happens(wildness) { return value(schema, at: path) }
    let hours: [[(String, String)]] = [
      [("09:00", "11:30"), ("12:30", "15:00")], [("18:00", "17:00")], [("17:00", "17:00")],
      [("21:00", "23:00"), ("09:00", "10:15"), ("10:30", "11:30"), ("13:30", "15:00")], [("09:30", "16:00")],
      [("22:00", "04:00"), ("09:30", "16:00")],
    ]
    return .array(
      pick(hours).enumerated().map { index, hours in
        let times: JSONValue = ["open": .string(hours.0), "close": .string(hours.1)]
        return index > 0 && happens(0.5)
          ? times.with(["breakVarianceShare"], .number(uniform() * 0.3)) : times
      })
  }

  // MARK: Numbers

  private static let ends: [Double] = [
    0, .leastNonzeroMagnitude, 2.3e-308, 1e-300, 1e-200, 1e-154, 1e-100, 1e-30, 1e-16, 1e-9, 1e-4, 0.5,
    0.999_999_999_999_999_9, 1, 3, 1e4, 1e9,
    1e16, 1e30, 1e100, 1e154, 1e200, 1e300, .greatestFiniteMagnitude,
  ]

  private mutating func number(_ schema: JSONValue) -> Double {
    func bound(_ keys: String...) -> Double? {
      for key in keys {
        switch schema[key] {
        case .number(let number)?: return number
        case .integer(let number)?: return Double(number)
        default: continue
        }
      }
      return nil
    }
    let low = bound("minimum") ?? bound("exclusiveMinimum").map(\.nextUp)
    let high = bound("maximum") ?? bound("exclusiveMaximum").map(\.nextDown)
    func isLegal(_ x: Double) -> Bool { x >= low ?? -.infinity && x <= high ?? .infinity }
    if happens(wildness) {
      let ends = (Self.ends + Self.ends.map(-) + [low, high].compactMap(\.self)).filter(isLegal)
      return pick(ends)
    }
    let (least, most) = (low ?? -1e3, high ?? 1e6)
    if least < 0 {
      let size = spread(1e-3, 1) * min(-least, most, 1)
      return happens(0.5) ? size : -size
    }
    // Near one or near the upper end, and now and then the lower end itself.
    if low != nil, low == 0, happens(0.1) { return 0 }
    let top = most > 1e3 ? min(most, 1e7) : min(most, max(1, least * 2))
    return spread(max(least, top * 1e-3), top)
  }

  // MARK: Texts

  private static let texts = [
    "a", "What a day", "línea\u{7}\u{1B}[31m", "</script><b>&", "\u{202E}x\u{0}", String(repeating: "long ", count: 60),
    "日本 🎢",
  ]

  private mutating func string(_ schema: JSONValue, at path: [String]) -> String {
    if let pattern = schema["pattern"]?.plainText {
      if pattern == TradingTime.pattern { return duration(unit: pick(["ms", "s", "m", "h", "d"])) }
      if pattern.contains("steps") { return happens(0.6) ? "\(steps()) steps" : duration(unit: pick(["m", "h", "d"])) }
      if pattern.contains("24:00") {
        return happens(wildness) ? pick(["00:00", "24:00", "00:01", "23:59"]) : path.last == "open" ? "09:30" : "16:00"
      }
      return happens(wildness) ? pick(["0001-01-01", "9999-12-31", "2024-02-29", "2023-02-29"]) : "2024-01-03"
    }
    switch path.last {
    case let key? where path.dropLast().last == "columns" && happens(0.9): return key
    case "timeZone": return pick(["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
    case "asset", "history": return pick(happens(0.9) ? Array(names.assets.prefix(1)) : names.assets)
    case "from": return pick(names.events)
    case "file" where path.first == "assets": return names.table ?? ""
    case "file" where history == "paths" && path.contains("history"): return names.paths ?? ""
    case "file": return names.bars
    case _ where path.dropLast().last == "assets": return pick(names.assets)
    case "folder": return happens(0.97) ? names.agent : pick(Self.texts)
    case _ where path.dropLast().last == "figures" && happens(0.95):
      return "/assets/*/liquidity/\(path.last == "depth" ? "depthTo1Percent" : "halfSpreadBps")"
    case "A" where path.contains("panel"): return names.assets[0]
    default: return pick(Self.texts)
    }
  }

  private mutating func steps() -> String {
    happens(wildness) ? pick(["0", "1", "1000000000", "999999999999"]) : "\(1 + Int(uniform() * 20))"
  }

  private mutating func duration(unit: String) -> String {
    guard happens(wildness) else { return pick(["20s", "1m", "5m", "30m", "90m", "2h", "1d", "3d"]) }
    let number = pick([
      "0", "-1", "1", "0.001", "0.0000000000001", "7", "1000", "99999999", "1" + String(repeating: "0", count: 60),
    ])
    return number + unit
  }
}
