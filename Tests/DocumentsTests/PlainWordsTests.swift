import Documents
import Testing

@Suite("Words of documents for who has not seen them")
struct PlainWordsTests {
  static let values: [(text: String, unit: String?, told: String)] = [
    ("0.08", "fraction of price", "8 %"), ("-0.125", "fraction", "\u{2212}12.5 %"),
    ("-3.12", "starting prices", "\u{2212}3.12 starting prices"), ("0.07", "1/√year", "7 %"),
    ("0.03 to 0.25, typically 0.08", "fraction of price", "3 % to 25 %, typically 8 %"), ("0.29", "fraction", "29 %"),
    ("0.0001", "fraction in 8 h", "0.01 % in 8 h"), ("12", "×", "12 ×"), ("3 to 5", "×", "3 × to 5 ×"),
    ("between 3h and 4h", nil, "between 3 h and 4 h"), ("2h30m", "", "2 h 30 min"),
    ("120 steps", "trading time or steps", "120 steps"),
    ("20d", "trading time or steps", "20 d"), ("5000000", "units of the asset", "5000000 units of the asset"),
    ("1e-13", "fraction", "1e\u{2212}11 %"), ("0.123456789", "fraction", "12.3456789 %"),
    ("1e307", "1/√year", "1e+307 × 100 %"),
    ("AAPL", nil, "AAPL"), ("0.8", nil, "0.8"),
    // A spread of logarithms is no fraction of a price.
    (
      "lognormal with median 0.1 and sigma 0.5", "fraction of price",
      "lognormal with median 0.1 and sigma 0.5 (fraction of price)"
    ),
  ]

  /// Planted mistake that it was seen to fail with: the dust of the multiplication by a hundred left on.
  @Test("a value has its unit, fractions in per cent and spans with blanks", arguments: values)
  func value(text: String, unit: String?, told: String) {
    #expect(PlainWords.value(text, unit: unit).replacing("\u{A0}", with: " ") == told)
  }

  @Test(
    "a key is its words, and a name stays as it is",
    arguments: [
      ("annualVolatility", "annual volatility"), ("halfSpreadBps", "half-spread, bps"),
      ("refillHalfLife", "refill half-life"),
      ("coolDown", "cool-down"), ("depthTo1Percent", "depth to 1 percent"), ("AAPL", "AAPL"), ("my asset", "my asset"),
    ])
  func key(key: String, words: String) { #expect(PlainWords.key(key) == words) }

  @Test("of a value's keys those that are names stay as they are")
  func keys() {
    #expect(PlainWords.keys(["contagion", "btcUsd2", "beta"]) == ["contagion", "btcUsd2", "beta"])
    #expect(PlainWords.keys(["weights", "brkB"]) == ["weights", "brkB"])
    #expect(PlainWords.keys(["recovery", "halfLife"]) == ["recovery", "half-life"])
  }
}
