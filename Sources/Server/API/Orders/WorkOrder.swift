import Documents

/// A request for work, as its body says it: read and checked at once, so that no job waits for an hour to fail.
protocol WorkOrder: Sendable {
  /// How the body is read.
  static var form: Form<Self> { get }
  /// A body.
  static var example: JSONValue { get }
  /// What is handed in.
  ///
  /// - Throws: everything that is wrong with it, as far as can be known before it runs.
  func order(_ context: ServerContext) throws -> JobOrder
}

extension WorkOrder {
  /// An option with its value, where it has one.
  static func option(_ name: String, _ value: (some CustomStringConvertible)?) -> [String] {
    value.map { ["--\(name)", "\($0)"] } ?? []
  }

  /// An option with values between commas, where there are some.
  static func option(_ name: String, _ values: [String]) throws(Failure) -> [String] {
    guard !values.isEmpty else { return [] }
    if let value = values.first(where: { $0.contains(",") || $0.hasPrefix("-") }) {
      throw Failure(.unprocessableContent, "refused", "\(name): \(quoted(value)) is no name")
    }
    return ["--\(name)", values.joined(separator: ",")]
  }

  /// A folder beneath another that is not there yet, and that no job is about to make: the name, or the name with a number.
  static func freeFolder(_ name: String, in folder: String, _ context: ServerContext) throws -> String {
    let coming = try JobsAPI.refusing {
      try context.jobs.jobs(JobQuery(states: [.queued, .running], limit: 2000)).jobs.compactMap(\.order.output)
    }
    let taken = Set(context.workspace.folders(in: folder).map { "\($0)" }).union(coming)
    guard taken.contains("\(folder)/\(name)") else { return "\(folder)/\(name)" }
    var number = 2
    while taken.contains("\(folder)/\(name)-\(number)") { number += 1 }
    return "\(folder)/\(name)-\(number)"
  }
}

extension Field where Value == Int {
  /// How soon a job has its turn.
  static var priority: Field {
    Field("priority", .integer(in: -100...100), default: 0, "the greater, the sooner; of the same, the older first")
  }
}
