import Documents

/// The kinds of dependence that a scenario can name.
package enum Dependences {
  /// All of them.
  package static let catalogue = Catalogue<any Dependence>(
    "dependences",
    .entry("gaussian", GaussianDependence.form, "jointly normal diffusions with constant correlations") { $0 })
}

extension GaussianDependence {
  /// The fields in documents.
  package static let form = Form(
    Field("correlations", .correlations, default: [:], "correlation of each pair of assets, as \"A/B\"; others have 0"),
    make: { GaussianDependence($0) })
}

extension FieldKind where Value == [AssetPair: Double] {
  /// Numbers by pairs of assets, "A/B" in any order.
  static var correlations: FieldKind {
    let numbers = FieldKind<Named<Double>>.named(.number(in: .between(-1, 1)), names: .anything)
    return FieldKind(
      FieldType("number by pair of assets", range: "-1…1"), schema: numbers.schema,
      json: { $0.isEmpty ? .object([]) : nil }
    ) { node, reading in
      guard numbers.read(node, reading) != nil, let members = node.members else { return nil }
      var correlations: [AssetPair: Double] = [:]
      var isRight = true
      for member in members {
        func refuse(_ message: String) {
          reading.report(message, at: member, of: node)
          isRight = false
        }
        let names = member.name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2 else {
          refuse("expected two assets, as in \"A/B\"")
          continue
        }
        guard names.allSatisfy({ reading.resolve($0, "asset", report: refuse) }) else { continue }
        if names[0] == names[1] {
          refuse("an asset's correlation with itself is 1")
        } else if correlations.updateValue(member.value.number ?? 0, forKey: AssetPair(names[0], names[1])) != nil {
          refuse("the pair \(quoted(names[1] + "/" + names[0])) is there already")
        }
      }
      return isRight ? correlations : nil
    }
  }
}

extension FieldKind where Value == any Dependence {
  /// A dependence whose correlations some joint law of the assets has.
  static var dependence: FieldKind {
    .model(Dependences.catalogue).then { dependence, node, reading in
      if reading[IsRecorded.self] {
        reading.report("does not go together with \"history\": recorded rows bring their dependence", at: node)
      } else if let assets = reading.names(of: "asset"),
        CholeskyFactor(dependence.correlations(of: assets.sorted())) == nil
      {
        reading.report(
          "no assets can have these correlations together: the matrix is not positive definite",
          at: node["correlations"] ?? node)
      }
    }
  }
}
