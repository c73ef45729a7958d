/// Feature columns under a name.
package struct FeatureSet: Sendable {
  /// The name, as in `--set`.
  package let name: String
  /// What it is, in one line.
  package let summary: String
  /// The columns in their order.
  package let columns: [FeatureColumn]

  /// The columns of the project that this one re-creates, by their names and in their order.
  package static let classic44 = FeatureSet(
    name: "classic44", summary: "bars, averages, bands, ranges, volume, returns and time: 44 columns",
    columns: Classic44.features.map(\.column))

  /// `classic44`, and every output column of every indicator at its default parameters that is not among them.
  package static let wide: FeatureSet = {
    var known = Set(classic44.columns.map(\.source))
    var columns = classic44.columns
    for entry in IndicatorCatalogue.entries {
      let call = IndicatorCall(entry, entry.form.standard)
      for output in entry.form.outputs.indices where known.insert(.indicator(call, output: output)).inserted {
        columns.append(FeatureColumn(call.columnName(output), .indicator(call, output: output)))
      }
    }
    return FeatureSet(
      name: "wide", summary: "classic44, and all other indicators at their default parameters", columns: columns)
  }()

  /// All sets.
  package static let all = [classic44, wide]
}
