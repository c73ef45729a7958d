import Documents
import Foundation
import Lab
import Randomness
import Training

/// A scenario and a study that were made from the schemas which the program prints, written into a folder.
///
/// Nine of ten are mended where the program says that something is wrong, until it is content or twenty tries are over: so
/// most are legal, and extreme.
struct HostileScenario {
  let seed: Int
  /// What is read; nil where the documents are refused.
  let file: StudyFile?
  /// What the refusal says.
  let refusal: String
  /// What of the language's rarer ways of saying things the scenario has.
  let ways: Set<Way>

  /// Ways of saying things that made-up documents would do without if nobody looked.
  enum Way: String, CaseIterable {
    case sessions, breaks, overMidnight, weekend, profile, tableOfAssets, tableOfCorrelations, paths, spreadOfVariance
    case severity
  }

  private static let scenarioSchema = DocumentKind.scenario.schema
  private static let studySchema = DocumentKind.study.schema
  private static let tries = 40

  /// - Parameter steps: of the longest, sub-steps counted; with eight paths.
  init(seed: Int, steps: Int, in folder: String) throws {
    self.seed = seed
    var chance = SplitMix64(seed: UInt64(seed))
    let wildness = [0.02, 0.05, 0.1, 0.2, 0.5][Int(chance.next() % 5)]
    let isMended = chance.next() % 10 != 0
    let isLengthFree = chance.next() % 10 == 0
    let hasWarmup = chance.next() % 4 != 0
    var count = 1 + Int(pow(Double(steps), Double(chance.next() >> 11) * 0x1p-53))
    var scenario = SchemaSample(Self.scenarioSchema, seed: chance.next(), wildness: wildness)
    scenario.names.table = "assets.csv"
    scenario.names.correlations = ("pairs.csv", "matrix.csv")
    scenario.names.paths = "paths.csv"
    var study = SchemaSample(Self.studySchema, seed: chance.next(), wildness: wildness)
    var documents = [scenario.document()]
    study.names.assets = scenario.names.assets
    documents.append(study.document())
    var refusal = ""
    var file: StudyFile?
    for attempt in 0...Self.tries {
      if !isLengthFree { documents[0] = Self.shortened(documents[0], steps: count, hasWarmup: hasWarmup) }
      if documents[0]["assets"]?["file"] != nil {
        scenario.names.assets = SchemaSample.Names.allAssets
        study.names.assets = SchemaSample.Names.allAssets
      } else if case .object(let assets)? = documents[0]["assets"], !assets.isEmpty {
        scenario.names.assets = assets.map(\.name)
        study.names.assets = assets.map(\.name)
      }
      for (name, document) in zip(["scenario.json", "study.json"], documents) {
        try document.text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
      }
      let problems: [Problem]
      do {
        let read = try StudyFile(reading: ["\(folder)/study.json"], repository: nil)
        let sizes = read.scenarios.map { file in
          let clock = file.scenario.clock
          return (clock.steps + clock.warmupSteps) * clock.substeps
        }
        // All points of a grid are run, at each severity and on each rung of the ladder.
        let markets = read.study.severities.count + (read.study.ladder?.severities.count ?? 0)
        guard sizes.reduce(0, +) * markets > steps else {
          file = read
          break
        }
        count = max(1, count / 8)
        refusal = "longer than a test may be"
        problems = [Problem(position: SourcePosition(file: "scenario.json"), path: "/clock", message: "too long")]
      } catch {
        refusal = error.description
        problems = error.all
      }
      guard isMended, attempt < Self.tries else { break }
      for problem in problems {
        var path = JSONPointer.components(problem.path)
        // What a table does not say is said of every asset.
        if documents[0]["assets"]?["file"] != nil, path.count > 1, path[0] == "assets" { path[1] = "every" }
        if problem.position.file.hasSuffix("study.json") {
          documents[1] = study.mended(documents[1], at: path)
        } else {
          documents[0] = scenario.mended(documents[0], at: path)
        }
      }
    }
    self.file = file
    ways = Self.ways(documents)
    self.refusal = file == nil ? refusal : ""
  }

