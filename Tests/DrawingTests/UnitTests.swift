import Drawing
import Testing

@Suite("Numbers in words")
struct UnitTests {
  @Test("a number has as many decimals as its interval allows, a true minus, and never reads −0 or nan")
  func numbers() {
    #expect(Unit.percent.text(0.97312, resolution: 0.004) == "97.3\u{A0}%")
    #expect(Unit.percent.text(-0.31, resolution: 0.06) == "\u{2212}31\u{A0}%")
    #expect(Unit.percent.text(-0.00001, resolution: 0.01) == "0.0\u{A0}%")
    #expect(Unit.basisPoints.text(12.345, resolution: 0.3) == "12.3\u{A0}bps")
    #expect(Unit.number.text(1_234_567.8, resolution: 0.5) == "1,234,567.8")
    #expect(Unit.number.text(151_234, resolution: 800) == "151k")
    #expect(Unit.number.text(.nan) == "not known")
    #expect(Unit.percent.text(1) == "100\u{A0}%" && Unit.percent.text(0) == "0\u{A0}%")
  }
}
