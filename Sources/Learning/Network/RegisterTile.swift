import Lanes

/// A block of C that is summed in registers, some rows by some vectors.
protocol RegisterTile {
  /// What is summed of each row.
  associatedtype Row: TileRow
  /// How many rows.
  static var rows: Int { get }
  static var zero: Self { get }
  /// Adds to each row the product of its number of A and a line of B.
  mutating func add(_ a: UnsafePointer<Float>, _ aRow: Int, _ line: Row)
  func store<Finish: SumFinish>(_ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ finish: Finish)
}

typealias FourRows<Row: TileRow> = StackedTile<TwoRows<Row>, TwoRows<Row>>
typealias SixRows<Row: TileRow> = StackedTile<FourRows<Row>, TwoRows<Row>>
typealias EightRows<Row: TileRow> = StackedTile<FourRows<Row>, FourRows<Row>>
typealias TwoRows<Row: TileRow> = StackedTile<OneRow<Row>, OneRow<Row>>

struct OneRow<Row: TileRow>: RegisterTile {
  private var row: Row
  @inline(__always)
  static var rows: Int { 1 }
  @inline(__always)
  static var zero: OneRow { OneRow(row: .zero) }
  @inline(__always)
  private init(row: Row) { self.row = row }
  @inline(__always)
  mutating func add(_ a: UnsafePointer<Float>, _ aRow: Int, _ line: Row) { row.add(a[0], line) }
  @inline(__always)
  func store<Finish: SumFinish>(_ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ finish: Finish) {
    row.store(c, finish)
  }
}

/// One tile above another.
struct StackedTile<Upper: RegisterTile, Lower: RegisterTile>: RegisterTile where Upper.Row == Lower.Row {
  private var upper: Upper
  private var lower: Lower
  @inline(__always)
  static var rows: Int { Upper.rows + Lower.rows }
  @inline(__always)
  static var zero: StackedTile { StackedTile(upper: .zero, lower: .zero) }
  @inline(__always)
  private init(upper: Upper, lower: Lower) {
    self.upper = upper
    self.lower = lower
  }
  @inline(__always)
  mutating func add(_ a: UnsafePointer<Float>, _ aRow: Int, _ line: Upper.Row) {
    upper.add(a, aRow, line)
    lower.add(a + Upper.rows * aRow, aRow, line)
  }
  @inline(__always)
  func store<Finish: SumFinish>(_ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ finish: Finish) {
    upper.store(c, cRow, finish)
    lower.store(c + Upper.rows * cRow, cRow, finish)
  }
}

/// A few vectors of one row of C that are summed at once.
protocol TileRow {
  /// How many numbers they hold.
  static var count: Int { get }
  static var zero: Self { get }
  init(loading place: UnsafePointer<Float>)
  mutating func add(_ a: Float, _ line: Self)
  func store<Finish: SumFinish>(_ place: UnsafeMutablePointer<Float>, _ finish: Finish)
}

struct SingleRow: TileRow {
  private var sum: FloatLanes
  @inline(__always)
  static var count: Int { FloatLanes.count }
  @inline(__always)
  static var zero: SingleRow { SingleRow(sum: .zero) }
  @inline(__always)
  private init(sum: FloatLanes) { self.sum = sum }
  @inline(__always)
  init(loading place: UnsafePointer<Float>) { sum = place.vector }
  @inline(__always)
  mutating func add(_ a: Float, _ line: SingleRow) { sum = fma(a, line.sum, sum) }
  @inline(__always)
  func store<Finish: SumFinish>(_ place: UnsafeMutablePointer<Float>, _ finish: Finish) {
    place.vector = finish(sum, at: place)
  }
}

/// Twice as many vectors.
struct DoubledRow<Half: TileRow>: TileRow {
  private var low: Half
  private var high: Half
  @inline(__always)
  static var count: Int { 2 * Half.count }
  @inline(__always)
  static var zero: DoubledRow { DoubledRow(low: .zero, high: .zero) }
  @inline(__always)
  private init(low: Half, high: Half) {
    self.low = low
    self.high = high
  }
  @inline(__always)
  init(loading place: UnsafePointer<Float>) {
    low = Half(loading: place)
    high = Half(loading: place + Half.count)
  }
  @inline(__always)
  mutating func add(_ a: Float, _ line: DoubledRow) {
    low.add(a, line.low)
    high.add(a, line.high)
  }
  @inline(__always)
  func store<Finish: SumFinish>(_ place: UnsafeMutablePointer<Float>, _ finish: Finish) {
    low.store(place, finish)
    high.store(place + Half.count, finish)
  }
}
