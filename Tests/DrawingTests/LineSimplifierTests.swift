import Drawing
import Testing

@Suite("Lines")
struct LineSimplifierTests {
  @Test("a lighter line keeps every spike and stays within its tolerance")
  func keepsSpikes() {
    var noise = Noise(seed: 3)
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
}
