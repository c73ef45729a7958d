import Lanes

/// Turns observations in lanes into the rows that a network reads: normalised, in single precision.
struct RowScaling {
  private let observations: Int
  private let mean: [Double]
  private let scales: [Double]
  private let clip: Double
  private let isIdentity: Bool

  /// - Parameter normaliser: nil: numbers are taken as they are.
  init(_ normaliser: ObservationNormaliser?, observations: Int) {
    self.observations = observations
    isIdentity = normaliser == nil
    mean = normaliser?.mean ?? []
    scales = normaliser?.scales ?? []
    clip = normaliser?.clip ?? .infinity
  }

  /// Writes the rows of all groups.
  func write(_ values: [Lanes], groups: Int, into rows: borrowing FloatMatrix, firstRow: Int) {
    for group in 0..<groups {
      write(values, from: group, into: rows, firstRow: firstRow + group * Lanes.count)
    }
  }

  /// Writes the eight rows of one group.
  func write(_ values: [Lanes], from group: Int, into rows: borrowing FloatMatrix, firstRow: Int) {
    let row = rows.row(firstRow)
    let stride = rows.stride
    for index in 0..<observations {
      normalised(values[group * observations + index], index).write(row, stride: stride, column: index)
    }
  }

  /// Writes the row of one lane.
  func write(_ values: [Lanes], group: Int, lane: Int, into row: UnsafeMutablePointer<Float>) {
    for index in 0..<observations {
      row[index] = Float(normalised(values[group * observations + index], index)[lane])
    }
  }

  @inline(__always)
  private func normalised(_ value: Lanes, _ index: Int) -> Lanes {
    if isIdentity { return value }
    return max(min((value - mean[index]) * scales[index], clip), -clip)
  }
}