  private static func ways(_ documents: [JSONValue]) -> Set<Way> {
    let (scenario, calendar) = (documents[0], documents[0]["clock"]?["calendar"] ?? .null)
    var ways: Set<Way> = []
    if case .array(let sessions)? = calendar["sessions"] {
      ways.insert(.sessions)
      if sessions.count > 1 { ways.insert(.breaks) }
      if sessions.contains(where: { $0["open"]?.plainText ?? "" >= $0["close"]?.plainText ?? "" }) {
        ways.insert(.overMidnight)
      }
    }
    if case .number(let share)? = calendar["weekendVarianceShare"], share > 0 { ways.insert(.weekend) }
    if calendar["profile"] != nil { ways.insert(.profile) }
    if scenario["assets"]?["file"] != nil { ways.insert(.tableOfAssets) }
    if scenario["dependence"]?["correlations"]?.plainText != nil { ways.insert(.tableOfCorrelations) }
    if scenario["history"]?["model"] == "paths" { ways.insert(.paths) }
    if scenario.text.contains("\"spreadVarianceShare\"") { ways.insert(.spreadOfVariance) }
    if case .array(let severities)? = documents[1]["severities"],
      severities.contains(where: { if case .number(let severity) = $0 { severity > 1 && severity <= 5 } else { false } }
      )
    {
      ways.insert(.severity)
    }
    return ways
  }

  /// A scenario whose clock counts so many steps, where its step is whole seconds; with a warm-up that is long enough for
  /// the usual look-backs, if it is to have one.
  private static func shortened(_ scenario: JSONValue, steps: Int, hasWarmup: Bool) -> JSONValue {
    guard let step = scenario["clock"]?["step"]?.plainText,
      let seconds = TradingTime.seconds(step, secondsPerDay: 23_400), seconds >= 1, seconds < 1e6
    else { return scenario }
    let whole = Int(seconds)
    // A path of the file has 300 rows.
    let steps = scenario["history"]?["model"] == "paths" ? min(steps, 200) : steps
    let short = scenario.with(["clock", "length"], .string("\(steps * whole)s"))
    return hasWarmup ? short.with(["clock", "warmup"], .string("\(60 * whole)s")) : short
  }
}

extension SchemaSample {
  /// A document with another value where something was wrong, or without it.
  mutating func mended(_ document: JSONValue, at path: [String]) -> JSONValue {
    let place = path.last == "" ? [] : path
    let parent = place.dropLast()
    // What is wrong is often said of a part: the whole around it is made anew now and then.
    if !place.isEmpty, happens(0.3) { return mended(document, at: Array(parent)) }
    if !place.isEmpty, happens(0.1) { return document.with(place, nil) }
    var calm = SchemaSample(schema, seed: UInt64(uniform() * 0x1p53), wildness: wildness * 0.3, names: names)
    calm.names.tables = document["assets"]?["file"] == nil ? 0 : 1
    calm.names.histories = document["history"] == nil ? 0 : 1
    let fresh = calm.document()
    guard let value = fresh.value(at: place) else {
      return place.isEmpty ? fresh : happens(0.5) ? document.with(place, nil) : mended(document, at: Array(parent))
    }
    return document.with(place, value)
  }
}

extension JSONValue {
  /// What keys lead to.
  func value(at path: [String]) -> JSONValue? {
    guard let key = path.first else { return self }
    if case .array(let elements) = self {
      return Int(key).flatMap { elements.indices.contains($0) ? elements[$0].value(at: Array(path.dropFirst())) : nil }
    }
    return self[key]?.value(at: Array(path.dropFirst()))
  }

  /// The value with another one at a place, or with none.
  func with(_ path: [String], _ value: JSONValue?) -> JSONValue {
    guard let key = path.first else { return value ?? self }
    let rest = Array(path.dropFirst())
    switch self {
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index) else { return self }
      if rest.isEmpty, value == nil { return self }
      elements[index] = elements[index].with(rest, value)
      return .array(elements)
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.name == key }) else {
        if rest.isEmpty, let value { return .object(members + [JSONMember(key, value)]) }
        return self
      }
      if rest.isEmpty, value == nil {
        members.remove(at: index)
      } else {
        members[index] = JSONMember(key, members[index].value.with(rest, value))
      }
      return .object(members)
    default: return self
    }
  }
}
