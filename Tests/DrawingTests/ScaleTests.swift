import Drawing
import Testing

@Suite("Scales")
struct ScaleTests {
  @Test("put the ends of their domain at the ends of their axis, and nothing outside")
  func scales() {
    let linear = LinearScale(0...10, from: 100, to: 0)
    #expect(linear.place(0) == 100 && linear.place(10) == 0 && linear.place(5) == 50 && linear.place(99) == 0)
    let logarithmic = LogScale(1...100, from: 0, to: 200)
    #expect(abs(logarithmic.place(10) - 100) < 1e-9)
    #expect(logarithmic.place(-3) == 0)
  }
}
