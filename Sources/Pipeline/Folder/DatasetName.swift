import Documents

/// The name of recorded bars in the data folder: words with slashes between them, such as `binance/BTC-USDT/1h`.
///
/// It is the path of its files under `raw` and `processed`, so a word is made of letters, digits, `-`, `_` and `.`, begins
/// with a letter or digit, and is no longer than 64; there are at most six.
package struct DatasetName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The whole name.
  package let description: String

  /// A name, or nil where the text is none.
  package init?(_ text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...6).contains(words.count), words.allSatisfy(Self.isWord) else { return nil }
    description = text
  }

  /// The name of bars that `stresslab collect` brings home, unless it is given another: EXCHANGE/MARKET/STEP, without `ccxt:`
  /// before the exchange and with a hyphen in the market. Nil where these make none.
  package init?(exchange: String, market: String, step: String) {
    let name = exchange.hasPrefix(Self.byCCXT) ? String(exchange.dropFirst(Self.byCCXT.count)) : exchange
    self.init("\(name)/\(market.replacing("/", with: "-").replacing(":", with: "_"))/\(step)")
  }

  /// What stands before the name of an exchange that is asked by ccxt.
  package static let byCCXT = "ccxt:"

  /// What a name is made of, for messages.
  package static let rule =
    "words of letters, digits, \"-\", \"_\" and \".\" with slashes between them, such as binance/BTC-USDT/1h"

  private static func isWord(_ word: Substring) -> Bool {
    let letters = word.utf8
    guard (1...64).contains(letters.count), let first = letters.first, isAlphanumeric(first) else { return false }
    return letters.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
  }

  private static func isAlphanumeric(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// Names in the order of their letters.
  package static func < (left: DatasetName, right: DatasetName) -> Bool { left.description < right.description }
}
