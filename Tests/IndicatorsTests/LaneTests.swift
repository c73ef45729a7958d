import Indicators
import Lanes
import MarketData
import Testing

@Suite("One lane, many lanes, and time")
struct LaneTests {
  static let names = IndicatorCatalogue.entries.map(\.name)
  static let count = 400
  static let groups = 3

  @Test("a lane's figures are those of its series alone, bit for bit", arguments: names)
  func lanes(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    let series = (0..<(Self.groups * Lanes.count)).map { index in
      MadeBars.allCases[index % 3].series(seed: UInt64(index), count: Self.count)
    }
    let alone = series.map { call.run($0) }
    let tile = call.makeTile(groups: Self.groups)
    for round in 0..<2 {
      if round == 1 { tile.reset() }
      var bars: [LaneBar] = []
      var figures = [Lanes](repeating: .zero, count: Self.groups * tile.outputs)
      for step in 0..<Self.count {
        bars = (0..<Self.groups).map { group in
          let own = series[(group * Lanes.count)..<((group + 1) * Lanes.count)]
          let first = group * Lanes.count
          return LaneBar(
            open: Lanes { own[first + $0].open[step] }, high: Lanes { own[first + $0].high[step] },
            low: Lanes { own[first + $0].low[step] }, close: Lanes { own[first + $0].close[step] },
            volume: Lanes { own[first + $0].volume[step] })
        }
        var out = figures.mutableSpan
        tile.step(bars.span, &out)
        for output in 0..<tile.outputs {
          for path in series.indices {
            let lane = figures[output * Self.groups + path / Lanes.count][path % Lanes.count]
            let own = alone[path][output][step]
            let same = lane.bitPattern == own.bitPattern || (lane.isNaN && own.isNaN)
            #expect(same, "output \(output), path \(path), step \(step): \(lane) in lanes, \(own) alone")
            if !same { return }
          }
        }
      }
    }
  }

  @Test("a figure does not change when the future does", arguments: names)
  func future(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    for kind in MadeBars.allCases {
      let series = kind.series(seed: 5, count: 300)
      for cut in [1, call.lookBack, call.lookBack + 1, 150, 211] where cut < 300 {
        var other = series.prefix(cut)
        let rest = MadeBars.random.series(seed: 99, count: 300)
        for index in cut..<300 { other.append(rest[index]) }
        for (before, after) in zip(call.run(series), call.run(other)) {
          let same = zip(before, after).prefix(cut).allSatisfy { $0.bitPattern == $1.bitPattern }
          #expect(same, "\(kind), future from \(cut)")
        }
      }
    }
  }

  @Test("the look-back is as long as declared, and figures follow it without a gap", arguments: names)
  func lookBack(_ name: String) throws {
    let entry = try #require(IndicatorCatalogue.entry(name))
    let call = try IndicatorCall(entry)
    for column in call.run(MadeBars.random.series(seed: 3, count: 300)) {
      let first = column.firstIndex { !$0.isNaN }
      #expect(first == call.lookBack)
      #expect(!column.dropFirst(call.lookBack).contains { $0.isNaN })
    }
    #expect(call.run(BarSeries()).allSatisfy(\.isEmpty) && call.run(BarSeries()).count == entry.form.outputs.count)
  }
}
