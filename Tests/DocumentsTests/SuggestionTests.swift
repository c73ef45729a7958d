import Documents
import Testing

struct SuggestionTests {
  @Test(
    "the nearest name is found when it is near",
    arguments: [
      ("annualvolatility", "annualVolatility"), ("anualVolatilty", "annualVolatility"), ("dorp", "drop"),
      ("halflife", "halfLife"),
      ("AAPl", "AAPL"), ("MFST", "MSFT"), ("x", nil), ("completelyDifferent", nil), ("", nil), ("drp", "drop"),
      ("dp", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    let names = ["annualVolatility", "annualDrift", "drop", "halfLife", "AAPL", "MSFT", "y"]
    #expect(Suggestion.nearest(to: name, among: names) == expected)
    #expect(Suggestion.nearest(to: name, among: names.reversed()) == expected)
  }
}
