import Documents
import Lanes
import MarketData
import Randomness

/// How an asset's price moves when nothing happens to it: an immutable model, whose state per tile is a
/// `ProcessState`.
///
/// A new process is one file with its `form`, and one line in `PriceProcesses.catalogue`.
package protocol PriceProcess: MarketModel {
  /// The model's state for a tile.
  func makeState(_ site: ProcessSite) -> any ProcessState
  /// How far up the log price may plausibly come, over the horizon and back over the warm-up, in years of variance.
  func reach(horizonYears: Double, warmupYears: Double) -> PriceReach
  /// What is wrong with the process on this clock; a field of the process. Nothing unless it says so.
  func violation(_ clock: Clock) -> FormViolation?
  /// What it leaves out on this clock, in sentences for the report: `limits` unless it says more.
  func limits(on clock: Clock) -> [String]
  /// What is easier in it than in any real market, so that a reader should know it before any figure: what stands behind an
  /// asset's name and a colon. Nil unless it says so.
  var caveat: String? { get }
  /// In what its moves count: whether its price may come to be negative. Logarithms unless it says so.
  var scale: PriceScale.Kind { get }
  /// The mean number of jumps on a path of so many years, at most; each is drawn.
  func expectedJumps(years: Double) -> Double
  /// Whether its price can jump: for the story of a path, which names what no diffusion explains. False unless it says so.
  var jumps: Bool { get }
  /// Whether its state shows agents a signal of what comes. False unless it says so.
  var showsSignal: Bool { get }
  /// Whether its state is `VarianceDriven`: assets then draw normals for variances too. False unless it says so.
  var hasOwnVariance: Bool { get }
  /// Whether its variance moves of its own, so that its state tells what of it is unexpected. False unless it says so.
  var hasUnexpectedVariance: Bool { get }
  /// Its total volatility, close to close, 1/√year: the median of what is drawn.
  var medianVolatility: Double { get }
}

/// A process whose total volatility is a parameter.
package protocol VolatilityDrawn {
  /// Total volatility of the log price, close to close, 1/√year.
  var annualVolatility: Draw { get }
}

extension PriceProcess where Self: VolatilityDrawn {
  package var medianVolatility: Double { annualVolatility.quantile(0.5) }
}

extension PriceProcess {
  /// Not known: the scenario is never refused for it.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach { PriceReach() }
  /// Fits every clock.
  package func violation(_ clock: Clock) -> FormViolation? { nil }
  /// Those of every clock.
  package func limits(on clock: Clock) -> [String] { limits }
  /// Nothing.
  package var caveat: String? { nil }
  /// Log prices.
  package var scale: PriceScale.Kind { .logarithmic }
  /// None.
  package func expectedJumps(years: Double) -> Double { 0 }
  /// A price that moves continuously.
  package var jumps: Bool { false }
  /// Shows nothing but prices.
  package var showsSignal: Bool { false }
  /// A variance that events alone move.
  package var hasUnexpectedVariance: Bool { false }
  /// Draws the price's normals alone.
  package var hasOwnVariance: Bool { false }
}

/// What a process gets to know about where it runs.
package struct ProcessSite {
  /// Name of the asset.
  package let asset: String
  /// Lane groups of the tile.
  package let groups: Int
  /// The scenario's random streams.
  package let streams: RandomStreams
  /// Years of variance of the whole warm-up.
  let warmupYears: Double
  /// Trading time of a sub-step in seconds, and its mean years of variance from open to close.
  let substepSeconds, substepYears: Double
  /// All lengths of a sub-step from open to close, in years of variance: several where volatility has a course over the day.
  let substepSpans: [Double]
  /// Sub-steps of a step.
  let substeps: Int
  /// All lengths of the gaps before a session, in years of variance; none where trading is continuous.
  let gapSpans: [Double]

  /// An asset's, in a market.
  init(_ asset: String, _ site: EngineSite) {
    let (clock, substeps) = (site.market.clock, site.market.substeps)
    self.asset = asset
    groups = site.groups
    streams = site.streams
    warmupYears = -VarianceClock(clock, substeps: substeps).firstStart
    substepSeconds = clock.stepSeconds / Double(substeps)
    substepYears = clock.intradayYears / Double(substeps)
    substepSpans = clock.varianceSpans.intraday.map { $0 / Double(substeps) }
    self.substeps = substeps
    gapSpans = clock.varianceSpans.gaps
  }

  /// The parameters of the process, drawn per path where the document says so.
  package func parameters<Model: Parametric>(of model: Model) -> DrawnParameters<Model> {
    DrawnParameters(model, .process(of: asset), streams, groups: groups)
  }

  /// The key of a stream that the process names in its `streamNames`.
  package func key(_ name: String) -> StreamKey { streams.key(StreamName.ofAsset(asset, name)) }
}

/// The state of a price process on the paths of one tile; confined to one worker.
///
/// Only sparse moments, such as a jump, may be handled lane by lane; a step is one call.
package protocol ProcessState: AnyObject {
  /// The parameters as they were drawn for the paths.
  var parameters: [PathParameter] { get }
  /// What agents may see of the signal at the last close, by lane group, 1/year; empty where it shows none.
  var shownSignal: ContiguousArray<Lanes> { get }
  /// Writes the variance of the diffusion at the end of the last sub-step over its mean, without what events multiply, by lane
  /// group: 1 where that mean is 0. Asked only where ``PriceProcess/hasUnexpectedVariance`` says so.
  func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>)
  /// Starts new paths at their first warm-up step: draws the parameters and all that does not come step by step.
  func reset(_ paths: TilePaths)
  /// Starts the same paths again at their first warm-up step.
  func restart()
  /// Writes the moves of one step, lane group by lane group.
  ///
  /// - Parameters:
  ///   - time: when the step is; steps come in order.
  ///   - innovations: the asset's normals by lane group.
  ///   - effects: what events do to the asset, by lane group; the process applies the volatility multiplier.
  ///   - moves: where the moves go, by lane group.
  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>)
}

extension ProcessState {
  /// None.
  package var shownSignal: ContiguousArray<Lanes> { [] }
  /// Leaves them at what is expected.
  package func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>) {}
}
