import Foundation

/// Where the bytes of a file first differ from what they should be, in words.
enum FileDifference {
  /// Bytes that are quoted from there on.
  private static let quoted = 24

  /// Nil where all of them are the same.
  static func text(_ found: Data, expected: Data) -> String? {
    guard found != expected else { return nil }
    let common = zip(found, expected).prefix { $0 == $1 }.count
    if common == min(found.count, expected.count) {
      return "has \(found.count) bytes in place of \(expected.count)"
    }
    return "from byte \(common) on: \(quote(found, from: common)) in place of \(quote(expected, from: common))"
  }

  private static func quote(_ data: Data, from place: Int) -> String {
    let text = String(decoding: data.dropFirst(place).prefix(quoted), as: UTF8.self)
    return "“\(text.replacing("\n", with: " "))”"
  }
}
