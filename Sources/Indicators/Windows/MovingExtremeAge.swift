/// How many steps ago the largest or smallest of the last n values was: 0…n − 1, of equal values the latest.
///
/// By blocks, as `MovingExtreme`, with the step of each extreme beside it.
struct MovingExtremeAge<Number: IndicatorNumber, Kind: Extreme> {
  private var block = Number(Kind.least)
  private var place = Number.zero
  private let values: Ring<Number>
  private let places: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    // One slot more: the empty end of a block.
    values = memory.ring(period + 1)
    places = memory.ring(period + 1)
    values[period] = Number(Kind.least)
  }

  /// Takes a value.
  ///
  /// - Returns: the age of the extreme of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if position == period { endBlock() }
    // Places count from the start of this block; those of the last block are negative.
    let here = Number(Double(position))
    values[position] = value
    position &+= 1
    let stays = Kind.isBeyond(block, value)
    block = select(stays, block, value)
    place = select(stays, place, here)
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    return here - select(Kind.isBeyond(values[position], block), places[position], place)
  }

  @inline(__always)
  private mutating func endBlock() {
    var extreme = Number(Kind.least)
    var latest = Number.zero
    var index = period &- 1
    while index > 0 {
      let isBeyond = Kind.isBeyond(values[index], extreme)
      extreme = select(isBeyond, values[index], extreme)
      latest = select(isBeyond, Number(Double(index &- period)), latest)
      values[index] = extreme
      places[index] = latest
      index &-= 1
    }
    position = 0
    block = Number(Kind.least)
    place = .zero
  }
}
