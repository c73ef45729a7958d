import Hummingbird

/// Which operations answer at an address.
struct PathMethods: Sendable {
  private let patterns: [(words: [Substring], operation: Operation)]

  init(_ operations: [Operation]) {
    patterns = operations.map { ($0.path.split(separator: "/"), $0) }
  }

  /// The methods that an address knows, in order; none where nothing is there.
  func methods(of path: String) -> [String] {
    let names = Set(operations(at: path).map(\.method.rawValue))
    return (names.contains("GET") ? names.union(["HEAD"]) : names).sorted()
  }

  /// The operation that a request calls.
  func operation(of request: Request) -> Operation? {
    operations(at: request.uri.path).first {
      $0.method == request.method || ($0.method == .get && request.method == .head)
    }
  }

  /// Why a request calls no operation.
  func failure(of request: Request) -> Failure {
    let known = methods(of: request.uri.path)
    guard !known.isEmpty else { return .notFound("there is nothing at this address") }
    let words = known.joined(separator: ", ")
    return Failure(.methodNotAllowed, "methodNotAllowed", "here are \(words)", headers: [(.allow, words)])
  }

  private func operations(at path: String) -> [Operation] {
    let words = path.split(separator: "/")
    let found = patterns.filter { Self.matches($0.words, words) }
    // A word that is named goes before one that is captured, as in the router.
    let most = found.map { Self.named($0.words) }.max() ?? 0
    return found.filter { Self.named($0.words) == most }.map(\.operation)
  }

  private static func named(_ words: [Substring]) -> Int { words.count { !$0.hasPrefix("{") } }

  private static func matches(_ pattern: [Substring], _ words: [Substring]) -> Bool {
    pattern.count == words.count && zip(pattern, words).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
