import Documents
import Randomness
import Testing

@Suite("One of several numbers or laws")
struct MixtureTests {
  private static let mixed = Mixture([
    .init(weight: 2, .fixed(-0.1)), .init(weight: 1, .fixed(0.3)),
    .init(weight: 1, .between(0, 0.4)),
  ])

  /// By hand: ½ at −0.1, ¼ at 0.3, ¼ uniform over 0…0.4.
  private static func law(_ x: Double) -> Double {
    (x >= -0.1 ? 0.5 : 0) + (x >= 0.3 ? 0.25 : 0) + 0.25 * min(1, max(0, x / 0.4))
  }

  @Test("its cumulative law is the weighted sum, with the point masses where they are")
  func cumulative() {
    for x in [-0.2, -0.1.nextDown, -0.1, 0, 0.1, 0.3.nextDown, 0.3, 0.39, 0.4, 1] {
      #expect(abs(Self.mixed.cumulative(x) - Self.law(x)) < 1e-15, "\(x)")
    }
    #expect(Self.mixed.support == -0.1...0.4)
  }

  @Test("its quantile is the smallest number with at least that probability")
  func quantile() {
    for (p, x) in [(1e-12, -0.1), (0.3, -0.1), (0.5, -0.1), (0.55, 0.08), (0.6875, 0.3), (0.9, 0.3), (0.96875, 0.35)] {
      #expect(abs(Self.mixed.quantile(p) - x) < 1e-13, "\(p): \(Self.mixed.quantile(p))")
    }
  }

  /// Planted mistake: the part's uniform not rescaled.
  @Test("draws follow the law: each point mass by its share, what lies between by KS (false alarms 1 in 1,000 each)")
  func draws() throws {
    let draw = try #require(Draw(Self.mixed, in: .between(-0.5, 0.5)))
    let sample = DrawTests.sample(draw, "mixture")
    let count = Double(sample.count)
    for (value, share) in [(-0.1, 0.5), (0.3, 0.25)] {
      let found = Double(sample.count { $0 == value }) / count
      #expect(abs(found - share) < 3.3 * (share * (1 - share) / count).squareRoot(), "\(value): \(found)")
    }
    let spread = sample.filter { $0 != -0.1 && $0 != 0.3 }.sorted()
    var distance = 0.0
    for (index, x) in spread.enumerated() {
      let (below, upTo) = (Double(index) / Double(spread.count), Double(index + 1) / Double(spread.count))
      distance = max(distance, abs(x / 0.4 - below), abs(x / 0.4 - upTo))
    }
    #expect(distance < 1.95 / Double(spread.count).squareRoot())
  }

  @Test("one that a range cuts is drawn by its quantile, without what was cut off")
  func cut() throws {
    let draw = try #require(Draw(Self.mixed, in: .between(0.1, 0.35)))
    // 0.25 at 0.3, and 0.25·0.25/0.4 spread over 0.1…0.35: a share of 0.615 at the point.
    let sample = DrawTests.sample(draw, "cut mixture")
    #expect(sample.allSatisfy { $0 >= 0.1 && $0 <= 0.35 })
    let share = 0.25 / (0.25 + 0.25 * 0.25 / 0.4)
    let found = Double(sample.count { $0 == 0.3 }) / Double(sample.count)
    #expect(abs(found - share) < 3.3 * (share * (1 - share) / Double(sample.count)).squareRoot(), "\(found)")
  }

  @Test("what has to be reckoned with reaches over all parts, whatever their order")
  func plausible() throws {
    let draw = try #require(Draw(Mixture([.init(.fixed(5)), .init(.fixed(-7)), .init(.between(0, 1))])))
    #expect(draw.plausible == -7...5)
    #expect(draw.fixedValue == nil && draw.lowerBound == -7 && draw.upperBound == 5)
  }

  @Test("a single number in it is that number, at every uniform")
  func single() throws {
    let draw = try #require(Draw(Mixture([.init(weight: 3, .fixed(0.25))])))
    for u in [1e-18, 0.1, 0.5, 1 - 0x1p-53] { #expect(draw.value(uniform: u) == 0.25) }
  }

  @Test("in words it tells each part with its share")
  func words() {
    #expect(Self.mixed.text(JSONWriter.number) == "one of: -0.1 (50 %), 0.3 (25 %), between 0 and 0.4 (25 %)")
  }
}
