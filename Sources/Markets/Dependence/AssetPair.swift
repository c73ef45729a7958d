import Documents

/// Two assets in no order.
package struct AssetPair: Sendable, Hashable {
  /// The name that comes first in order.
  package let first: String
  /// The other one.
  package let second: String

  /// A pair, in any order.
  package init(_ a: String, _ b: String) {
    first = min(a, b)
    second = max(a, b)
  }
}

extension FieldKind where Value == [AssetPair: Double] {
  /// Numbers by pairs of assets, "A/B" in any order.
  static var correlations: FieldKind {
    let numbers = FieldKind<Named<Double>>.named(.number(in: .between(-1, 1)), names: .anything)
    return FieldKind(
      FieldType("number by pair of assets, or a file of them", range: "-1…1"),
      schema: { .anyOf([numbers.schema($0).orExtension, FieldKind<String>.filePath.schema($0)]) },
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
