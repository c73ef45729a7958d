/// The columns of a bar's fields by name, for readers of millions of rows: a dictionary takes as long to look in as a number
/// to read.
struct BarFieldPlaces: Sendable {
  private let open, high, low, close, volume: Int?

  init(_ columns: [BarField: Int]) {
    open = columns[.open]
    high = columns[.high]
    low = columns[.low]
    close = columns[.close]
    volume = columns[.volume]
  }

  /// The column of a field; nil where the file has none.
  subscript(field: BarField) -> Int? {
    switch field {
    case .open: open
    case .high: high
    case .low: low
    case .close: close
    case .volume: volume
    }
  }
}
