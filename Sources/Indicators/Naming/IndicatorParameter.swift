import Documents

/// One parameter of an indicator: TA-Lib's, with its range and default.
package struct IndicatorParameter: Sendable, Hashable {
  /// What values it takes.
  package enum Kind: Sendable, Hashable {
    /// A whole number in a range.
    case whole(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// One of some words; its value is the word's number.
    case word([String])
  }

  /// Its name, such as `period`.
  package let name: String
  /// What values it takes.
  package let kind: Kind
  /// The value when it is left out.
  package let standard: Double
  /// What it is, in a few words.
  package let summary: String

  init(_ name: String, _ kind: Kind, default standard: Double, _ summary: String) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.summary = summary
  }

  /// A period in bars.
  static func period(
    _ name: String = "period", from least: Int = 2, default standard: Int, _ summary: String = "bars in the window"
  ) -> Self {
    Self(name, .whole(least...100_000), default: Double(standard), summary)
  }

  /// A number of standard deviations.
  static func deviations(_ name: String, default standard: Double, _ summary: String) -> Self {
    Self(name, .number(0...3e37), default: standard, summary)
  }

  /// Which moving average is taken: simple unless it says `ema`.
  static let average = Self("average", .word(["sma", "ema"]), default: 0, "moving average: sma or ema")

  /// The value as it is written in a column's name.
  package func text(_ value: Double) -> String {
    if case .word(let words) = kind { return words[Int(value)] }
    return JSONWriter.number(value)
  }

  /// The legal values in words.
  package var range: String {
    switch kind {
    case .whole(let range): "\(range.lowerBound)…\(range.upperBound)"
    case .number(let range): QuantityRange.between(range.lowerBound, range.upperBound).text()
    case .word(let words): words.joined(separator: ", ")
    }
  }

  /// The value that a part of a column's name stands for; nil when it can't be a value of this parameter.
  func value(of text: String) -> Double? {
    switch kind {
    case .word(let words):
      return words.firstIndex(of: text).map(Double.init)
    case .whole, .number:
      guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") })
      else { return nil }
      return Double(text)
    }
  }

  /// What is wrong with a value, such as `1 is outside 2…100000`; nil when it is legal.
  func complaint(about value: Double, found: String) -> String? {
    switch kind {
    case .whole(let range):
      let bounds = QuantityRange.between(Double(range.lowerBound), Double(range.upperBound))
      if let complaint = bounds.complaint(about: value, found: found, format: { "\(Int($0))" }) { return complaint }
      return value == value.rounded() ? nil : "\(found) is not a whole number"
    case .number(let range):
      return QuantityRange.between(range.lowerBound, range.upperBound).complaint(about: value, found: found)
    case .word(let words):
      return words.indices.contains(Int(value)) ? nil : "\(found) is not one of \(words.joined(separator: ", "))"
    }
  }
}
