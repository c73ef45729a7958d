import Foundation
import Statistics
import Testing

@Suite("Competing risks")
struct CumulativeIncidenceTests {
  enum End: CaseIterable, Hashable, Sendable { case recovered, ruined }

  struct Golden: Decodable {
    struct Lifelines: Decodable { let at, incidence: [Double]; let low, high: [Double?] }
    struct Statsmodels: Decodable { let at, incidence: [Double]; let error: [Double?] }
    struct Case: Decodable {
      let name: String
      let times: [Double]
      let causes: [Int]
      let lifelines1, lifelines2: Lifelines?
      let statsmodels1, statsmodels2: Statsmodels

      var endings: [Ending<End>] {
        zip(times, causes).map { Ending(at: $0, by: [nil, .recovered, .ruined][$1]) }
      }
    }
    let cases: [Case]
  }

  @Test("incidence and intervals are those of lifelines where there are no ties and ten events")
  func lifelines() throws {
    var compared = 0
    for golden in try Fixture.load("competing-risks", as: Golden.self).cases {
      let curves = CumulativeIncidence(golden.endings)
      for (cause, theirs) in [(End.recovered, golden.lifelines1), (.ruined, golden.lifelines2)] {
        guard let theirs else { continue }
        for (index, time) in theirs.at.enumerated() {
          let estimate = curves.estimate(of: cause, at: time)
          #expect(agree(estimate.value, theirs.incidence[index]), "\(golden.name) at \(time)")
          guard estimate.method == .incidenceLogLog, let low = theirs.low[index] else { continue }
          #expect(agree(estimate.low, low) && agree(estimate.high, theirs.high[index]), "\(golden.name) at \(time)")
          compared += 1
        }
      }
    }
    #expect(compared > 10)
  }

  @Test("incidence and its standard error are those of statsmodels, ties and all")
  func statsmodels() throws {
    var compared = 0
    for golden in try Fixture.load("competing-risks", as: Golden.self).cases {
      let curves = CumulativeIncidence(golden.endings)
      for (cause, theirs) in [(End.recovered, golden.statsmodels1), (.ruined, golden.statsmodels2)] {
        for (index, time) in theirs.at.enumerated() {
          let estimate = curves.estimate(of: cause, at: time)
          #expect(agree(estimate.value, theirs.incidence[index], to: 1e-10), "\(golden.name) at \(time)")
          guard let error = theirs.error[index], [.incidenceLogLog, .effectiveCount].contains(estimate.method)
          else { continue }
          #expect(agree(curves.standardError(of: cause, at: time), error, to: 1e-9), "\(golden.name) at \(time)")
          compared += 1
          guard estimate.method == .incidenceLogLog else { continue }
          let share = theirs.incidence[index]
          let reach = CriticalValue.normal(0.95) * error / (share * log(share))
          #expect(agree(estimate.low, pow(share, exp(-reach)), to: 1e-9), "\(golden.name) at \(time)")
          #expect(agree(estimate.high, pow(share, exp(reach)), to: 1e-9), "\(golden.name) at \(time)")
        }
      }
    }
    #expect(compared > 50)
  }

  /// Recovery at rate 0.6 and ruin at rate 1 until time 1, and watches that end at random.
  static func endings(_ count: Int, _ random: inout SplitMix64, watch: Double = 1.5) -> [Ending<End>] {
    (0..<count).map { _ in
      let recovery = random.exponential(mean: 1 / 0.6)
      let ruin = random.exponential(mean: 1)
      let watched = watch * random.uniform()
      let end = min(recovery, ruin, watched)
      return Ending(at: end, by: end == watched ? nil : end == recovery ? .recovered : .ruined)
    }
  }

  /// 0.6/1.6·(1 − e^(−1.6t)), the probability of having recovered by t.
  static func recovered(by time: Double) -> Double { 0.375 * (1 - exp(-1.6 * time)) }

  @Test("with ruin competing, recovery has probability 0.299; the curve that censors ruin says 0.451")
  func competition() throws {
    var random = SplitMix64(seed: 15)
    let endings = Self.endings(200_000, &random)
    let truth = Self.recovered(by: 1)
    #expect(abs(truth - 0.299) < 0.0005)
    let estimate = CumulativeIncidence(endings).estimate(of: .recovered, at: 1, confidence: 0.9999)
    // One seed in 10,000 lies outside.
    #expect(try #require(estimate.low) < truth && truth < (try #require(estimate.high)), "\(estimate)")
    #expect(abs(try #require(estimate.value) - truth) < 0.01)
    let naive = SurvivalCurve(times: endings.map(\.time), isEvent: endings.map { $0.cause == .recovered })
      .estimate(at: 1).complement
    #expect(abs(try #require(naive.value) - (1 - exp(-0.6))) < 0.01, "\(naive)")
  }

