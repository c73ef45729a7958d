import Documents
import Foundation
import Markets
import Testing

/// Returns that no market has, and parameters at the end of what they can be.
///
/// Planted and seen: standard errors of 0, an asymmetry that never counts as 0, a process that is in neither list.
@Suite("Fits of strange returns")
struct FitEdgeTests {
  /// 260 returns of each kind.
  static let kinds: [(name: String, value: @Sendable (Int, inout FittingSamples.Dice) -> Double)] = [
    ("independent normal", { _, dice in 0.01 * dice.normal() }),
    ("two values", { _, dice in dice.uniform() < 0.5 ? 0.01 : -0.01 }),
    ("alternating", { place, _ in place % 2 == 0 ? 0.01 : -0.01 }),
    ("one crash", { place, dice in place == 130 ? -3 : 0.01 * dice.normal() }),
    ("tiny", { _, dice in 1e-9 * dice.normal() }),
    ("huge", { _, dice in 2 * dice.normal() }),
    ("often unmoved", { _, dice in dice.uniform() < 0.45 ? 0 : 0.01 * dice.normal() }),
    ("rising", { _, dice in 0.01 + 1e-6 * dice.normal() }),
    ("quiet, then wild", { place, dice in (place < 130 ? 0.001 : 0.05) * dice.normal() }),
    ("falls alone are large", { _, dice in -0.01 * abs(dice.normal()) - 0.001 }),
    ("steps of a tick", { _, dice in 0.01 * (2 * dice.normal()).rounded() }),
    ("Cauchy", { _, dice in 0.01 * dice.normal() / dice.normal() }),
  ]

  @Test("each process gives finite numbers that a scenario can be asked for, or says why not", arguments: kinds.indices)
  func strange(kind: Int) throws {
    var dice = FittingSamples.Dice("strange", kind)
    let returns = FittingSamples.returns((0..<260).map { Self.kinds[kind].value($0, &dice) })
    var last: ProcessFit?
    for fitter in ProcessFitters.catalogue {
      let what = "\(fitter.name), \(Self.kinds[kind].name)"
      do throws(FitRefusal) {
        let fit = try fitter.fitted(to: returns)
        #expect(fit.logLikelihood.isFinite && fit.probabilities.count == 260, "\(what)")
        #expect(fit.probabilities.allSatisfy { (0...1).contains($0) }, "\(what)")
        for parameter in fit.parameters {
          let numbers = [
            parameter.value, parameter.standardError, parameter.robustStandardError, parameter.interval?.lowerBound,
            parameter.interval?.upperBound,
          ].compactMap(\.self)
          #expect(numbers.allSatisfy { $0.isFinite }, "\(what): \(parameter)")
          #expect((parameter.standardError ?? 1) > 0, "\(what): \(parameter)")
          if let interval = parameter.interval { #expect(interval.contains(parameter.value), "\(what): \(parameter)") }
        }
        #expect(!JSONWriter.write(fit.process).contains("null"), "\(what)")
        last = fit
      } catch {
        #expect(error.description.count > 20, "\(what)")
      }
    }
    // Geometric Brownian motion fits whatever varies. A scenario with the last one, or a reason why there is none.
    let fit = try #require(last)
    do throws(FitRefusal) {
      _ = try FitJudgement(fit, beside: returns, seed: 1)
    } catch {
      #expect(!error.description.isEmpty)
    }
  }

  /// Each of four samples without any asymmetry: about half of them are most likely where it is 0 and not below.
  @Test("an asymmetry that is none is fitted as 0, on the edge, without a standard error, and the others have theirs")
  func edge() throws {
    var edges = 0
    for number in 0..<4 {
      let returns = FittingSamples.garch(
        1000, omega: 5e-6, alpha: 0.1, gamma: 0, beta: 0.85, isStudent: false, number: 1000 + number)
      let fit = try GarchFit(hasStudentInnovations: false).fitted(to: returns)
      let asymmetry = try #require(fit.parameters.first { $0.name == "asymmetry" })
      if asymmetry.value == 0 {
        edges += 1
        #expect(asymmetry.standardError == nil && asymmetry.interval == nil)
      }
      for parameter in fit.parameters where parameter.name != "asymmetry" {
        #expect(parameter.robustStandardError ?? 0 > 0, "\(parameter)")
      }
    }
    #expect((1...3).contains(edges), "\(edges)")
  }

  @Test("too few returns are refused by what needs more, and the processes that are not fitted say why")
  func refused() {
    let returns = FittingSamples.brownian(100, drift: 0, volatility: 0.2, number: 0)
    #expect(throws: FitRefusal.self) { try KouJumpDiffusionFit().fitted(to: returns) }
    #expect(throws: Never.self) { try GeometricBrownianMotionFit().fitted(to: returns) }
    let fitted = Set(ProcessFitters.catalogue.map(\.model))
    let others = ProcessFitters.others.map(\.model)
    #expect(fitted.isDisjoint(with: others))
    #expect(Set(PriceProcesses.catalogue.description.entries.map(\.name)) == fitted.union(others))
  }
}
