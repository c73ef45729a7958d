import Lab
import Reports
import Statistics
import Testing

@Suite("Progress")
struct ProgressDisplayTests {
  private func progress(_ tile: Int, of tiles: Int = 80, survived: Int? = nil, desk: String = "holdTimes7/none")
    -> RunProgress
  {
    let paths = 256 * tile
    return RunProgress(
      finishedTiles: tile, tiles: tiles, finishedPaths: Int64(paths), wantedPaths: Int64(256 * tiles), rate: 41_200,
      secondsLeft: Double(256 * (tiles - tile)) / 41_200 * 100,
      weakest: .init(
        desk: desk, survived: survived ?? paths * 2 / 5, of: paths, confidence: tile == tiles ? 0.95 : nil))
  }

  @Test("a line of a terminal has what there is room for, and never more", arguments: 1...220)
  func width(_ width: Int) {
    for tile in [1, 31, 79, 80] {
      for desk in ["holdTimes7/none", "保有/なし", String(repeating: "x", count: 300)] {
        let line = ProgressLine(progress(tile, desk: desk)).text(width: width)
        let wide = line.unicodeScalars.count { (0x3041...0x9FFF).contains($0.value) }
        #expect(line.unicodeScalars.count + wide <= width, "\(line)")
        if width >= 60 {
          #expect(line.contains("[=") || tile == 1)
          for part in [" %", "] ", "/s, ", tile == 80 ? "done" : " left"] { #expect(line.contains(part), "\(line)") }
          #expect(line.contains(#/\d %? ?(?:always )?\[[0-9., ]+\]/#), "\(line)")
        }
        if width >= 30 { #expect(line.contains(tile == 80 ? "done" : " left") && line.contains(#/; .* %/#), "\(line)") }
        if width >= 5 { #expect(line.contains(" %")) }
      }
    }
    let whole = ProgressLine(progress(31)).text(width: 120)
    #expect(whole.hasPrefix("38 % [=====") && whole.hasSuffix(" holdTimes7/none"), "\(whole)")
  }

  @Test("a log has a line every ten seconds at most")
  func log() {
    // A tile every 0.7 s for 80 tiles: 56 s.
    var display = ProgressDisplay(.lines, from: 100)
    var times: [Double] = []
    for tile in 1...80 {
      let now = 100 + 0.7 * Double(tile)
      let text = display.text(progress(tile), at: now, width: 80)
      #expect(!text.contains("\u{1B}") && !text.contains("\r"))
      if !text.isEmpty {
        #expect(text.hasSuffix("\n") && text.contains(" left; least survival 40"), "\(text)")
        // It is looked at all the time, and is named as an interval that allows that.
        #expect(text.contains(" % always ["), "\(text)")
        times.append(now)
      }
    }
    #expect(times.count == 5)
    #expect(zip([100] + times, times).allSatisfy { $1 - $0 >= 10 })
    #expect(display.end() == "")
  }

  @Test("a terminal's line is drawn ten times a second at most, the last always, and then left")
  func drawn() {
    var display = ProgressDisplay(.drawnOver, from: 0)
    var count = 0
    for tile in 1...80 {
      let text = display.text(progress(tile), at: Double(tile) * 0.01, width: 60)
      if text.isEmpty { continue }
      count += 1
      #expect(text.hasPrefix("\r") && text.hasSuffix("\u{1B}[K") && !text.contains("\n"))
      #expect(text.dropFirst().dropLast(3).count <= 59)
      if tile == 80 { #expect(text.hasPrefix("\r100 % [===")) }
    }
    #expect((8...10).contains(count))
    #expect(display.end() == "\n" && display.end() == "")
    var quiet = ProgressDisplay(.nothing, from: 0)
    #expect(quiet.text(progress(80), at: 50, width: 60) == "" && quiet.end() == "")
  }

  @Test("at the end the interval is the table's; before, one that holds however often one looks")
  func interval() throws {
    let last = progress(80, survived: 8192)
    let table = Proportion(8192, of: 20_480).estimate(confidence: 0.95)
    let text = table.text(.percent).replacing("\u{A0}", with: " ")
    #expect(ProgressLine(last).text.hasSuffix("; least survival \(text) holdTimes7/none"), "\(ProgressLine(last).text)")
    let before = try #require(progress(79, survived: 8192).weakest)
    let low = try #require(table.low)
    let high = try #require(table.high)
    #expect(before.estimate == nil && before.always.high - before.always.low > high - low)
  }

  @Test("100 % is said of a finished run alone")
  func percent() {
    #expect(ProgressLine(progress(999, of: 1000)).text(width: 80).hasPrefix("99 % ["))
    #expect(ProgressLine(progress(1000, of: 1000)).text(width: 80).hasPrefix("100 % ["))
  }
}
