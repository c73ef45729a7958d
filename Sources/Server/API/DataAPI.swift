import Documents
import HTTPTypes
import Lab
import Pipeline

/// Market data: what there is, what may be wrong with it, and whether its newest bars are as those before. Collecting bars and
/// computing features is work (`JobsAPI`).
enum DataAPI {
  static let operations = [list, read, checks, drift]

  /// The name of a dataset in a path.
  static let name = Parameter(
    "name", in: .path, .name, "the dataset's name, its slashes encoded as %2F", example: "kraken/BTC-USD/1h")
  /// What newest bars are held against.
  static let against = Parameter(
    "against", in: .query, .name, "the dataset that was trained on; its bars that are older; the same one unless given",
    example: "kraken/BTC-USD/1h")
  /// How many bars are the newest.
  static let bars = Parameter(
    "bars", in: .query, .integer(BarDrift.fewest...10_000),
    "how many bars are the newest; a tenth of all, but no more than \(BarDrift.usual), unless given", example: 500)

  private static let list = Operation(
    .get, "/api/v1/data", id: "listData", .data, "Lists datasets with their sources, gaps and feature sets, by name.",
    parameters: [.limit, .after],
    answer: .json(
      Schemas.list(of: "Dataset"), "A part of the list.", example: ["items": [Examples.dataset], "next": nil]),
    failures: [.conflict]
  ) { call in
    let folder = call.context.data
    let entries = try await call.context.apart { try DataIndex.entries(in: folder) }
    return .json(try call.page(entries, by: \.name, \.json))
  }

  private static let read = Operation(
    .get, "/api/v1/data/{name}", id: "readData", .data,
    "Reads where a dataset comes from, what was found in it and what was made of it.", parameters: [name],
    answer: .json(Schemas.reference("Dataset"), "The dataset.", example: Examples.dataset),
    failures: [.notFound, .conflict]
  ) { call in
    let (folder, name) = (call.context.data, call.name("name"))
    return .json(try await call.context.apart { try dataset(name, folder).entry.json })
  }

  private static let checks = Operation(
    .get, "/api/v1/data/{name}/checks", id: "checkData", .data,
    "Says what may be wrong with the raw bars of a dataset, asset by asset; nothing is changed.", parameters: [name],
    answer: .json(
      Schemas.object([("items", ["type": "array", "items": ["type": "object"]])]), "The findings.",
      example: ["items": [["asset": "", "rows": 8760, "counts": .object([]), "findings": []]]]),
    failures: [.notFound, .conflict, .unprocessableContent]
  ) { call in
    let (folder, name) = (call.context.data, call.name("name"))
    return .json([
      "items": .array(
        try await call.context.apart {
          try BarRows.rows(of: dataset(name, folder).name, in: folder).map { CleaningReport($0).json }
        })
    ])
  }

  private static let drift = Operation(
    .get, "/api/v1/data/{name}/drift", id: "readDrift", .data,
    "Holds the newest bars of a dataset against those that were trained on: quantiles side by side, Kolmogorov and Smirnov's "
      + "distance, and how likely it is where neighbours have to do with each other.",
    parameters: [name, against, bars],
    answer: .json(
      Schemas.object([
        ("data", Schemas.text), ("against", Schemas.text),
        ("items", ["type": "array", "items": Schemas.reference("Drift")]),
      ]), "Asset by asset.", example: ["data": "kraken/BTC-USD/1h", "against": "kraken/BTC-USD/1h", "items": []]),
    failures: [.notFound, .conflict, .unprocessableContent]
  ) { call in
    let (folder, name, bars) = (call.context.data, call.name("name"), call.integer("bars"))
    let other = call.optionalName("against") ?? name
    return .json([
      "data": .string("\(name)"), "against": .string("\(other)"),
      "items": .array(
        try await call.context.apart {
          try BarDrift.all(
            of: dataset(name, folder).name, newest: bars, against: dataset(other, folder).name, in: folder
          ).map(\.json)
        }),
    ])
  }

  /// The dataset that somebody names.
  ///
  /// - Throws: a `Failure` where there is none.
  static func dataset(
    _ name: WorkspaceName, _ folder: DataFolder
  ) throws -> (name: DatasetName, entry: DataEntry) {
    do { return try folder.dataset("\(name)") } catch let refusal as Refusal { throw Failure.notFound("\(refusal)") }
  }
}
