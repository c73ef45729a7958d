import Documents
import HTTPTypes
import Lab
import Tracking

/// Trainings, runs and searches on record: what they were asked, what they rest on, every figure.
enum RecordsAPI {
  static let operations = [list, read, history]

  private static let record = Parameter(
    "record", in: .path, .text(1...300),
    "the identifier of a run, its beginning (four digits or more), or a name, of which the newest is meant",
    example: "0f3a9c52b1d84e7a")

  private static let kinds: [RunRecord.Kind] = [.training, .search, .stress]

  private static let list = Operation(
    .get, "/api/v1/records", id: "listRecords", .agents,
    "Lists trainings, searches and stress runs on record, the newest first.",
    parameters: [
      Parameter(
        "kind", in: .query, .choice(kinds.map(\.rawValue)), "only of this kind; trainings and searches unless given",
        example: "training"), .limit, .after,
    ],
    answer: .json(
      Schemas.list(of: "RunRecord"), "A part of the list.", example: ["items": [Examples.runRecord], "next": nil]),
    failures: [.conflict]
  ) { call in
    let wanted = call.text("kind").flatMap(RunRecord.Kind.init).map { [$0] } ?? [.training, .search]
    guard let folder = call.context.tracking else { return .json(["items": [], "next": nil]) }
    return .json(
      try await call.context.apart {
        guard let store = try TrackingStore.read(folder) else { return ["items": [], "next": nil] }
        let runs = try store.runs().filter { wanted.contains($0.kind) }
        let page = try call.page(runs, by: \.id) { $0.json(try store.details(of: $0.id)) }
        try store.close()
        return page
      })
  }

  private static let read = Operation(
    .get, "/api/v1/records/{record}", id: "readRecord", .agents,
    "Reads all that is on record of a training, search or run, its trials or desks with it.", parameters: [record],
    answer: .json(Schemas.reference("RunRecord"), "The record.", example: Examples.runRecord),
    failures: [.notFound, .conflict]
  ) { call in
    let word = call.text("record") ?? ""
    let folder = try folder(call.context)
    return .json(
      try await call.context.apart {
        try reading(folder) { store in
          let run = try run(word, store)
          return run.json(
            try store.details(of: run.id), parts: try store.parts(of: run.id).map { ($0, try store.details(of: $0.id)) }
          )
        }
      })
  }

  private static let history = Operation(
    .get, "/api/v1/records/{record}/metrics/{key}", id: "readHistory", .agents,
    "Reads a figure of a training at all of its steps, as for a learning curve.",
    parameters: [
      record,
      Parameter(
        "key", in: .path, .text(1...300), "the figure's name, its slashes encoded as %2F", example: "meanReturn"),
    ],
    answer: .json(
      Schemas.object([
        ("run", Schemas.text), ("key", Schemas.text),
        (
          "points",
          ["type": "array", "items": Schemas.object([("step", Schemas.whole), ("value", Schemas.nullable("number"))])]
        ),
      ]), "The figure, step by step.",
      example: ["run": "0f3a9c52b1d84e7a", "key": "meanReturn", "points": [["step": 1, "value": 0.25]]]),
    failures: [.notFound, .conflict]
  ) { call in
    let (word, key) = (call.text("record") ?? "", call.text("key") ?? "")
    let folder = try folder(call.context)
    return .json(
      try await call.context.apart {
        try reading(folder) { store in
          let run = try run(word, store)
          let points = try store.history(of: key, in: run.id)
          guard !points.isEmpty else {
            let known = try store.details(of: run.id).latest.keys.sorted()
            throw Failure.notFound(
              "run \(run.id.prefix(8)) has no figure \(quoted(key))\(Suggestion.hint(for: key, among: known))")
          }
          return [
            "run": .string(run.id), "key": .string(key),
            "points": .array(points.map { ["step": .integer($0.step), "value": .number($0.value)] }),
          ]
        }
      })
  }

  /// The folder of a server that keeps a record.
  static func folder(_ context: ServerContext) throws(Failure) -> TrackingFolder {
    guard let folder = context.tracking else { throw Failure.notFound("this server keeps no record of runs") }
    return folder
  }

  /// Reads in the store of a folder.
  ///
  /// - Throws: a `Failure` where nothing is on record.
  static func reading<Result>(_ folder: TrackingFolder, _ body: (TrackingStore) throws -> Result) throws -> Result {
    guard let store = try TrackingStore.read(folder) else { throw Failure.notFound("nothing is on record yet") }
    let result = try body(store)
    try store.close()
    return result
  }

  /// The run that somebody means.
  ///
  /// - Throws: a `Failure` where there is none.
  static func run(_ word: String, _ store: TrackingStore) throws -> RunRecord {
    do { return try store.run(meantBy: word) } catch let refusal as Refusal { throw Failure.notFound("\(refusal)") }
  }
}
