import Documents
import Pipeline

/// Features to be computed of a dataset, and kept.
struct FeaturesOrder: WorkOrder {
  let data: String
  let name: String
  let set: String?
  let columns: [String]
  let priority: Int

  static let form = Form(
    Field("data", .string, "a dataset's name, such as kraken/BTC-USD/1h"),
    Field("name", .string, "what the set is called"),
    Field("set", .optional(.choice(["classic44", "wide"])), "a built-in set of columns"),
    Field("columns", .list(.string, count: 0...500), default: [], "or columns by name"),
    .priority, make: Self.init)

  static let example: JSONValue = ["data": "kraken/BTC-USD/1h", "name": "classic", "set": "classic44"]

  func order(_ context: ServerContext) throws -> JobOrder {
    guard DatasetName(data) != nil, let word = DatasetName(name), !name.contains("/") else {
      throw Failure(
        .unprocessableContent, "refused", "data and name are names: letters, digits, \"-\", \"_\" and \".\"")
    }
    guard (set == nil) != columns.isEmpty else {
      throw Failure(.unprocessableContent, "refused", "either set or columns says what is computed")
    }
    var arguments = ["features", "data:\(data)", "--as", "\(word)"] + Self.option("set", set)
    arguments += try Self.option("columns", columns)
    return JobOrder(
      .features, title: "\(name) of \(data)", output: "data/features/\(data)/\(name)", arguments: arguments,
      priority: priority)
  }
}
