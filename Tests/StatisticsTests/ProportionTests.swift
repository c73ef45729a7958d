import Statistics
import Testing

@Suite("Proportions")
struct ProportionTests {
  @Test("no trials give no figure, and no or all successes an interval that ends at 0 or 1")
  func edges() {
    #expect(Proportion(0, of: 0).wilson().value == nil)
    #expect(Proportion(0, of: 0).clopperPearson().high == nil)
    for estimate in [Proportion(0, of: 40).wilson(), Proportion(0, of: 40).clopperPearson()] {
      #expect(estimate.low == 0 && estimate.value == 0)
    }
    for estimate in [Proportion(40, of: 40).wilson(), Proportion(40, of: 40).clopperPearson()] {
      #expect(estimate.high == 1 && estimate.value == 1)
    }
  }
}
