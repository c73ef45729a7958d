import Documents
import Lanes
import MarketData
import Randomness

/// The stationary bootstrap: each step goes on to the next recorded row (the first after the last), or with probability
/// 1/L starts again at a row drawn from all; blocks have geometric lengths of mean L.
///
/// It draws the same two uniforms in each step, whatever they decide. The row of the first step is found by walking back
/// to the last start before it, so that the warm-up's length moves no row. No step can be worse than the worst recorded.
/// Source: Politis & Romano (1994), Journal of the American Statistical Association 89.
package struct StationaryBootstrap: RowModel {
  /// Which rows of which file.
  package let source: BarSource
  /// Mean length L of a block in seconds of trading time; at least a step.
  package let meanBlockSeconds: Double

  /// States the model.
  package init(source: BarSource, meanBlockSeconds: Double) {
    self.source = source
    self.meanBlockSeconds = meanBlockSeconds
  }

  /// The fields in documents.
  package static let form = Form(
    BarSource.fileField, BarSource.columnsField, BarSource.fromField, BarSource.toField,
    BarSource.gapsField, BarSource.splitsField,
    Field("meanBlock", .duration(in: .above(0)), "mean length of a block of rows"),
    make: { (file, columns, from, to, gaps, splits, meanBlock) throws(FormViolation) in
      StationaryBootstrap(
        source: try BarSource.reading(file, columns, from, to, gaps, splits), meanBlockSeconds: meanBlock)
    })

  package func makeState(_ site: RowSite) -> any RowState {
    StationaryBootstrapState(site, restartProbability: min(1, site.clock.stepSeconds / meanBlockSeconds))
  }

  package var limits: [String] {
    ["Resampled rows keep what happens within a block; longer memory than a block is lost."]
  }

  /// The stream of uniforms for starts of blocks and their rows.
  fileprivate static let rows = "row"
  package var streamNames: [String] { [Self.rows] }

  /// A mean block that is shorter than a step, or longer than 10 000 steps.
  package func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] {
    let stepSeconds = clock.stepSeconds
    // A path finds its first row by walking back to its last restart.
    let longest = 10_000 * stepSeconds
    if meanBlockSeconds > longest {
      return [
        FormViolation(
          "meanBlock", "\(TradingTime.text(seconds: meanBlockSeconds)) is longer than 10000 steps")
      ]
    }
    guard meanBlockSeconds < stepSeconds else { return [] }
    return [
      FormViolation(
        "meanBlock",
        "\(TradingTime.text(seconds: meanBlockSeconds)) is shorter than a step of \(TradingTime.text(seconds: stepSeconds))"
      )
    ]
  }
}

/// The stationary bootstrap on the paths of one tile.
final class StationaryBootstrapState: RowState {
  private let key: StreamKey
  private let firstStep: Int
  private let rows: Double
  private let restartProbability: Double
  private var streams: ContiguousArray<DenseStream> = []
  private var current: ContiguousArray<Lanes>
  private var first: ContiguousArray<Lanes>

  init(_ site: RowSite, restartProbability: Double) {
    key = site.key(StationaryBootstrap.rows)
    firstStep = -site.clock.warmupSteps
    rows = Double(site.rows)
    self.restartProbability = restartProbability
    current = ContiguousArray(repeating: .zero, count: site.groups)
    first = current
  }

  func reset(_ paths: TilePaths) {
    streams = ContiguousArray((0..<paths.groups).map { DenseStream(key, paths.group($0)) })
    for group in first.indices { first[group] = rowBeforeFirst(streams[group]) }
    restart()
  }

  func restart() { current = first }

  /// The row of the step before the first one, from the last start of a block at or before it.
  private func rowBeforeFirst(_ stream: DenseStream) -> Lanes {
    var row = Lanes.zero
    var open = Mask.all
    var step = firstStep - 1
    while open.isAny {
      let (restarts, drawn) = start(stream, step)
      let since = Double(firstStep - 1 - step)
      let advanced = drawn + since
      let wrapped = advanced - floor(advanced / rows) * rows
      row.replace(with: wrapped, where: open & restarts)
      open &= !restarts
      step -= 1
    }
    return row
  }

  /// Whether a block starts in a step, and with which row.
  @inline(__always)
  private func start(_ stream: DenseStream, _ step: Int) -> (Mask, Lanes) {
    let (u, v) = stream.uniforms52(step: Int32(step))
    return (u .< restartProbability, min(floor(v * rows), rows - 1))
  }

  func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>) {
    for group in current.indices {
      let (restarts, drawn) = start(streams[group], step)
      let next = current[group] + 1
      let row = select(restarts, drawn, next.replacing(with: 0.0, where: next .>= self.rows))
      current[group] = row
      for lane in 0..<Lanes.count { rows[group * Lanes.count + lane] = Int32(row[lane]) }
    }
  }
}
