/// Keys and values of documents for a reader who has not seen the document.
package enum PlainWords {
  /// "annual volatility" of `annualVolatility`; what is not written like a key stays as it is.
  package static func key(_ key: String, isFirst: Bool = false) -> String {
    guard key.first?.isLowercase == true, key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      return key
    }
    var text = ""
    for character in key {
      if let last = text.last, (character.isUppercase && !last.isUppercase) || (character.isNumber && last.isLetter) {
        text += " "
      } else if let last = text.last, last.isNumber, character.isLetter {
        text += " "
      }
      text += character.lowercased()
    }
    text = text.replacing(" bps", with: ", bps")
    for (apart, word) in compounds { text = text.replacing(apart, with: word) }
    return isFirst ? text.prefix(1).uppercased() + text.dropFirst() : text
  }

  /// The words of the keys that lead to a value; names that the document's author gave stay as they are.
  package static func keys(_ keys: [String]) -> [String] {
    keys.indices.map { index in
      index > 0 && holders.contains(keys[index - 1]) ? keys[index] : key(keys[index])
    }
  }

  /// Keys behind which such names stand.
  private static let holders: Set<String> = [
    "assets", "events", "correlations", "contagion", "betas", "loadings", "risk", "rules", "panel", "weights", "orders",
    "positions", "states",
  ]

  /// Words that the field writes with a hyphen.
  private static let compounds = [
    ("half spread", "half-spread"), ("half life", "half-life"), ("cool down", "cool-down"),
  ]

  /// A value with its unit: fractions and volatilities in per cent, "0.03 to 0.25" as "3 % to 25 %"; spans of time with blanks,
  /// "2h30m" as "2 h 30 min". A law whose numbers are not all of the unit stays as it is written, and so does any other text.
  ///
  /// - Parameters:
  ///   - text: as `DocumentValue` has it.
  ///   - unit: in words; nil or empty for none.
  package static func value(_ text: String, unit: String?) -> String {
    // A span says its unit itself.
    let unit = unit.map { $0.hasPrefix(QuantityUnit.tradingTime.text) ? "" : $0 } ?? ""
    let tokens = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard tokens.allSatisfy({ numberOrSpan($0) || between.contains($0) }) else {
      // A word, such as a rule of its own, counts nothing.
      return unit.isEmpty || !tokens.contains(where: numberOrSpan) ? text : "\(text) (\(unit))"
    }
    let isShare = unit.hasPrefix("fraction") || unit == QuantityUnit.perSquareRootYear.text
    let isFactor = unit == QuantityUnit.factor.text
    let told = tokens.map { token -> String in
      let (body, comma) = token.hasSuffix(",") ? (String(token.dropLast()), ",") : (token, "")
      guard let number = Double(body) else { return (span(body) ?? body) + comma }
      if isShare { return percent(number) + comma }
      return body.replacing("-", with: "\u{2212}") + (isFactor ? "\u{A0}×" : "") + comma
    }.joined(separator: " ")
    if isFactor || unit.isEmpty { return told }
    guard isShare else { return "\(told) \(unit)" }
    // Of eight hours, not of a year or a price: that has to be said.
    return unit == "fraction in 8 h" ? "\(told) in 8 h" : told
  }

  /// What stands between the numbers of a range.
  private static let between: Set<String> = ["between", "and", "to", "or", "typically"]

  private static func numberOrSpan(_ token: String) -> Bool {
    let body = token.hasSuffix(",") ? String(token.dropLast()) : token
    return Double(body) != nil || span(body) != nil
  }

  /// "2 h 30 min" of "2h30m"; nil of what is no span.
  private static func span(_ text: String) -> String? {
    let units = ["ms": "ms", "s": "s", "m": "min", "h": "h", "d": "d", "y": "y"]
    var parts: [String] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard Double(number) != nil, let unit = units[String(letters)] else { return nil }
      parts.append("\(number)\u{A0}\(unit)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// A hundred times a number, without the dust of the multiplication.
  private static func percent(_ number: Double) -> String {
    let scaled = (number * 100).rounded(toDigits: 12)
    let text = scaled.isFinite ? JSONWriter.number(scaled) : "\(JSONWriter.number(number))\u{A0}× 100"
    return text.replacing("-", with: "\u{2212}") + "\u{A0}%"
  }
}
