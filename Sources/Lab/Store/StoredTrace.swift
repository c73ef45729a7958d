import Foundation

/// A row of the table `traces`: the trace as it is kept, beside its desk.
struct StoredTrace: Sendable {
  let desk: Int
  let path: Int64
  /// The trace as JSON.
  let text: String

  /// The row of a desk's trace.
  init(desk: Int, trace: Trace) throws {
    self.desk = desk
    path = trace.path
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    text = String(decoding: try encoder.encode(trace), as: UTF8.self)
  }
}
