import MarketData

/// One column of features by name: a column of `classic44`, such as `SMA_20_dist`, or TA-Lib's, such as `RSI_14`.
package struct FeatureColumn: Sendable, Hashable {
  /// What a column is made of.
  package enum Source: Sendable, Hashable {
    /// The bar as it is.
    case bar(BarField)
    /// The bar's time.
    case clock(ClockFeature)
    /// An output column of an indicator.
    case indicator(IndicatorCall, output: Int)
  }

  /// The name as it was asked for.
  package let name: String
  /// What it is made of.
  package let source: Source

  init(_ name: String, _ source: Source) {
    self.name = name
    self.source = source
  }

  /// The column of a name: of `classic44` first, else in the grammar of `IndicatorColumn`.
  ///
  /// - Throws: that there is none, with the nearest name.
  package init(_ name: String) throws(IndicatorColumnError) {
    if let own = Classic44.feature(name) {
      self = own.column
      return
    }
    do {
      let column = try IndicatorColumn(name)
      self.init(name, .indicator(column.call, output: column.output))
    } catch .unknownName(let found, let nearest) {
      let own = Classic44.features.map(\.column.name)
      throw .unknownName(found: found, nearest: FeatureColumn.nearest(to: found, nearest, own))
    }
  }

  /// The bars before the first that has a figure.
  package var lookBack: Int {
    if case .indicator(let call, _) = source { call.lookBack } else { 0 }
  }

  /// What it reads of a bar.
  package var inputs: [BarField] {
    switch source {
    case .bar(let field): [field]
    case .clock: []
    case .indicator(let call, _): call.entry.form.inputs.compactMap { BarField(rawValue: $0.rawValue) }
    }
  }
}

extension FeatureColumn {
  /// Columns from their names with commas between them.
  ///
  /// - Throws: everything that is wrong with the names, at once.
  package static func list(_ text: String) throws(FeatureNameProblems) -> [FeatureColumn] {
    var columns: [FeatureColumn] = []
    var problems: [String] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed) {
      if name.isEmpty {
        problems.append("a name is missing before or after a comma")
        continue
      }
      do throws(IndicatorColumnError) {
        let column = try FeatureColumn(name)
        if columns.contains(where: { $0.name == name }) {
          problems.append("\(name) is named twice")
        } else {
          columns.append(column)
        }
      } catch {
        problems.append(error.description)
      }
    }
    if !problems.isEmpty { throw FeatureNameProblems(all: problems) }
    return columns
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// What is wrong with names of columns, all at once.
package struct FeatureNameProblems: Error, Sendable, Hashable {
  /// A sentence each; never empty.
  package let all: [String]
}
