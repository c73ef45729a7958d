import Foundation
import Lab
import Reports
import Statistics
import Testing

/// Who is impaired while events act and who later, from the outcome rows.
@Suite("When impairments begin")
struct ImpairmentOnsetsTests {
  /// A volatile day after a small crash of an hour: some are impaired by it, others later, by what prices do anyway.
  private static let market = Situation.session(
    "\"model\": \"gbm\", \"annualVolatility\": 1.2",
    events: Situation.crash(start: "30m", drop: 0.03).replacing("\"halfLife\": \"1h\"", with: "\"halfLife\": \"10m\"")
      .replacing("\"halfLife\": \"30m\"", with: "\"halfLife\": \"10m\""))

  /// Planted mistake that it was seen to fail with: early and late changed places.
  @Test(
    "is counted on either side of the end of the events, with how many of each were back, and told where the estimator decides"
  )
  func counts() throws {
    let situation = try Situation(
      [Self.market], study: Situation.holders([(name: "hold", leverage: 1.5)], severities: "[0, 1]", paths: 600))
    let onsets = try #require(situation.summary.impairmentOnsets)
    let desk = try #require(situation.summary.desks.first { $0.severity == 1 })
    #expect(onsets.map(\.desk) == [desk.desk])
    let found = onsets[0]
    let event = try #require(situation.summary.scenarios.first?.events.first)
    #expect(found.boundarySeconds == (event.windowEndSeconds.p95 / 300).rounded(.up) * 300)
    for (share, isLate) in [(found.early, 0), (found.late, 1)] {
      let row = try situation.rows(
        """
        select count(*), count(recoverySeconds95) from results where severity = 1 and impairedSeconds95 is not null
        and (impairedSeconds95 > \(found.boundarySeconds)) = \(isLate)
        """)[0]
      try #require(row[0] > 30 && row[1] > 0 && row[1] < row[0])
      #expect(share == Proportion(Int(row[1]), of: Int(row[0])).estimate(), "\(share) \(row)")
    }
    let told = try situation.match(
      "; ([0-9]+) begin later than [^,]+, when the event is over: of these ([0-9.]+) % \\[[^\\]]+\\] were back, of the others ([0-9.]+) %"
    )
    try #require(told.count == 3)
    #expect(Int(told[0]) == found.late.n)
    #expect(VerdictOnThePageTests.reads(told[1], 100 * (found.late.value ?? .nan)), "\(told)")
    #expect(VerdictOnThePageTests.reads(told[2], 100 * (found.early.value ?? .nan)), "\(told)")
  }

  @Test("is not asked where no event ends before the horizon")
  func none() throws {
    let calm = try Situation(
      [Situation.session("\"model\": \"gbm\", \"annualVolatility\": 1.2")],
      study: Situation.holders([(name: "hold", leverage: 1.5)], paths: 60))
    #expect(calm.summary.impairmentOnsets == nil && !calm.index.contains("begin later than"))
  }
}
