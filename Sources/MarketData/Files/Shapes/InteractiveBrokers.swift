extension BarShape {
  /// Bars of Interactive Brokers' API: `20200102  09:30:00 US/Eastern`, average and barCount.
  static let interactiveBrokers = BarShape(name: "Interactive Brokers", mark: "columns average and barCount") { head in
    let names = Set(head.plainNames)
    guard names.isSuperset(of: ["average", "barcount"]) else { return nil }
    var known = Knowledge()
    known.notes = ["Volume counts as it stands; of shares in the United States it may be in lots of 100."]
    known.settle = { table, layout, notes in
      guard let volume = layout.fields[.volume], table.rowCount > 0,
        (0..<table.rowCount).allSatisfy({ table.number($0, volume) ?? -1 == -1 })
      else { return }
      layout.setVolume(nil)
      notes = ["Volume is -1 in all rows, which says that there is none."]
    }
    return known
  }
}
