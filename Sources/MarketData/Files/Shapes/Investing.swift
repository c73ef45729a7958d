extension BarShape {
  /// Historical data of investing.com: quoted fields, thousands, volumes in K, M and B, newest first.
  static let investing = BarShape(
    name: "investing.com", mark: "a header with Price, Vol. and Change %"
  ) { head in
    guard Set(head.first).isSuperset(of: ["Date", "Price", "Open", "High", "Low", "Change %"]) else { return nil }
    var known = Knowledge()
    known.hasUnits = true
    known.settle = { table, layout, notes in
      guard let volume = layout.fields[.volume] else { return }
      let missing = (0..<table.rowCount).count { row in
        let text = table.field(row, volume)
        return text.isEmpty || text.elementsEqual([UInt8(ascii: "-")])
      }
      guard missing > 0 else { return }
      layout.setVolume(nil)
      notes.append(
        missing == table.rowCount
          ? "The file has no volumes." : "Volume is missing in \(missing) of \(table.rowCount) rows: none is read.")
    }
    known.notes = ["Price is the close. investing.com rounds volumes to three or four digits."]
    return known
  }
}
