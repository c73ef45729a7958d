import Documents
import Drawing
import MarketData
import Pipeline
import Statistics

/// Drift as it is shown: a sentence for each quantity, and its quantiles side by side.
enum DriftTable {
  static func markup(_ drift: BarDrift) -> [Markup] {
    let spans = [("newest", drift.newest), ("reference", drift.reference)].map { word, stretch in
      "\(word): \(stretch.bars) bars, \(day(stretch.first)) to \(day(stretch.last))"
    }
    return [
      Markup("h3", text: drift.asset.isEmpty ? "What was found" : PrintableText.escaped(drift.asset)),
      .note(spans.joined(separator: "; ")),
      Markup("div", ["class": "grid"], drift.lines.map { Markup("div", [:], line($0)) }),
    ]
  }

  private static func line(_ line: BarDrift.Line) -> [Markup] {
    let badge: Markup =
      switch line.verdict {
      case .drifted: .badge("drifted", "missed")
      case .maybe: .badge("perhaps", "interrupted")
      case .none: .badge("as before", "good")
      case .unknown: .badge("not known")
      }
    let sentence = Markup("p", [:], [badge, .text(" \(line.words).")])
    guard let series = line.series else { return [sentence] }
    let isShare = line.quantity == .logReturn || line.quantity == .absoluteLogReturn || line.quantity == .range
    let text = { (value: Double) in isShare ? Unit.percent.text(value) : Unit.quantity(value) }
    return [
      sentence,
      CardRows(
        "Quantiles of \(line.quantity.title); usual is what 95 % of earlier stretches have",
        head: ["Quantile", "Reference", "Newest", "Usual", "Is"],
        texts: series.quantiles.map { quantile in
          [
            Unit.percent.text(quantile.level, resolution: 0.01), text(quantile.first), text(quantile.second),
            quantile.usual.map { "\(text($0.lowerBound)) to \(text($0.upperBound))" } ?? "too little history",
            quantile.isUnusual ? "unusual" : "",
          ]
        }, areWords: false
      ).markup,
    ]
  }

  private static func day(_ milliseconds: Int64) -> String {
    String(Timestamp.text(milliseconds: milliseconds).prefix(10))
  }
}
