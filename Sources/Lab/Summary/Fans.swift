/// The fans of an asset or a desk, by quantity; in JSON each under its quantity's key, beside what else the object has.
package struct Fans: Encodable, Sendable, Equatable {
  private var fans: [String: Fan]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Parameter fans: by the quantities' keys.
  package init(_ fans: [String: Fan]) { self.fans = fans }

  /// Those of some quantities that an object holds.
  init(_ quantities: [FanQuantity], from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    fans = [:]
    for quantity in quantities {
      fans[quantity.key] = try container.decodeIfPresent(Fan.self, forKey: Key(stringValue: quantity.key))
    }
  }

  /// Writes each fan under its quantity's key, into the object that the encoder is at.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (key, fan) in fans { try container.encode(fan, forKey: Key(stringValue: key)) }
  }

  /// A fan, nil where the quantity was not counted.
  package subscript(quantity: FanQuantity) -> Fan? { fans[quantity.key] }
}
