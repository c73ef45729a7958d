import Drawing
import Testing

@Suite("Typefaces")
struct TypefaceTests {
  /// A text and its width in ems, by the advance widths in the fonts' own files, read by fontTools 4.
  struct Measured: Sendable {
    let text: String
    let regular, bold: Double
  }

  static let measured = [
    Measured(
      text: "hold · none: mean return −2.9 % [−3.7, −2.1]; the worst 5 % of paths lose 7.5 %", regular: 40.621,
      bold: 45.26),
    Measured(
      text: "AAPL: median half-spread rises to 5.5 bps 8 min after the event starts", regular: 35.071, bold: 39.714),
    Measured(
      text: "MeanReversionBollingerBandsATRTrailingStopOptimisedForBTCUSDTPerpetual", regular: 39.463, bold: 44.691),
    Measured(text: "WWWWmmmm@@@@%%%%", regular: 15.652, bold: 16.588),
  ]

  /// Planted mistake: the bold face as wide as the regular one.
  @Test("the widest face is as wide as DejaVu Sans or a little wider, in regular and in bold", arguments: measured)
  func widest(_ text: Measured) {
    for (face, width) in [(Typeface.widest, text.regular), (.widestBold, text.bold)] {
      let ours = TextWidth.of(text.text, size: 1, face: face)
      #expect(ours >= width && ours <= 1.05 * width, "\(text.text): \(ours), measured \(width)")
    }
  }
}