  @Test("the states add up to one at every time, to 10⁻¹²")
  func sum() throws {
    var random = SplitMix64(seed: 16)
    for watch in [0.3, 1.5, 50] {
      let endings = Self.endings(20_000, &random, watch: watch)
      let curves = CumulativeIncidence(endings)
      for time in curves.eventFree.eventTimes {
        let parts = [
          curves.eventFree.estimate(at: time), curves.estimate(of: .recovered, at: time),
          curves.estimate(of: .ruined, at: time),
        ]
        let total = parts.reduce(0) { $0 + ($1.value ?? .nan) }
        #expect(abs(total - 1) < 1e-12, "watch \(watch), time \(time): \(total)")
      }
    }
  }

  @Test("without censoring it is the share, with its interval")
  func shares() {
    var random = SplitMix64(seed: 17)
    let endings = Self.endings(50, &random, watch: 50).map { Ending(at: $0.time, by: $0.cause ?? .ruined) }
    let curves = CumulativeIncidence(endings)
    for time in [0, 0.1, 0.5, 2] {
      let count = endings.count { $0.cause == .recovered && $0.time <= time }
      #expect(curves.estimate(of: .recovered, at: time) == Proportion(count, of: 50).estimate())
    }
  }

  @Test("a median is there only if half of the paths got there")
  func median() {
    func endings(_ recovered: Int, _ ruined: Int) -> [Ending<End>] {
      (0..<recovered).map { Ending(at: Double($0 + 1), by: .recovered) }
        + (0..<ruined).map { Ending(at: Double($0) + 0.5, by: .ruined) }
    }
    #expect(CumulativeIncidence(endings(50, 50)).median(of: .recovered).value == 50)
    let missed = CumulativeIncidence(endings(49, 51)).median(of: .recovered)
    #expect(missed.value == nil && missed.high == nil && missed.low != nil)
    #expect(CumulativeIncidence(endings(1, 99)).median(of: .recovered).low == nil)
  }

  @Test("a median lies within the time that is looked at, and curves end where ten are watched")
  func end() {
    // Six ends a step, then the other 12 paths leave one by one.
    var endings: [Ending<End>] = []
    for path in 0..<48 { endings.append(Ending(at: Double(path / 6 + 1), by: path % 2 == 0 ? .recovered : .ruined)) }
    for path in 0..<12 { endings.append(Ending(at: Double(9 + path), by: nil)) }
    let curves = CumulativeIncidence(endings)
    #expect(curves.lastTime(watching: 10) == 11)
    #expect(curves.eventFree.watched(before: 11) == 10)
    // Of whom nobody has left unresolved the whole fate is known, however few are left.
    #expect(CumulativeIncidence(Array(endings[..<48])).lastTime(watching: 10) == 8)
    #expect(CumulativeIncidence(Array(endings[48...])).lastTime(watching: 20) == 9)
    let half = CumulativeIncidence<End>(endings.map { Ending(at: $0.time, by: $0.cause == nil ? nil : .recovered) })
    #expect(half.median(of: .recovered).value == 5 && half.median(of: .recovered, until: 4).value == nil)
  }

  @Test("no impaired path: nothing is known; one: no more than that")
  func small() {
    let nobody = CumulativeIncidence<End>([])
    #expect(nobody.estimate(of: .recovered, at: 3) == .unknown(n: 0, method: .incidenceLogLog))
    #expect(nobody.median(of: .recovered).value == nil && nobody.eventFree.restrictedMean(to: 3).value == nil)
    let one = CumulativeIncidence([Ending<End>(at: 2, by: .recovered)])
    #expect(one.estimate(of: .recovered, at: 5) == Proportion(1, of: 1).estimate())
    #expect(one.estimate(of: .ruined, at: 5) == Proportion(0, of: 1).estimate())
    let censored = CumulativeIncidence([Ending<End>(at: 2, by: nil), Ending(at: 1, by: .ruined)])
    #expect(censored.estimate(of: .ruined, at: 2).value == 0.5 && censored.estimate(of: .ruined, at: 3).value == nil)
  }

  @Test("95 % intervals of incidence, median and time in the state cover, with censoring")
  func coverage() {
    let incidence = Coverage.of(Self.recovered(by: 1), seed: 18) {
      CumulativeIncidence(Self.endings(300, &$0)).estimate(of: .recovered, at: 1)
    }
    #expect(Coverage.band.contains(incidence), "\(incidence)")
    // Ruin by t has probability 0.625·(1 − e^(−1.6t)), ½ at ln 5/1.6.
    let median = Coverage.of(log(5) / 1.6, seed: 19) {
      CumulativeIncidence(Self.endings(300, &$0, watch: 4)).median(of: .ruined)
    }
    #expect(Coverage.band.contains(median), "\(median)")
    let time = Coverage.of((1 - exp(-1.6)) / 1.6, seed: 20) {
      CumulativeIncidence(Self.endings(300, &$0)).eventFree.restrictedMean(to: 1)
    }
    #expect(Coverage.band.contains(time), "\(time)")
  }
}
