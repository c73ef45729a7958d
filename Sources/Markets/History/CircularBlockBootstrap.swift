import Documents
import Lanes
import MarketData
import Randomness

/// The circular block bootstrap: blocks of one length follow each other, each from a row drawn from all; after the last
/// row comes the first.
///
/// Blocks lie on a grid that t = 0 is a point of, so that the warm-up's length moves no row, and each draws one uniform at its
/// first step. Every row comes equally often, whatever lies at the ends of the file; that a new block begins is known, other than
/// with geometric lengths, so that a path is stationary from block to block only. No step can be worse than the worst recorded.
/// Source: Politis & Romano (1992), "A circular block-resampling procedure for stationary data", in LePage & Billard (eds.),
/// Exploring the Limits of Bootstrap.
package struct CircularBlockBootstrap: RowModel {
  /// Which rows of which file.
  package let source: BarSource
  /// Length L of a block in seconds of trading time; a whole number of steps.
  package let blockSeconds: Double

  /// States the model.
  package init(source: BarSource, blockSeconds: Double) {
    self.source = source
    self.blockSeconds = blockSeconds
  }

  /// The fields in documents.
  package static let form = Form(
    BarSource.fileField, BarSource.columnsField, BarSource.fromField, BarSource.toField,
    BarSource.gapsField, BarSource.splitsField,
    Field("block", .duration(in: .above(0)), "length of a block of rows; a whole number of steps"),
    make: { (file, columns, from, to, gaps, splits, block) throws(FormViolation) in
      CircularBlockBootstrap(
        source: try BarSource.reading(file, columns, from, to, gaps, splits), blockSeconds: block)
    })

  package func makeState(_ site: RowSite) -> any RowState {
    CircularBlockBootstrapState(site, block: max(1, Int((blockSeconds / site.clock.stepSeconds).rounded())))
  }

  package var limits: [String] {
    ["Resampled rows keep what happens within a block; longer memory than a block is lost."]
  }

  /// The stream of uniforms for the rows with which blocks begin.
  fileprivate static let rows = "row"
  package var streamNames: [String] { [Self.rows] }

  /// A block of no whole number of steps, or longer than the rows.
  package func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] {
    let steps = blockSeconds / clock.stepSeconds
    let text = TradingTime.text
    guard abs(steps - steps.rounded()) <= 1e-9 * steps, steps >= 1 - 1e-9 else {
      return [
        FormViolation("block", "\(text(blockSeconds)) is not a whole number of steps of \(text(clock.stepSeconds))")
      ]
    }
    guard steps <= Double(record.count) + 0.5 else {
      return [
        FormViolation(
          "block", "\(text(blockSeconds)) is longer than the \(record.count) rows: they would repeat within a block")
      ]
    }
    return []
  }
}

/// The circular block bootstrap on the paths of one tile.
private final class CircularBlockBootstrapState: RowState {
  private let key: StreamKey
  private let count: Int
  private let block: Int
  private var streams: ContiguousArray<DenseStream> = []
  /// `[group * lanes + lane]`: the row with which the block begins that is at hand, and its number.
  private var starts: ContiguousArray<Int>
  private var number: Int?

  init(_ site: RowSite, block: Int) {
    key = site.key(CircularBlockBootstrap.rows)
    count = site.rows
    self.block = block
    starts = ContiguousArray(repeating: 0, count: site.groups * Lanes.count)
  }

  func reset(_ paths: TilePaths) {
    streams = ContiguousArray((0..<paths.groups).map { DenseStream(key, paths.group($0)) })
    restart()
  }

  func restart() { number = nil }

  func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>) {
    let current = step.floorDivided(by: block)
    if number != current {
      number = current
      for group in streams.indices {
        let (u, _) = streams[group].uniforms52(step: Int32(current * block))
        for lane in 0..<Lanes.count {
          starts[group * Lanes.count + lane] = min(count - 1, Int(u[lane] * Double(count)))
        }
      }
    }
    let since = step - current * block
    for lane in rows.indices { rows[lane] = Int32((starts[lane] + since) % count) }
  }
}
