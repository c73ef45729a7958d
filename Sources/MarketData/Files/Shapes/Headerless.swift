extension BarShape {
  /// Bars without a header, such as FirstRate Data's: a time, or date and time, open, high, low, close and perhaps volume.
  static let headerless = BarShape(
    name: "bars without a header", mark: "no header: a time, or date and time, then four prices and perhaps a volume"
  ) { head in
    guard head.isHeaderless else { return nil }
    let second = ArraySlice(head.first[1].utf8)
    let isApart = second.contains(UInt8(ascii: ":")) && WrittenTime(timeOfDay: second) != nil
    let names = (isApart ? ["date", "time"] : ["time"]) + ["open", "high", "low", "close"]
    var known = Knowledge()
    switch head.first.count - names.count {
    case 0: known.names = names
    case 1: known.names = names + ["volume"]
    default:
      known.names = head.first.indices.map { "\($0 + 1)" }
      let count = head.first.count
      known.refusal =
        "the file has no header, and \(count) columns are no kind of bars that is known: write a first line with their names, "
        + "such as time,open,high,low,close,volume"
      return known
    }
    known.proof = HeaderlessProof.problems
    return known
  }
}
