import MarketData
import Testing

/// A shape in which people have bars, and how a file of it is written.
struct FileShape: Sendable, CustomTestStringConvertible {
  /// What it is called here.
  let name: String
  /// What the reader calls it.
  let kind: String
  /// The step of its bars, in milliseconds.
  var step: Int64 = 3_600_000
  /// About what a bar costs.
  var price = 120.0
  /// Whether volumes come out as they went in.
  var volume = Volume.kept
  /// The file.
  let text: @Sendable ([Bar]) -> String

  var testDescription: String { name }

  /// What becomes of volumes.
  enum Volume { case kept, none }

  /// A table.
  static func table(_ header: String?, _ bars: [Bar], separator: String = ",", _ row: (Bar) -> [String]) -> String {
    let rows = bars.map { row($0).joined(separator: separator) }
    return ((header.map { [$0] } ?? []) + rows).joined(separator: "\n") + "\n"
  }

  /// A random walk of so many bars that begins on 2 January 2020 at midnight UTC, prices with two decimals, volumes whole.
  func bars(_ count: Int = 40) -> [Bar] {
    var state: UInt64 = 5
    func next(_ bound: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 33) / Double(1 << 31) - 0.5) * 2 * bound
    }
    func cents(_ x: Double) -> Double { (x * 100).rounded() / 100 }
    var last = price
    return (0..<count).map { index in
      let open = cents(last * (1 + next(0.001)))
      let close = cents(open * (1 + next(0.02)))
      let high = cents(max(open, close) * (1.0005 + abs(next(0.01))))
      let low = cents(min(open, close) * (0.9995 - abs(next(0.01))))
      last = close
      return Bar(
        time: 1_577_923_200_000 + Int64(index) * step, open: open, high: high, low: low, close: close,
        volume: (5000 + next(4000)).rounded() * 10)
    }
  }

  /// A number as Swift writes it, with a point.
  static func number(_ x: Double, _ digits: Int = 2) -> String {
    let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][digits]
    let units = Int((x * scale).rounded())
    guard digits > 0 else { return "\(units)" }
    let part = String(units % Int(scale))
    return "\(units / Int(scale))." + String(repeating: "0", count: digits - part.count) + part
  }

  /// A number with commas between thousands.
  static func thousands(_ x: Double, _ digits: Int = 2) -> String {
    let text = number(x, digits)
    let parts = text.split(separator: ".")
    var whole = ""
    for (place, digit) in parts[0].reversed().enumerated() {
      if place > 0, place % 3 == 0 { whole = "," + whole }
      whole = String(digit) + whole
    }
    return parts.count > 1 ? "\(whole).\(parts[1])" : whole
  }

  /// Year, month, day, hours, minutes, seconds.
  private static func parts(_ milliseconds: Int64) -> [String] {
    let text = Timestamp.text(milliseconds: milliseconds)
    return text.split(whereSeparator: { "-T:Z".contains($0) }).map(String.init)
  }

  /// A time by a pattern of `Y`, `M`, `N` (the month's name), `D`, `h`, `m` and `s`.
  static func time(_ milliseconds: Int64, _ pattern: String) -> String {
    let parts = parts(milliseconds)
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return pattern.map { letter in
      switch letter {
      case "Y": parts[0]
      case "M": parts[1]
      case "N": names[(Int(parts[1]) ?? 1) - 1]
      case "D": parts[2]
      case "h": parts[3]
      case "m": parts[4]
      case "s": parts[5]
      default: String(letter)
      }
    }.joined()
  }
}
