import Drawing
import Testing

@Suite("Path data")
struct PathDataTests {
  @Test("has one decimal, and rounding never adds up")
  func pathData() {
    #expect(PathData.line([Point(1.26, 2), Point(3.26, 2), Point(3.26, -0.5), Point(4, 0)]) == "M1.3 2h2v-2.5l.7 .5")
    let many = (0...1_000).map { Point(Double($0) * 0.34, Double($0 % 2)) }
    let numbers = PathData.line(many).dropFirst().split(whereSeparator: { "lhv ".contains($0) })
    #expect(numbers.count > 1_000)
  }
}
