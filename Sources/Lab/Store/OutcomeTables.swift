import Foundation

/// Some columns of all desks' outcomes, read from the store in one go and handed out desk by desk.
///
/// The store lies path by path. What is too much to hold waits, desk by desk, in a temporary file without a name, so
/// that the store is read once however many desks there are. Reading is safe from several threads.
package final class OutcomeTables: Sendable {
  private let columns: [MeasureColumn]
  private let isReal: [Bool]
  private let desks: [DeskRows]
  private let file: Int32?

  /// The rows of one desk: blocks in the file, then what is left in memory.
  private struct DeskRows {
    var blocks: [Int] = []
    var words: [UInt64] = []
  }

  /// Words of a desk that make a block.
  private static let blockWords = 16_384
  /// Bytes that are held in memory.
  package static let bytesInMemory = 64 << 20

  /// Reads the columns of every desk.
  ///
  /// - Parameters:
  ///   - paths: of each desk, to know how much is coming.
  ///   - memory: bytes that may be held in memory.
  /// - Throws: `StoreProblem` when the store cannot be read, or the temporary file not be written.
  package init(
    _ store: ResultsStore, columns: [MeasureColumn], level: RecoveryLevel, desks count: Int, paths: Int,
    memory: Int = OutcomeTables.bytesInMemory
  ) throws {
    let stored = columns.map { $0.column(level) }
    self.columns = columns
    isReal = stored.map { $0.kind == .real }
    var desks = Array(repeating: DeskRows(), count: count)
    let isSpilled = count * paths * columns.count * 8 > memory
    let file = isSpilled ? try Self.makeFile() : nil
    self.file = file
    let block = Self.blockWords / columns.count * columns.count
    var end = 0
    for desk in desks.indices { desks[desk].words.reserveCapacity(isSpilled ? block : paths * columns.count) }
    try store.readOutcomes(["desk"] + stored.map(\.name)) { words in
      let desk = Int(words[0])
      desks[desk].words.append(contentsOf: words.dropFirst())
      guard let file, desks[desk].words.count == block else { return }
      try Self.write(desks[desk].words, to: file, at: end)
      desks[desk].blocks.append(end)
      desks[desk].words.removeAll(keepingCapacity: true)
      end += block * 8
    }
    self.desks = desks
  }

  deinit {
    if let file { close(file) }
  }

  /// The outcomes of a desk.
  package func table(desk: Int) throws -> OutcomeTable {
    let rows = desks[desk]
    let block = Self.blockWords / columns.count * columns.count
    let count = (rows.blocks.count * block + rows.words.count) / columns.count
    var values = columns.map { _ in [Double]() }
    for column in values.indices { values[column].reserveCapacity(count) }
    func append(_ words: [UInt64]) {
      for (column, isReal) in isReal.enumerated() {
        for place in stride(from: column, to: words.count, by: columns.count) {
          values[column].append(
            isReal ? Double(bitPattern: words[place]) : Double(Int64(bitPattern: words[place])))
        }
      }
    }
    for offset in rows.blocks { append(try Self.read(block, from: file ?? -1, at: offset)) }
    append(rows.words)
    return OutcomeTable(columns, values)
  }

  /// A file that is gone when it is closed.
  private static func makeFile() throws -> Int32 {
    var name = Array((NSTemporaryDirectory() + "/stresslab-XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw StoreProblem("no temporary file can be made: \(String(cString: strerror(errno)))") }
    unlink(name)
    return file
  }

  private static func write(_ words: [UInt64], to file: Int32, at offset: Int) throws {
    let written = words.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
    guard written == words.count * 8 else { throw StoreProblem("the temporary file cannot be written: disk full?") }
  }

  private static func read(_ count: Int, from file: Int32, at offset: Int) throws -> [UInt64] {
    try [UInt64](unsafeUninitializedCapacity: count) { buffer, initialised in
      let found = pread(file, buffer.baseAddress, count * 8, off_t(offset))
      guard found == count * 8 else { throw StoreProblem("the temporary file cannot be read") }
      initialised = count
    }
  }
}
