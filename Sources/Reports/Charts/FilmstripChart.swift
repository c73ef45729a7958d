import Drawing
import Lab
import Statistics

/// A desk's worst path in up to five frames: the price up to each moment and the equity under it, with what is held and what
/// happens then.
struct FilmstripChart: Chart {
  private let scene: DeskScene
  private let strip: Filmstrip
  private let trace: Trace
  /// Up to two assets, those that were traded most; the first of all where none was.
  private let assets: [AssetSeries]
  private let captions: [FilmstripCaption]

  /// Nil where no path was kept.
  init?(_ scene: DeskScene) {
    guard let trace = scene.desk.worstPath, let strip = Filmstrip(trace), !trace.trades.isEmpty else { return nil }
    self.scene = scene
    self.strip = strip
    self.trace = trace
    var traded: [String: Double] = [:]
    for trade in trace.trades { traded[trade.asset, default: 0] += abs(trade.quantity * trade.price) }
    let most = trace.prices.filter { traded[$0.asset] != nil && ($0.values.first ?? 0) > 0 }
      .sorted { (traded[$1.asset] ?? 0, $0.asset) < (traded[$0.asset] ?? 0, $1.asset) }.prefix(2)
    let assets = most.isEmpty ? Array(trace.prices.prefix(1)) : Array(most)
    self.assets = assets
    let unit = scene.scenario.clock.unit
    captions = strip.frames.map { FilmstripCaption($0, of: strip, assets: assets.map(\.asset), unit: unit) }
  }

  // MARK: Words

  private var unit: Unit { scene.scenario.clock.unit }

  var title: String {
    let end = trace.equity[trace.equity.count - 1]
    let text = "\(scene.name): path \(trace.path) ends with \(EquityWords.with(end))"
    guard end < 1, let part = trace.equityParts?.first(where: { $0.change < 0 }) else { return text }
    return "\(text); \(signedPercent(part.change)) by \(part.causeText), the largest part of what it lost"
  }
  var subtitle: String {
    let n = scene.desk.survival.n
    let paths = n == 1 ? "The only path" : "The worst of \(Unit.decimal(Double(n), decimals: 0)) paths"
    let lines = assets.count > 1 ? "prices of \(assets[0].asset) (solid) and \(assets[1].asset) (dashed)" : "the price"
    return
      "\(paths), simulated again; above: \(lines) up to then, below: equity, both in % of the start; tinted: since the "
      + "frame before"
  }
  var description: String {
    zip(1..., captions).map { number, caption in
      "Frame \(number), \(caption.name), \(caption.time): \(caption.prices.joined(separator: ", ")); "
        + "\(caption.positions.joined(separator: ", ")); \(caption.equity) of its start. \(caption.event)"
    }.joined(separator: " ")
  }
  var table: DataTable {
    DataTable(
      ["Frame", "trading time", "price", "position", "equity, of its start", "what happens"],
      captions.map { caption in
        [
          caption.name, caption.time, caption.prices.joined(separator: ", "),
          caption.positions.joined(separator: ", "), caption.equity.replacing("equity ", with: ""), caption.event,
        ]
      })
  }

  // MARK: Drawing

  /// From where to where a frame shows time: around the fall; the last frame of a longer path shows all of it.
  private func window(_ frame: Filmstrip.Frame) -> ClosedRange<Double> {
    let horizon = trace.seconds[trace.seconds.count - 1]
    let whole = 0...max(horizon, 1e-9)
    let inside = strip.frames.filter { !$0.kinds.contains(.end) }.map { trace.seconds[$0.index] }
    guard !frame.kinds.contains(.end), let first = inside.first, let last = inside.last, last > first else {
      return whole
    }
    let margin = max(0.3 * (last - first), 5 * (trace.seconds[1] - trace.seconds[0]))
    return max(0, first - margin)...min(horizon, last + margin)
  }

  private static let (priceHeight, equityHeight, gap) = (84.0, 56.0, 12.0)

  /// Five captions side by side need more room than a chart.
  private static let width = 940.0

