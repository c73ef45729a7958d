import Documents
import MarketData

/// A price process for each asset, and how they depend on each other.
package struct ProcessMovement: Movement {
  /// In the order of the assets.
  package let processes: [any PriceProcess]
  /// How their diffusions depend on each other.
  package let dependence: any Dependence

  /// States the processes in the order of the assets.
  package init(_ processes: [any PriceProcess], _ dependence: any Dependence = GaussianDependence()) {
    self.processes = processes
    self.dependence = dependence
  }

  /// True: between open and close the price is a Brownian bridge.
  package var hasBridge: Bool { true }

  package func correlations(of assets: [AssetTerms]) -> [[Double]] { dependence.correlations(of: assets.map(\.name)) }

  package func marketBetas(of assets: [AssetTerms]) throws(FormViolation) -> Named<Double> {
    do throws(FormViolation) {
      return try dependence.marketBetas(of: assets.map(\.name), volatilities: processes.map(\.medianVolatility))
    } catch {
      throw error.under("dependence")
    }
  }

  package func showsSignals(of assets: [AssetTerms]) -> [Bool] { processes.map(\.showsSignal) }

  package func scales(of assets: [AssetTerms]) -> [PriceScale] {
    zip(processes, assets).map { PriceScale($0.scale, start: $1.price) }
  }

  /// The document's `volumePerDay`; 0 where it says none.
  package func dailyVolumes(of assets: [AssetTerms], _ clock: Clock) -> [Double] {
    assets.map { $0.liquidity.volumePerDay ?? 0 }
  }

  package func streamNames(of assets: [AssetTerms]) -> [String] {
    let hasVariance = processes.contains(where: \.hasOwnVariance)
    var names: [String] = []
    for (asset, process) in zip(assets, processes) {
      names += StreamName.all(of: asset.name)
      if hasVariance { names += StreamName.variances(of: asset.name) }
      names += process.streamNames.map { StreamName.ofAsset(asset.name, $0) }
      names += ParameterSite.process(of: asset.name).streamNames(of: process)
    }
    return names + dependence.streamNames
  }

  /// The processes' limits, each once, with the assets that it is said of unless these are all.
  package func limits(of assets: [AssetTerms], _ clock: Clock) -> [String] {
    var sentences: [String] = []
    let limits = zip(assets, processes).map { asset, process in
      process.limits(on: clock).map {
        $0 == Limit.spreadsIgnoreVolatility && asset.liquidity.spreadVarianceShare > 0
          ? Limit.depthIgnoresVolatility : $0
      }
    }
    for sentence in limits.flatMap(\.self) where !sentences.contains(sentence) { sentences.append(sentence) }
    let scoped = sentences.map { sentence in
      let names = zip(assets, limits).filter { $1.contains(sentence) }.map(\.0.name)
      return names.count == assets.count ? sentence : "\(names.joined(separator: ", ")): \(sentence)"
    }
    return scoped + dependence.limits
  }

  /// The processes' caveats, each with the assets that it is said of.
  package func caveats(of assets: [AssetTerms]) -> [String] {
    var sentences: [String] = []
    for caveat in processes.compactMap(\.caveat) where !sentences.contains(caveat) { sentences.append(caveat) }
    return sentences.map { sentence in
      "\(zip(assets, processes).filter { $1.caveat == sentence }.map(\.0.name).joined(separator: ", ")): \(sentence)"
    }
  }

  package var files: [String] { processes.flatMap(\.files) + dependence.files }

  /// Correlations whose matrix is not positive semi-definite, prices that would come to be no numbers, and jumps beyond
  /// counting.
  package func violations(for assets: [AssetTerms], _ clock: Clock) -> [FormViolation] {
    precondition(processes.count == assets.count, "Invariant: a process for each asset")
    let complaint = CorrelationComplaint(correlations(of: assets), of: assets.map(\.name))
    let years = (after: clock.years(clock.steps), before: clock.years(clock.warmupSteps))
    return (complaint.map { [FormViolation("dependence", $0.text)] } ?? [])
      + zip(assets, processes).compactMap { asset, process in
        let violations = [
          process.reach(horizonYears: years.after, warmupYears: years.before).violation(years: years),
          JumpCount.violation(process.expectedJumps(years: years.after + years.before)),
          process.violation(clock)?.under("process"), Self.spreadViolation(asset, process),
        ].compactMap(\.self)
        return violations.isEmpty
          ? nil : FormViolation(violations.map { $0.under("assets/\(JSONPointer.escape(asset.name))") })
      }
  }

  /// A share of the half-spread for unexpected variance where none ever is.
  private static func spreadViolation(_ asset: AssetTerms, _ process: any PriceProcess) -> FormViolation? {
    guard asset.liquidity.spreadVarianceShare > 0, !process.hasUnexpectedVariance else { return nil }
    return FormViolation(
      "liquidity/spreadVarianceShare",
      "of this process no variance is unexpected: it does not move of its own, or hangs on its start for good")
  }

  package func reordered(_ order: [Int]) -> ProcessMovement {
    precondition(processes.count == order.count, "Invariant: a process for each asset")
    return ProcessMovement(order.map { processes[$0] }, dependence)
  }

  package func makeEngine(_ site: EngineSite) -> any BarEngine {
    guard let factor = CholeskyFactor(site.market.correlation) else {
      preconditionFailure("Invariant: a movement without violations has a joint law")
    }
    return ProcessEngine(site, processes, factor, copulaDegrees: dependence.copulaDegrees)
  }

  /// A process that has no formula for it.
  package var referenceRefusal: String? {
    let others = processes.filter { !($0 is any ReferenceDrawn) }
    guard let first = others.first else { return nil }
    return "GSL's samplers have no form of the process \(type(of: first))"
  }

  package func makeReferenceEngine(_ site: EngineSite) -> any BarEngine {
    let drawn = processes.compactMap { $0 as? any ReferenceDrawn }
    guard let factor = CholeskyFactor(site.market.correlation), drawn.count == processes.count else {
      preconditionFailure("Invariant: a movement that GSL cannot draw is refused")
    }
    return ReferenceEngine(site, drawn, factor, copulaDegrees: dependence.copulaDegrees)
  }
}

extension Movement where Self == ProcessMovement {
  /// A price process for each asset (in the order of the assets), and how they depend on each other.
  package static func processes(_ processes: [any PriceProcess], _ dependence: any Dependence) -> ProcessMovement {
    ProcessMovement(processes, dependence)
  }
}
