import Documents
import MarketData
import Statistics

extension BarDrift {
  /// For programs; what is not known is null.
  package var json: JSONValue {
    [
      "asset": .string(asset), "newest": newest.json, "reference": reference.json,
      "quantities": .array(lines.map(\.json)),
    ]
  }
}

extension BarDrift.Stretch {
  fileprivate var json: JSONValue {
    [
      "bars": .integer(bars), "first": .string(Timestamp.text(milliseconds: first)),
      "last": .string(Timestamp.text(milliseconds: last)),
    ]
  }
}

extension BarDrift.Line {
  fileprivate var json: JSONValue {
    [
      "quantity": .string(quantity.rawValue), "verdict": .string(verdict.rawValue), "words": .string(words),
      "distance": series.map { .number($0.distance) } ?? .null,
      "probability": series.map { .number($0.probability) } ?? .null,
      "adjusted": adjusted.map { .number($0) } ?? .null,
      "probabilityOfIndependent": series.map { .number($0.probabilityOfIndependent) } ?? .null,
      "shareOfStretches": series?.shareOfStretches.map { .number($0) } ?? .null,
      "block": series.map { .number($0.block) } ?? .null,
      "quantiles": .array((series?.quantiles ?? []).map(\.json)),
    ]
  }

  /// What was found, in a sentence.
  package var words: String {
    let name = quantity.title
    guard let series, let adjusted else {
      return "Of \(name) nothing can be said: there are too few, or none in the file"
    }
    let distance = Unit.decimal(series.distance, decimals: 3)
    let chance = adjusted < 0.01 ? "under 0.01" : Unit.decimal(adjusted, decimals: 2)
    let stretches =
      series.shareOfStretches.map {
        "; \(Unit.percent.text($0, resolution: 0.01)) of earlier stretches as long lay as far from the rest"
      } ?? "; there is too little history to see how far earlier stretches lay from the rest"
    let figures = "distance \(distance), p \(chance) with memory and among all quantities\(stretches)"
    switch verdict {
    case .drifted: return "The \(name) have drifted\(direction(series)): \(figures)"
    case .maybe: return "The \(name) may have drifted\(direction(series)): \(figures)"
    case .none, .unknown: return "The \(name) are as before: \(figures)"
    }
  }

  private func direction(_ series: TwoSeries) -> String {
    guard let low = series.quantiles.first, let high = series.quantiles.last else { return "" }
    switch quantity {
    case .logReturn:
      let (width, before) = (high.second - low.second, high.first - low.first)
      return width > before ? ", and vary more" : ", and vary less"
    default:
      guard let middle = series.quantiles.first(where: { $0.level == 0.5 }) else { return "" }
      return middle.second > middle.first ? ", to larger ones" : ", to smaller ones"
    }
  }
}

extension TwoSeries.QuantileLine {
  fileprivate var json: JSONValue {
    [
      "level": .number(level), "reference": .number(first), "newest": .number(second),
      "usualLow": usual.map { .number($0.lowerBound) } ?? .null,
      "usualHigh": usual.map { .number($0.upperBound) } ?? .null, "isUnusual": .bool(isUnusual),
    ]
  }
}
