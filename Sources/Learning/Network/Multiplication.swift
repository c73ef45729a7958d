import Lanes

/// C = A·B for all three products of a dense layer: its outputs, the gradient of its inputs and that of its weights.
///
/// c[i][j] = Σₜ a[i, t]·b[t][j], where t runs upwards in one chain of fused multiply-adds: a row of C has the same bits
/// whatever rows are computed beside it. A is read number by number, through two strides, so that it may be transposed;
/// B and C are rows of whole vectors.
struct Multiplication {
  /// a[i, t] is `a[i · aRow + t · aSum]`.
  var a: UnsafePointer<Float>
  var aRow: Int
  var aSum: Int
  /// b[t] starts at `b + t · bRow`.
  var b: UnsafePointer<Float>
  var bRow: Int
  /// c[i] starts at `c + i · cRow`.
  var c: UnsafeMutablePointer<Float>
  var cRow: Int
  /// Rows of C, a multiple of 4.
  var rows: Int
  /// Terms of each sum.
  var terms: Int
  /// Vectors of 16 in a row of C.
  var vectors: Int

  /// Computes C; `finish` says what becomes of each sum.
  @inline(__always)
  func callAsFunction<Finish: SumFinish>(_ finish: Finish) {
    precondition(rows % 4 == 0, "Invariant: rows of a product come in fours")
    var vector = 0
    // A register tile of 4 × 4 vectors where there are 32 vector registers: 16 sums in flight hide the latency, and a
    // load serves four products. With 16 registers, 4 × 2.
    if CPULevel.current == .avx512 {
      while vectors - vector >= 4 {
        columns(DoubledRow<DoubledRow<SingleRow>>.self, vector, finish)
        vector += 4
      }
    }
    while vectors - vector >= 2 {
      columns(DoubledRow<SingleRow>.self, vector, finish)
      vector += 2
    }
    if vector < vectors {
      if rows % 8 == 0 { tallColumn(vector, finish) } else { columns(SingleRow.self, vector, finish) }
    }
  }

  /// A single vector of columns, eight rows at a time: four sums in flight would wait for each other.
  @inline(__always)
  private func tallColumn<Finish: SumFinish>(_ vector: Int, _ finish: Finish) {
    let offset = vector * FloatLanes.count
    for row in stride(from: 0, to: rows, by: 8) {
      var (r0, r1, r2, r3) = (FloatLanes.zero, FloatLanes.zero, FloatLanes.zero, FloatLanes.zero)
      var (r4, r5, r6, r7) = (FloatLanes.zero, FloatLanes.zero, FloatLanes.zero, FloatLanes.zero)
      var b = self.b + offset
      var a = self.a + row * aRow
      var further = a + 4 * aRow
      for _ in 0..<terms {
        let line = b.vector
        r0 = fma(a[0], line, r0)
        r1 = fma(a[aRow], line, r1)
        r2 = fma(a[2 * aRow], line, r2)
        r3 = fma(a[3 * aRow], line, r3)
        r4 = fma(further[0], line, r4)
        r5 = fma(further[aRow], line, r5)
        r6 = fma(further[2 * aRow], line, r6)
        r7 = fma(further[3 * aRow], line, r7)
        a += aSum
        further += aSum
        b += bRow
      }
      let c = self.c + row * cRow + offset
      c.vector = finish(r0, at: c)
      (c + cRow).vector = finish(r1, at: c + cRow)
      (c + 2 * cRow).vector = finish(r2, at: c + 2 * cRow)
      (c + 3 * cRow).vector = finish(r3, at: c + 3 * cRow)
      (c + 4 * cRow).vector = finish(r4, at: c + 4 * cRow)
      (c + 5 * cRow).vector = finish(r5, at: c + 5 * cRow)
      (c + 6 * cRow).vector = finish(r6, at: c + 6 * cRow)
      (c + 7 * cRow).vector = finish(r7, at: c + 7 * cRow)
    }
  }

  /// The columns of one tile row, all rows of C.
  @inline(__always)
  private func columns<Row: TileRow, Finish: SumFinish>(_: Row.Type, _ vector: Int, _ finish: Finish) {
    let offset = vector * FloatLanes.count
    for row in stride(from: 0, to: rows, by: 4) {
      var (r0, r1, r2, r3) = (Row.zero, Row.zero, Row.zero, Row.zero)
      var b = self.b + offset
      var a = self.a + row * aRow
      for _ in 0..<terms {
        let line = Row(loading: b)
        r0.add(a[0], line)
        r1.add(a[aRow], line)
        r2.add(a[2 * aRow], line)
        r3.add(a[3 * aRow], line)
        a += aSum
        b += bRow
      }
      let c = self.c + row * cRow + offset
      r0.store(c, finish)
      r1.store(c + cRow, finish)
      r2.store(c + 2 * cRow, finish)
      r3.store(c + 3 * cRow, finish)
    }
  }
}

/// What becomes of a sum before it is stored.
protocol SumFinish {
  /// The number to store at `place`, given the sum.
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes
}

/// The sum itself.
struct Store: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes { sum }
}

/// The sum and what was there.
struct Accumulate: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes { place.vector + sum }
}

/// A few vectors of one row of C that are summed at once.
private protocol TileRow {
  /// How many numbers they hold.
  static var count: Int { get }
  static var zero: Self { get }
  init(loading place: UnsafePointer<Float>)
  mutating func add(_ a: Float, _ line: Self)
  func store<Finish: SumFinish>(_ place: UnsafeMutablePointer<Float>, _ finish: Finish)
}

private struct SingleRow: TileRow {
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
private struct DoubledRow<Half: TileRow>: TileRow {
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
