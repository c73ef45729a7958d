import Documents
import MarketData

extension BarRows {
  /// The rows of a file of any kind, asset by asset, to be looked at.
  ///
  /// Of a file with named columns, times in ISO 8601 or counts and plain numbers nothing is refused. Of others, where only all
  /// the rows prove how they are to be read, these are the bars that were read.
  ///
  /// - Throws: what keeps the file from being one of bars.
  package static func rows(
    of bytes: [UInt8], file: String, named: [BarLayout.Role: String] = [:]
  ) throws(Problems) -> [BarRows] {
    let refusal: Problems
    do throws(Problems) {
      let read = try BarFile(bytes, file: file, named: named)
      guard read.isPlain else {
        return zip(read.bars.names, read.bars.series).map { BarRows($1, file: file, asset: $0) }
      }
      return try Self.read(bytes, file: file, named: named)
    } catch {
      refusal = error
    }
    guard let rows = try? Self.read(bytes, file: file, named: named) else { throw refusal }
    let all = rows.reduce(0) { $0 + $1.rows.count }
    // Times that can't be read are no finding where they are most: then it is the file that can't.
    guard rows.reduce(0, { $0 + $1.rows.count { $0.time == nil } }) * 2 < all else { throw refusal }
    return rows
  }
}
