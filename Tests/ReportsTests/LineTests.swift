import Foundation
import Reports
import Testing

@Suite("Lines")
struct LineTests {
  @Test("a lighter line keeps every spike and stays within its tolerance")
  func keepsSpikes() {
    var noise = ExampleNoise(seed: 3)
    var points = (0..<5_000).map { Point(Double($0) * 560 / 5_000, 100 + 3 * noise.normal()) }
    points[2_345] = Point(points[2_345].x, 10)
    let light = LineSimplifier(tolerance: 0.5).simplify(points)
    #expect(light.contains(points[2_345]))
    #expect(light.count <= 4 * 561)
    #expect(light.first == points.first && light.last == points.last)
  }

  @Test("a straight line becomes two points")
  func straight() {
    let points = (0...300).map { Point(Double($0) * 2, Double($0)) }
    #expect(LineSimplifier().simplify(points) == [Point(0, 0), Point(600, 300)])
  }

  @Test("a path has one decimal, and its rounding never adds up")
  func pathData() {
    #expect(PathData.line([Point(1.26, 2), Point(3.26, 2), Point(3.26, -0.5), Point(4, 0)]) == "M1.3 2h2v-2.5l.7 .5")
    let many = (0...1_000).map { Point(Double($0) * 0.34, Double($0 % 2)) }
    let numbers = PathData.line(many).dropFirst().split(whereSeparator: { "lhv ".contains($0) })
    #expect(numbers.count > 1_000)
  }

  @Test("a scale puts the ends of its domain at the ends of its axis, and nothing outside")
  func scales() {
    let linear = LinearScale(0...10, from: 100, to: 0)
    #expect(linear.place(0) == 100 && linear.place(10) == 0 && linear.place(5) == 50 && linear.place(99) == 0)
    let logarithmic = LogScale(1...100, from: 0, to: 200)
    #expect(abs(logarithmic.place(10) - 100) < 1e-9)
    #expect(logarithmic.place(-3) == 0)
  }
}
