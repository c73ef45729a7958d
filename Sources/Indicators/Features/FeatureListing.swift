import Documents

/// Indicators and feature sets in words: what `stresslab list indicators` prints.
package enum FeatureListing {
  /// The listing as text.
  package static var text: String {
    let head = """
      A column is NAME[_PARAMETER...][_OUTPUT], as SMA_20, BBANDS_20_2_2_upper or MACD_signal; parameters left out at
      the end take their defaults. The look-back is that of the defaults.
      """
    return ([head] + entries.map(\.text)).joined(separator: "\n\n") + "\n"
  }

  /// Each indicator, then each feature set, by name.
  package static var entries: [(name: String, text: String)] {
    IndicatorCatalogue.entries.map { ($0.form.name, lines($0)) }
      + [(FeatureSet.classic44.name, classic), (FeatureSet.wide.name, wide)]
  }

  private static func lines(_ entry: IndicatorEntry) -> String {
    let form = entry.form
    let inputs = form.inputs.map(\.rawValue).joined(separator: ", ")
    let columns = form.outputs.map { $0.isEmpty ? form.name : "\(form.name)_\($0)" }.joined(separator: ", ")
    let widths = (0..<2).map { column in
      form.parameters.map { [$0.name, $0.range][column].count }.max() ?? 0
    }
    let parameters = form.parameters.map { parameter in
      let cells = zip([parameter.name, parameter.range], widths).map {
        $0 + String(repeating: " ", count: $1 - $0.count)
      }
      return "  \(cells.joined(separator: "  "))  default \(parameter.text(parameter.standard))  \(parameter.summary)"
    }
    return
      (["\(form.name): \(form.summary)"] + parameters + [
        "  columns \(columns); reads \(inputs); look-back \(form.lookBack(form.standard))"
      ]).joined(separator: "\n")
  }

  /// The columns of `classic44`, each with its look-back and formula.
  private static var classic: String {
    let set = FeatureSet.classic44
    let width = set.columns.map(\.name.count).max() ?? 0
    let rows = Classic44.features.map { feature in
      let name = feature.column.name
      let lookBack = "\(feature.column.lookBack)"
      return "  \(name)\(String(repeating: " ", count: width - name.count))"
        + "  look-back \(lookBack)\(String(repeating: " ", count: 2 - min(2, lookBack.count)))  \(feature.formula)"
    }
    return (["set \(set.name): \(set.summary)"] + rows).joined(separator: "\n")
  }

  /// The columns of `wide` beyond `classic44`.
  private static var wide: String {
    let set = FeatureSet.wide
    let more = set.columns.dropFirst(FeatureSet.classic44.columns.count).map(\.name)
    var lines = ["set \(set.name): \(set.summary): \(set.columns.count) columns", "  classic44"]
    for name in more {
      if let last = lines.last, lines.count > 2, last.count + name.count + 2 <= 110 {
        lines[lines.count - 1] += ", \(name)"
      } else {
        if lines.count > 2 { lines[lines.count - 1] += "," }
        lines.append("  \(name)")
      }
    }
    return lines.joined(separator: "\n")
  }
}
