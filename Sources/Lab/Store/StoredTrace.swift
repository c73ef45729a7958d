import Foundation

/// A row of the table `traces`: the trace as it is kept, beside its desk.
struct StoredTrace: Sendable {
  let desk: Int
  let path: Int64
  /// The trace as JSON.
  let text: String

  /// A row as it is kept.
  init(desk: Int, path: Int64, text: String) {
    self.desk = desk
    self.path = path
    self.text = text
  }

  /// The trace.
  var trace: Trace {
    get throws(StoreProblem) {
      try StoreProblem.wrapping("the trace of desk \(desk) cannot be read") {
        try JSONDecoder().decode(Trace.self, from: Data(text.utf8))
      }
    }
  }

  /// The row of a desk's trace.
  init(desk: Int, trace: Trace) throws(StoreProblem) {
    self.desk = desk
    path = trace.path
    text = try StoreProblem.wrapping("the trace of desk \(desk) cannot be written as JSON") {
      String(decoding: try trace.json(), as: UTF8.self)
    }
  }
}
