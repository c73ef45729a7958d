import Foundation
import Statistics
import Testing

@Suite("Survival in time")
struct SurvivalCurveTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let name: String
      let times: [Double]
      let observed: [Bool]
      let at, survival, low, high: [Double]
      let median: Double?
      let medianLimits: [Double?]
      let tau, restrictedMean, restrictedMeanVariance: Double
    }
    let cases: [Case]
  }

  @Test("curve and intervals are those of lifelines; those of a share where nothing was censored before")
  func golden() throws {
    var compared = 0
    for golden in try Fixture.load("survival", as: Golden.self).cases {
      let curve = SurvivalCurve(times: golden.times, isEvent: golden.observed)
      let firstCensoring = zip(golden.times, golden.observed).filter { !$0.1 }.map(\.0).min() ?? .infinity
      for (index, time) in golden.at.enumerated() {
        let estimate = curve.estimate(at: time)
        let label = "\(golden.name) at \(time): \(estimate)"
        #expect(agree(estimate.value, golden.survival[index]), "\(label)")
        if time <= firstCensoring {
          let alive = golden.times.count { $0 > time } + zip(golden.times, golden.observed).count { $0 == time && !$1 }
          let share = Proportion(alive, of: golden.times.count).estimate()
          #expect(estimate == share, "\(label)")
        } else {
          #expect(estimate.method == .greenwoodLogLog, "\(label)")
          #expect(agree(estimate.low, golden.low[index]) && agree(estimate.high, golden.high[index]), "\(label)")
          compared += 1
        }
      }
    }
    #expect(compared > 20)
  }

  @Test("the median and its limits are those of lifelines")
  func median() throws {
    for golden in try Fixture.load("survival", as: Golden.self).cases {
      let median = SurvivalCurve(times: golden.times, isEvent: golden.observed).median()
      #expect(median.value == golden.median, "\(golden.name)")
      // Among the twenty, Wilson's interval holds where lifelines has log(−log): its lower end passes ½ one event later.
      guard golden.times.count > 20 else { continue }
      #expect(median.low == golden.medianLimits[0] && median.high == golden.medianLimits[1], "\(golden.name) \(median)")
    }
    let neverReached = SurvivalCurve(eventTimes: [1, nil, nil, nil], horizon: 5).median()
    #expect(neverReached.value == nil && neverReached.high == nil)
  }

  @Test("the restricted mean is that of lifelines, its variance that of the double sum over event times")
  func restrictedMean() throws {
    var compared = 0
    for golden in try Fixture.load("survival", as: Golden.self).cases {
      let curve = SurvivalCurve(times: golden.times, isEvent: golden.observed)
      let estimate = curve.restrictedMean(to: golden.tau)
      let half = CriticalValue.normal(0.95) * golden.restrictedMeanVariance.squareRoot()
      #expect(agree(estimate.value, golden.restrictedMean), "\(golden.name)")
      guard estimate.method == .greenwood else { continue }
      compared += 1
      #expect(agree(estimate.low, max(0, golden.restrictedMean - half)), "\(golden.name)")
      #expect(agree(estimate.high, min(golden.tau, golden.restrictedMean + half)), "\(golden.name)")
    }
    #expect(compared == 2)
  }

  @Test("without censoring the restricted mean is the mean of min(time, τ), and so is its interval where most lose")
  func restrictedMeanWithoutCensoring() {
    var random = SplitMix64(seed: 14)
    let times = (0..<300).map { _ in (random.exponential(mean: 4)).rounded(.up) }
    let tau = 10.5
    let mean = Moments(times.map { min($0, tau) }).estimate()
    let estimate = SurvivalCurve(times: times, isEvent: times.map { _ in true }).restrictedMean(to: tau)
    #expect(agree(estimate.value, mean.value, to: 1e-12))
    #expect(agree(estimate.low, mean.low, to: 1e-12) && agree(estimate.high, mean.high, to: 1e-12))
  }

  /// The mean loss of time is then the loss times the share of those that lose.
  @Test(
    "where all losses of time are alike, the restricted mean's interval is that of their share", arguments: [4, 40])
  func restrictedMeanOfAlikeLosses(ruined: Int) {
    let share = Proportion(ruined, of: 300).estimate()
    let times: [Double?] = (0..<300).map { $0 < ruined ? 3 : nil }
    let estimate = SurvivalCurve(eventTimes: times, horizon: 10).restrictedMean(to: 10)
    #expect(agree(estimate.low, share.high.map { 10 - 7 * $0 }, to: 1e-12))
    #expect(agree(estimate.high, share.low.map { 10 - 7 * $0 }, to: 1e-12))
  }

  /// Greenwood's interval covers 0.875 of such samples.
  @Test("the restricted mean's 95 % interval covers where 5.6 % of 100 paths are ruined")
  func restrictedMeanCoverage() {
    let rate = -log(1 - 0.056)
    let mean = Coverage.of((1 - exp(-rate)) / rate, seed: 23) { random in
      SurvivalCurve(
        eventTimes: (0..<100).map { _ in
          let life = random.exponential(mean: 1 / rate)
          return life <= 1 ? life : nil
        }, horizon: 1
      ).restrictedMean(to: 1)
    }
    #expect(Coverage.band.contains(mean), "\(mean)")
  }

  @Test("without censoring the curve is the share of survivors with its interval, at every time")
  func shares() {
    let ruined: [Double?] = [3, nil, 3, 7, nil, 9, nil, nil, 1, nil]
    let curve = SurvivalCurve(eventTimes: ruined, horizon: 10)
    for time in stride(from: 0.0, through: 10, by: 0.5) {
      let alive = ruined.count { ($0 ?? .infinity) > time }
      #expect(curve.estimate(at: time) == Proportion(alive, of: 10).estimate())
    }
    #expect(curve.estimate(at: 10.5).value == nil)
    #expect(curve.eventTimes == [1, 3, 7, 9] && curve.lastTime == 10)
  }

  @Test("all ruined, none ruined and no path at all: bounds that say so")
  func edges() {
    let none = SurvivalCurve(eventTimes: [nil, nil, nil], horizon: 4)
    #expect(none.estimate(at: 4) == Proportion(3, of: 3).estimate())
    #expect(none.restrictedMean(to: 4).high == 4)
    #expect(agree(none.restrictedMean(to: 4).low, 4 * (Proportion(3, of: 3).estimate().low ?? 0), to: 1e-15))
    let all = SurvivalCurve(eventTimes: [1, 2, 2], horizon: 4)
    #expect(all.estimate(at: 9) == Proportion(0, of: 3).estimate())
    #expect(agree(all.restrictedMean(to: 4).value, 5.0 / 3, to: 1e-15))
    let nobody = SurvivalCurve(eventTimes: [], horizon: 4)
    #expect(nobody.estimate(at: 1).value == nil && nobody.restrictedMean(to: 1).value == nil)
    #expect(nobody.median().value == nil && nobody.estimate(at: 1).n == 0)
    let censoredFirst = SurvivalCurve(times: [1, 2, 3], isEvent: [false, true, true])
    #expect(censoredFirst.estimate(at: 1.5).value == 1 && censoredFirst.estimate(at: 1.5).method == .clopperPearson)
    #expect(censoredFirst.estimate(at: 3).value == 0 && censoredFirst.estimate(at: 3).low == 0)
  }

  @Test("95 % intervals of curve, median and restricted mean cover, with half of the paths censored")
  func coverage() {
    func curve(_ random: inout SplitMix64) -> SurvivalCurve {
      var times: [Double] = []
      var isEvent: [Bool] = []
      for _ in 0..<200 {
        let life = random.exponential(mean: 1)
        let watched = random.exponential(mean: 2)
        times.append(min(life, watched))
        isEvent.append(life <= watched)
      }
      return SurvivalCurve(times: times, isEvent: isEvent)
    }
    let survival = Coverage.of(exp(-1), seed: 6) { curve(&$0).estimate(at: 1) }
    #expect(Coverage.band.contains(survival), "\(survival)")
    let median = Coverage.of(log(2), seed: 7) { curve(&$0).median() }
    #expect(Coverage.band.contains(median), "\(median)")
    let mean = Coverage.of(1 - exp(-1.5), seed: 8) { curve(&$0).restrictedMean(to: 1.5) }
    #expect(Coverage.band.contains(mean), "\(mean)")
    let wilson = Coverage.of(exp(-0.2), seed: 9) { random in
      SurvivalCurve(
        eventTimes: (0..<400).map { _ in
          let life = random.exponential(mean: 1)
          return life <= 0.5 ? life : nil
        }, horizon: 0.5
      ).estimate(at: 0.2)
    }
    #expect(Coverage.band.contains(wilson), "\(wilson)")
  }
}
