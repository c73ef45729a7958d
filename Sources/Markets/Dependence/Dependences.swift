import Documents

/// The kinds of dependence that a scenario can name; a new one is one file and one line here.
package enum Dependences {
  /// All of them.
  package static let catalogue = Catalogue<any Dependence>(
    "dependences",
    .entry("gaussian", GaussianDependence.form, "jointly normal diffusions with constant correlations") { $0 },
    .entry(
      "studentT", StudentDependence.form, "normal diffusions with Student's copula: assets have their extremes together"
    ) { $0 },
    .entry("factor", FactorDependence.form, "jointly normal diffusions with one factor in common") { $0 },
  )
}

extension FieldKind where Value == any Dependence {
  /// A dependence whose correlations some joint law of the assets has; it tells the events.
  static var dependence: FieldKind {
    .model(Dependences.catalogue).then { dependence, node, reading in
      if reading[IsRecorded.self] {
        reading.report("does not go together with \"history\": recorded rows bring their dependence", at: node)
      } else if let assets = reading.names(of: "asset")?.sorted(),
        let complaint = CorrelationComplaint(dependence.correlations(of: assets), of: assets)
      {
        reading.report(complaint.text, at: node["correlations"] ?? node)
      }
      reading[ScenarioDependence.self] = dependence
    }
  }
}
