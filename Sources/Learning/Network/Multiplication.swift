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
    if CPULevel.hasWideRegisters { inWideTiles(finish) } else { inNarrowTiles(finish) }
  }

  /// With 32 registers of a whole vector, tiles of 4 × 4 vectors: 16 sums in flight hide the latency, and a load serves
  /// four products.
  @inline(__always)
  private func inWideTiles<Finish: SumFinish>(_ finish: Finish) {
    var vector = 0
    while vectors - vector >= 4 {
      sum(FourRows<DoubledRow<DoubledRow<SingleRow>>>.self, 0..<rows, vector, finish)
      vector += 4
    }
    while vectors - vector >= 2 {
      sum(FourRows<DoubledRow<SingleRow>>.self, 0..<rows, vector, finish)
      vector += 2
    }
    guard vector < vectors else { return }
    // Four sums in flight would wait for each other.
    if rows % 8 == 0 {
      sum(EightRows<SingleRow>.self, 0..<rows, vector, finish)
    } else {
      sum(FourRows<SingleRow>.self, 0..<rows, vector, finish)
    }
  }

  /// With 16 registers of half a vector, tiles of 6 rows: 12 registers of sums, two of B and one of A. Fours for the rest.
  @inline(__always)
  private func inNarrowTiles<Finish: SumFinish>(_ finish: Finish) {
    let sixes = rows - (rows % 6 == 0 ? 0 : rows % 6 == 4 ? 4 : 8)
    for vector in 0..<vectors {
      sum(SixRows<SingleRow>.self, 0..<sixes, vector, finish)
      sum(FourRows<SingleRow>.self, sixes..<rows, vector, finish)
    }
  }

  /// Computes some rows of C from a vector on, as many vectors of them as a tile has.
  @inline(__always)
  private func sum<Tile: RegisterTile, Finish: SumFinish>(
    _: Tile.Type, _ range: Range<Int>, _ vector: Int, _ finish: Finish
  ) {
    let offset = vector * FloatLanes.count
    for row in stride(from: range.lowerBound, to: range.upperBound, by: Tile.rows) {
      var tile = Tile.zero
      var b = self.b + offset
      var a = self.a + row * aRow
      for _ in 0..<terms {
        tile.add(a, aRow, Tile.Row(loading: b))
        a += aSum
        b += bRow
      }
      tile.store(self.c + row * cRow + offset, cRow, finish)
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
