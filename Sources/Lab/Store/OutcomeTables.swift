import Documents
import Foundation
import Threads

/// Some columns of all desks' outcomes and performance, read from the store in one go and handed out desk by desk.
///
/// The store lies path by path. What is too much to hold waits, desk by desk and in blocks column by column, in a
/// temporary file without a name, so that the store is read once however many desks there are, and a column without its
/// neighbours. Reading is safe from several threads.
package final class OutcomeTables: Sendable {
  private let columns: [MeasureColumn]
  private let places: [MeasureColumn: Int]
  private let isReal: [Bool]
  /// Desks whose market is the same on every path.
  private let onePath: Set<Int>
  private let desks: [DeskRows]
  private let file: Int32?
  /// Rows of a desk that make a block of the file.
  private let blockRows: Int
  /// What went wrong first in reading the file.
  private let problem = Locked<StoreProblem?>(nil)

  /// The rows of one desk: blocks in the file, column by column, then row by row what is left in memory.
  private struct DeskRows {
    var blocks: [Int] = []
    var words: [UInt64] = []
  }

  /// Words of a desk that make a block, at most.
  private static let blockWords = 16_384
  /// Bytes that are held in memory.
  package static let bytesInMemory = 64 << 20

  /// Reads the columns of every desk.
  ///
  /// - Parameters:
  ///   - paths: of each desk, to know how much is coming.
  ///   - onePath: desks whose market is the same on every path: so many rows say no more than one.
  ///   - memory: bytes that may be held in memory.
  /// - Throws: `StoreProblem` when the store cannot be read, or the temporary file not be written.
  package init(
    _ store: ResultsStore, columns: [MeasureColumn], level: RecoveryLevel, desks count: Int, paths: Int,
    onePath: Set<Int> = [], memory: Int = OutcomeTables.bytesInMemory
  ) throws(StoreProblem) {
    // Those of performance come last; where a market has none of it they read as zeros.
    let stored = columns.compactMap { $0.column(level) }
    let performance = columns.compactMap(\.performance)
    let columns = columns.filter { $0.performance == nil } + performance.map { .performance($0) }
    self.columns = columns
    self.onePath = onePath
    places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    isReal = stored.map { $0.kind == .real } + performance.map { $0.type == .real }
    var desks = Array(repeating: DeskRows(), count: count)
    let isSpilled = count * paths * columns.count * 8 > memory
    let file = isSpilled ? try Self.makeFile() : nil
    self.file = file
    blockRows = Self.blockWords / columns.count
    let block = blockRows * columns.count
    var end = 0
    for desk in desks.indices { desks[desk].words.reserveCapacity(isSpilled ? block : paths * columns.count) }
    try store.readOutcomes(["desk"] + stored.map(\.name), performance: performance) { words throws(StoreProblem) in
      let desk = Int(words[0])
      desks[desk].words.append(contentsOf: words.dropFirst())
      guard let file, desks[desk].words.count == block else { return }
      try Self.write(Self.byColumn(desks[desk].words, columns.count), to: file, at: end)
      desks[desk].blocks.append(end)
      desks[desk].words.removeAll(keepingCapacity: true)
      end += block * 8
    }
    self.desks = desks
  }

  deinit {
    if let file { close(file) }
  }

  /// The outcomes of a desk, to be believed once `checkRead` has passed; of a market that is the same on every path the
  /// first one alone.
  ///
  /// - Parameter repeating: whether all of these are given as well, to go with the paths of another desk.
  package func table(desk: Int, repeating: Bool = false) -> OutcomeTable {
    let rows = desks[desk]
    let all = rows.blocks.count * blockRows + rows.words.count / columns.count
    let count = onePath.contains(desk) && !repeating ? min(1, all) : all
    return OutcomeTable(columns, count: count) { [self] column in
      do throws(StoreProblem) {
        return try values(of: column, rows, count: count)
      } catch {
        problem.withLock { $0 = $0 ?? error }
        return Array(repeating: 0, count: count)
      }
    }
  }

  /// Says whether every column that was asked for so far could be read: one that could not reads as zeros.
  ///
  /// - Throws: what went wrong first.
  package func checkRead() throws(StoreProblem) {
    if let problem = problem.withLock({ $0 }) { throw problem }
  }

  private func values(of column: MeasureColumn, _ rows: DeskRows, count: Int) throws(StoreProblem) -> [Double] {
    guard let place = places[column] else { preconditionFailure("Invariant: \(column) was read from the store") }
    let isReal = isReal[place]
    func value(_ word: UInt64) -> Double { isReal ? Double(bitPattern: word) : Double(Int64(bitPattern: word)) }
    var values: [Double] = []
    values.reserveCapacity(count)
    for block in rows.blocks {
      let words = try Self.read(blockRows, from: file ?? -1, at: block + place * blockRows * 8)
      values.append(contentsOf: words.lazy.map(value))
    }
    for row in stride(from: place, to: rows.words.count, by: columns.count) { values.append(value(rows.words[row])) }
    values.removeSubrange(count...)
    return values
  }

  /// Rows of so many columns, one column after the other.
  private static func byColumn(_ rows: [UInt64], _ columns: Int) -> [UInt64] {
    (0..<columns).flatMap { stride(from: $0, to: rows.count, by: columns).lazy.map { rows[$0] } }
  }

  /// A file that is gone when it is closed.
  private static func makeFile() throws(StoreProblem) -> Int32 {
    var name = Array((NSTemporaryDirectory() + "/stresslab-XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw StoreProblem("no temporary file can be made", SystemFault(errno: errno)) }
    unlink(name)
    return file
  }

  private static func write(_ words: [UInt64], to file: Int32, at offset: Int) throws(StoreProblem) {
    let fault = words.withUnsafeBytes { bytes -> Int32 in
      var written = 0
      while written < bytes.count {
        let more = pwrite(
          file, bytes.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written))
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { return more < 0 ? errno : ENOSPC }
        written += more
      }
      return 0
    }
    guard fault == 0 else { throw StoreProblem("the temporary file cannot be written", SystemFault(errno: fault)) }
  }

  private static func read(_ count: Int, from file: Int32, at offset: Int) throws(StoreProblem) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    let fault = words.withUnsafeMutableBytes { bytes -> Int32 in
      var found = 0
      while found < bytes.count {
        let more = pread(file, bytes.baseAddress?.advanced(by: found), bytes.count - found, off_t(offset + found))
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { return more < 0 ? errno : EIO }
        found += more
      }
      return 0
    }
    guard fault == 0 else { throw StoreProblem("the temporary file cannot be read", SystemFault(errno: fault)) }
    return words
  }
}
