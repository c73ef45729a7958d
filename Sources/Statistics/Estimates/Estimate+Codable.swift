extension Estimate: Codable {
  private enum CodingKeys: String, CodingKey {
    case value, low, high, confidence, n, method, evidence, atMost
  }

  /// The words for what is not plain sampling; that has none.
  private enum EvidenceWord: String, Codable {
    case tooFewPaths, notSeen
  }

  /// Reads the six keys; what is `null` or missing among value, low and high is not estimable. Without `evidence` the
  /// numbers stand for themselves.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let value = try container.decodeIfPresent(Double.self, forKey: .value)
    let low = try container.decodeIfPresent(Double.self, forKey: .low)
    let high = try container.decodeIfPresent(Double.self, forKey: .high)
    let confidence = try container.decode(Double.self, forKey: .confidence)
    let n = try container.decode(Int.self, forKey: .n)
    let method = try container.decode(Method.self, forKey: .method)
    let word = try container.decodeIfPresent(EvidenceWord.self, forKey: .evidence)
    let evidence: Evidence =
      switch word {
      case .tooFewPaths: .tooFewPaths
      case .notSeen: .notSeen(atMost: try container.decode(Double.self, forKey: .atMost))
      case nil: .sampled
      }
    let present = [low, value, high].compactMap { $0 }
    guard confidence > 0, confidence < 1, n >= 0, present == present.sorted() else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "An estimate has low ≤ value ≤ high, a confidence between 0 and 1, and n of at least 0."))
    }
    self.init(
      value: value, low: low, high: high, confidence: confidence, n: n, method: method, evidence: evidence)
  }

  /// Writes all six keys, with `null` for what is not estimable; and what the sample says in place of an interval.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(n, forKey: .n)
    try container.encode(method, forKey: .method)
    switch evidence {
    case .sampled: break
    case .tooFewPaths: try container.encode(EvidenceWord.tooFewPaths, forKey: .evidence)
    case .notSeen(let atMost):
      try container.encode(EvidenceWord.notSeen, forKey: .evidence)
      try container.encode(atMost, forKey: .atMost)
    }
  }
}
