import Drawing
import Testing

@Suite("Text in little room")
struct TextWidthTests {
  private static let name = "MeanReversionBollingerBandsATRTrailingStopV0OptimisedForBTCUSDTPerpetual"

  @Test("a word that is too long is broken, and its pieces are the word", arguments: [20.0, 60, 120, 244, 2_000])
  func broken(_ width: Double) {
    let lines = TextWidth.wrap(Self.name, size: 13, width: width)
    #expect(lines.joined() == Self.name)
    #expect(lines.allSatisfy { $0.count == 1 || TextWidth.of($0, size: 13) <= width }, "\(lines)")
    #expect((lines.count == 1) == (TextWidth.of(Self.name, size: 13) <= width))
  }

  @Test("it is broken before a capital or behind a hyphen where one is near")
  func readable() {
    let lines = TextWidth.wrap("institutional-risk-overlay-2024 LongCamelCaseName", size: 10, width: 100)
    #expect(lines == ["institutional-risk-", "overlay-2024", "LongCamelCase", "Name"])
  }

  @Test("a shortened text keeps its beginning and its end, and fits", arguments: [30.0, 80, 140])
  func shortened(_ width: Double) {
    let text = TextWidth.shortened(Self.name, size: 13, width: width)
    let ends = text.split(separator: "…", omittingEmptySubsequences: false)
    #expect(TextWidth.of(text, size: 13) <= width && ends.count == 2)
    #expect(Self.name.hasPrefix(ends[0]) && Self.name.hasSuffix(ends[1]))
    #expect(TextWidth.shortened("hold", size: 13, width: width) == "hold")
  }
}
