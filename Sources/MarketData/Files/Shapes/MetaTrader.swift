extension BarShape {
  private static let serverTime =
    "MetaTrader writes the time of its broker's server, which the file does not say: it is read as if it were UTC."

  /// What MetaTrader 4 exports: date, time and a bar between commas, without a header.
  static let metaTrader4 = BarShape(
    name: "MetaTrader 4 export",
    mark: "no header, seven columns, the first dates as 2020.01.02, the second times as 09:30"
  ) { head in
    guard head.isHeaderless, head.first.count == 7,
      let date = WrittenTime(ArraySlice(head.first[0].utf8)),
      date.style.date == .yearFirst(separator: UInt8(ascii: ".")),
      date.style.time == .none, WrittenTime(timeOfDay: ArraySlice(head.first[1].utf8))?.style.time == .colons
    else { return nil }
    var known = Knowledge()
    known.names = ["date", "time", "open", "high", "low", "close", "volume"]
    known.notes = [serverTime, "Volume counts changes of the price (ticks), not what was traded."]
    known.proof = HeaderlessProof.problems
    return known
  }

  /// What MetaTrader 5 exports: a header in angle brackets, tabs, date and time apart.
  static let metaTrader5 = BarShape(name: "MetaTrader 5 export", mark: "a header with <DATE>, <OPEN> and <TICKVOL>") {
    head in
    let names = Set(head.first.map { $0.uppercased() })
    guard names.isSuperset(of: ["<DATE>", "<OPEN>", "<TICKVOL>"]) else { return nil }
    var known = Knowledge()
    known.notes = [serverTime]
    known.settle = { table, layout, notes in
      guard let traded = layout.fields[.volume],
        let ticks = table.header.firstIndex(where: { $0.uppercased() == "<TICKVOL>" }), traded != ticks,
        (0..<table.rowCount).allSatisfy({ table.number($0, traded) ?? 0 == 0 })
      else {
        if let volume = layout.fields[.volume], table.header[volume].uppercased() == "<TICKVOL>" {
          notes.append("Volume is <TICKVOL>, which counts changes of the price.")
        }
        return
      }
      layout.setVolume(ticks)
      notes.append("Volume is <TICKVOL>, which counts changes of the price: <VOL> is 0 in all rows.")
    }
    return known
  }
}
