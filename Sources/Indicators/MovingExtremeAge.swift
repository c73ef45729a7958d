/// How many steps ago the largest or smallest of the last n values was: 0…n − 1, of equal values the latest.
///
/// By blocks, as `MovingExtreme`, with the step of each extreme beside it.
struct MovingExtremeAge<Number: IndicatorNumber, Kind: Extreme>: ~Copyable {
  private let values: Ring<Number>
  private let places: Ring<Number>
  private let period: Int
  private var position = 0
  private var block = Number.zero
  private var place = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    values = Ring(period)
    places = Ring(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the age of the extreme of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    // Places count from the start of this block; those of the last block are negative.
    let here = Number(Double(position))
    values[position] = value
    if position == 0 {
      block = value
      place = here
    } else {
      let stays = Kind.isBeyond(block, value)
      block = select(stays, block, value)
      place = select(stays, place, here)
    }
    position &+= 1
    if position == period { return endBlock(here) }
    guard isFull else { return nil }
    return here - select(Kind.isBeyond(values[position], block), places[position], place)
  }

  @inline(__always)
  private mutating func endBlock(_ here: Number) -> Number {
    let age = here - place
    var extreme = values[period &- 1]
    var latest = Number(-1)
    places[period &- 1] = latest
    for index in stride(from: period - 2, to: 0, by: -1) {
      let isBeyond = Kind.isBeyond(values[index], extreme)
      extreme = select(isBeyond, values[index], extreme)
      latest = select(isBeyond, Number(Double(index - period)), latest)
      values[index] = extreme
      places[index] = latest
    }
    position = 0
    isFull = true
    return age
  }
}
