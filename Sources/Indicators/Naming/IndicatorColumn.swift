import Documents
import MarketData

/// One output column of an indicator with its parameters, asked for by name: `SMA_20`, `MACD_signal`, `PPO_12_26_ema`.
///
/// The grammar is `NAME[_PARAMETER…][_OUTPUT]`: TA-Lib's name, its parameters in TA-Lib's order and its output column.
/// Parameters left out at the end take their defaults, and so does the output: the column that the indicator is called
/// after. `MACD` is `MACD_12_26_9`; `BBANDS_20_2_2_upper` is `BBANDS_upper`.
package struct IndicatorColumn: Sendable {
  /// The name as it was asked for.
  package let name: String
  /// The indicator and its parameters.
  package let call: IndicatorCall
  /// Which of the indicator's output columns.
  package let output: Int

  /// The bars before the first that has a figure.
  package var lookBack: Int { call.lookBack }

  /// The column of a name.
  ///
  /// - Throws: that there is no such indicator (with the nearest name), output or parameter.
  package init(_ name: String) throws(IndicatorColumnError) {
    guard let (entry, words) = Self.split(name) else {
      throw .unknownName(found: name, nearest: Self.nearest(to: name))
    }
    let form = entry.form
    var parts = words
    var output: Int?
    if let last = parts.last, !last.isEmpty, let index = form.outputs.firstIndex(of: last) {
      output = index
      parts.removeLast()
    }
    var values: [Double] = []
    for (index, part) in parts.enumerated() {
      guard index < form.parameters.count else {
        let isNumber = part.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
        if isNumber {
          throw .tooManyParameters(name: form.name, found: parts.count, known: form.parameters.map(\.name))
        }
        throw .unknownOutput(column: name, found: part, known: form.outputs)
      }
      guard let value = form.parameters[index].value(of: part) else {
        throw .unknownOutput(column: name, found: part, known: form.outputs + form.words(from: index))
      }
      if let complaint = form.parameters[index].complaint(about: value, found: part) {
        throw .illegalParameter(name: form.name, parameter: form.parameters[index].name, complaint: complaint)
      }
      values.append(value)
    }
    guard let output = output ?? form.outputs.firstIndex(of: "") else {
      throw .outputMissing(column: name, known: form.outputs)
    }
    self.name = name
    call = IndicatorCall(entry, try form.parameters(values))
    self.output = output
  }

  /// The indicator with the longest name that a column's name starts with, and the parts after it.
  private static func split(_ name: String) -> (IndicatorEntry, [String])? {
    let parts = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    for count in stride(from: Swift.min(parts.count, IndicatorCatalogue.mostWords), to: 0, by: -1) {
      if let entry = IndicatorCatalogue.entry(parts.prefix(count).joined(separator: "_")) {
        return (entry, Array(parts.dropFirst(count)))
      }
    }
    return nil
  }

  /// The nearest name that there is, with the parameters that were asked for.
  private static func nearest(to name: String) -> String? {
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    let words = parts.prefix { $0.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? true }
    let asked = words.joined(separator: "_")
    let known = IndicatorCatalogue.entries.flatMap { entry in
      entry.form.outputs.map { $0.isEmpty ? entry.name : "\(entry.name)_\($0)" }
    }
    guard let near = Suggestion.nearest(to: asked, among: known) else { return nil }
    let suggestion = ([near] + parts.dropFirst(words.count).map(String.init)).joined(separator: "_")
    return (try? IndicatorColumn(suggestion)) == nil ? near : suggestion
  }
}

extension IndicatorColumn {
  /// Columns of a recorded series, each as long as the series and NaN in its look-back.
  ///
  /// Columns of one indicator with the same parameters are computed in one go.
  package static func values(_ columns: [IndicatorColumn], of series: BarSeries) -> [[Double]] {
    var made: [IndicatorCall: [[Double]]] = [:]
    return columns.map { column in
      let figures = made[column.call] ?? column.call.run(series)
      made[column.call] = figures
      return figures[column.output]
    }
  }
}