  func draw(_ given: Layout) -> Picture {
    let layout = given.isNarrow ? given : given.with(width: Self.width)
    let relative = assets.map { series in series.values.map { $0 / (series.values.first ?? 1) } }
    let price = Axis.around(relative.flatMap { $0 }, "", unit: .percent)
    let equity = Axis.around(trace.equity + [1], "", unit: .percent)
    let widths = (Self.ticks(price, Self.priceHeight) + Self.ticks(equity, Self.equityHeight)).map {
      TextWidth.of($0.label, size: 13)
    }
    let left = 14 + (widths.max() ?? 0)
    let texts = lines(layout, left)
    let count = Double(strip.frames.count)
    let block = Self.priceHeight + Self.equityHeight + Self.gap
    let heights = texts.map { Double($0.count) * 16 + 10 }
    let rowHeights = heights.map { max($0, block) + 22 }
    let height = layout.isNarrow ? rowHeights.reduce(12, +) : 12 + block + 12 + (heights.max() ?? 0)
    let sized = layout.with(height: height)
    var marks: [Markup] = []
    var top = 12.0
    for (number, frame) in strip.frames.enumerated() {
      let width = layout.isNarrow ? Self.narrowPlot : (layout.width - left - 4) / count
      let x = layout.isNarrow ? left : left + Double(number) * width
      let place = FrameBox(left: x, right: x + width - 10, top: top)
      marks += draw(frame, number, place, relative, (price, equity), sized, hasTicks: layout.isNarrow || number == 0)
      let textX = layout.isNarrow ? x + width + 4 : x
      let textY = layout.isNarrow ? top + 10 : top + block + 18
      for (line, text) in texts[number].enumerated() {
        let mark = Markup(
          "text",
          [
            "x": Plot.coordinate(textX.rounded()), "y": Plot.coordinate((textY + 16 * Double(line)).rounded()),
          ], text: text.words)
        marks.append(text.style.isEmpty ? mark : mark.with("class", text.style))
      }
      if layout.isNarrow { top += rowHeights[number] }
    }
    return Picture(sized, marks)
  }

  private static let narrowPlot = 170.0

  /// As many ticks of an axis as have room for their labels over each other.
  private static func ticks(_ axis: Axis, _ height: Double) -> [Tick] {
    let all = axis.ticks(height)
    let room = max(2, Int(height / 18))
    let step = max(1, (all.count + room - 1) / room)
    return all.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
  }

  /// Where a frame is drawn.
  private struct FrameBox {
    let left, right, top: Double
  }

  /// A line of a caption, with its class.
  private struct Line {
    let words: String
    let style: String
  }

  /// The lines of each caption, as wide as its place.
  private func lines(_ layout: Layout, _ left: Double) -> [[Line]] {
    let width =
      layout.isNarrow
      ? layout.width - left - Self.narrowPlot - 10 : (layout.width - left - 4) / Double(strip.frames.count) - 10
    return zip(1..., captions).map { number, caption in
      let parts =
        [("\(number) \(caption.name)", "b"), (caption.time, "t")]
        + (caption.prices + caption.positions + [caption.equity, caption.event]).map { ($0, "") }
      return parts.flatMap { words, style in
        TextWidth.wrap(words, size: style == "b" ? 14 : 13, width: width).map { Line(words: $0, style: style) }
      }
    }
  }

  private func draw(
    _ frame: Filmstrip.Frame, _ number: Int, _ box: FrameBox, _ prices: [[Double]], _ axes: (price: Axis, equity: Axis),
    _ layout: Layout, hasTicks: Bool
  ) -> [Markup] {
    let window = window(frame)
    let now = trace.seconds[frame.index]
    let before = number > 0 ? trace.seconds[strip.frames[number - 1].index] : window.lowerBound
    func plot(_ top: Double, _ height: Double, _ axis: Axis) -> Plot {
      let place = layout.with(
        left: box.left, right: layout.width - box.right, top: top, bottom: layout.height - top - height)
      var plot = Plot(place, x: Axis("", window) { _ in [] }, y: Axis("", axis.domain) { _ in [] })
      for tick in Self.ticks(axis, height) {
        let y = plot.point(0, tick.value).y
        plot.add(Markup("path", ["class": "g", "d": PathData.line([Point(box.left, y), Point(box.right, y)])]))
        if hasTicks { plot.addLabel(plot.text(tick.label, box.left - 6, y + 4.5, style: "t e")) }
      }
      if number > 0, max(before, window.lowerBound) < now {
        plot.window(max(before, window.lowerBound), now, note: "frame \(number + 1)")
      }
      for start in trace.eventStarts where start.seconds <= now && window.contains(start.seconds) {
        plot.rule(at: start.seconds, "")
      }
      return plot
    }
    /// A line up to the frame's moment, and a dot there.
    func draw(_ values: [Double], _ style: String, _ series: String, on plot: inout Plot) {
      let shown = trace.seconds.indices.filter { $0 <= frame.index && window.contains(trace.seconds[$0]) }
      plot.line(shown.map { trace.seconds[$0] }, shown.map { values[$0] }, style: style)
      let end = plot.point(now, values[frame.index])
      plot.addLabel(Plot.marker(0, at: end, radius: 4, style: "f \(series)"))
    }
    var price = plot(box.top, Self.priceHeight, axes.price)
    for (index, values) in prices.enumerated() { draw(values, index == 0 ? "n s0" : "n s0 d", "s0", on: &price) }
    var equity = plot(box.top + Self.priceHeight + Self.gap, Self.equityHeight, axes.equity)
    draw(trace.equity, "m \(scene.series)", scene.series, on: &equity)
    return price.picture().marks + equity.picture().marks
  }
}
