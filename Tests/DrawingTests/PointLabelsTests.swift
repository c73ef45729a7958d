import Drawing
import Testing

@Suite("Labels of points")
struct PointLabelsTests {
  private let bounds = PointLabels.Box(left: 0, top: 0, right: 600, bottom: 300)

  @Test("a label stands to the right of its point, and to the left where there is no room")
  func sides() throws {
    let boxes = PointLabels.place(
      [Point(100, 100), Point(590, 200)], sizes: [(60, 15), (60, 15)], within: bounds)
    let (one, other) = (try #require(boxes[0]), try #require(boxes[1]))
    #expect(one.left > 100 && one.top < 100 && one.bottom > 100)
    #expect(other.right < 590 && other.top < 200 && other.bottom > 200)
  }

  @Test("a line is crossed only where no other place is left")
  func lines() throws {
    let line = PointLabels.Box(left: 100, top: 95, right: 300, bottom: 105)
    let box = try #require(
      PointLabels.place([Point(100, 100)], sizes: [(60, 15)], lines: [line], within: bounds)[0])
    #expect(!box.overlaps(line))
    let everywhere = PointLabels.Box(left: 0, top: 0, right: 600, bottom: 300)
    let crossed = PointLabels.place([Point(100, 100)], sizes: [(60, 15)], lines: [everywhere], within: bounds)
    #expect(crossed[0] != nil)
  }

  /// Planted mistake, seen to fail: labels that are tried against the points alone.
  @Test("no label covers another, a point or the edge, over 500 random sets")
  func sweep() {
    var noise = Noise(seed: 11)
    var placed = 0
    for round in 0..<500 {
      // Some of the points lie on a heap.
      let points = (0..<(1 + round % 24)).map { index in
        index.isMultiple(of: 3)
          ? Point(300 + 12 * noise.normal(), 150 + 12 * noise.normal())
          : Point(600 * noise.uniform(), 300 * noise.uniform())
      }
      let sizes = points.map { _ in (width: 30 + 90 * noise.uniform(), height: 15.0) }
      let boxes = PointLabels.place(points, sizes: sizes, radius: 6, within: bounds)
      let known = boxes.compactMap { $0 }
      placed += known.count
      for (index, box) in known.enumerated() {
        #expect(box.left >= 0 && box.top >= 0 && box.right <= 600 && box.bottom <= 300, "round \(round)")
        #expect(!known[..<index].contains { $0.overlaps(box) }, "round \(round)")
        for point in points {
          let mark = PointLabels.Box(left: point.x - 6, top: point.y - 6, right: point.x + 6, bottom: point.y + 6)
          #expect(!mark.overlaps(box), "round \(round)")
        }
      }
    }
    // Nearly all find a place.
    #expect(placed > 6_000)
  }
}
