import Foundation

/// The parameters of a query, decoded.
struct QueryText {
  /// By their names.
  private(set) var values: [String: String] = [:]
  /// What cannot be read, and what is there twice.
  private(set) var problems: [RequestProblem] = []

  init(_ text: String) {
    for part in text.split(separator: "&") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(halves[0]), let value = halves.count > 1 ? Self.decoded(halves[1]) : "" else {
        problems.append(RequestProblem(in: "query", String(halves[0]), "it is not UTF-8 in percent encoding"))
        continue
      }
      if values.updateValue(value, forKey: name) != nil {
        problems.append(RequestProblem(in: "query", name, "it is there twice"))
      }
    }
  }

  private static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }
}
