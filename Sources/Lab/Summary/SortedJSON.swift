import Foundation
import Trading

/// JSON that is the same bytes for the same value: sorted keys, shortest numbers.
enum SortedJSON {
  /// A value as JSON.
  ///
  /// - Throws: `EncodingError` where a number is not finite.
  static func bytes(of value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  /// What has a trace in it, or is one, as JSON: the bytes of `bytes(of:)`, sooner.
  ///
  /// A path that trades in every step of a long market has so many trades that the encoder, which makes a container of
  /// each, would take most of the time at the end of a run.
  ///
  /// - Parameters:
  ///   - value: with the trades.
  ///   - bare: the same value with no trades; the last list of that name in it is the one that gets them.
  /// - Throws: `EncodingError` where a number is not finite.
  static func bytes(of value: some Encodable, bare: some Encodable, _ trades: [Trade]) throws -> Data {
    guard trades.allSatisfy(\.isFinite) else { return try bytes(of: value) }
    var data = try bytes(of: bare)
    // No string can hold this: in one, a quote stands behind a backslash.
    guard let place = data.range(of: Data(#""trades":[]"#.utf8), options: .backwards) else {
      preconditionFailure("Invariant: a trace has a list of trades")
    }
    data.insert(contentsOf: try list(trades), at: place.upperBound - 1)
    return data
  }

  /// The trades, with commas between them.
  private static func list(_ trades: [Trade]) throws -> [UInt8] {
    var names: [String: [UInt8]] = [:]
    for trade in trades where names[trade.asset] == nil { names[trade.asset] = [UInt8](try bytes(of: trade.asset)) }
    var text: [UInt8] = []
    text.reserveCapacity(trades.count * 128)
    for (index, trade) in trades.enumerated() {
      text += (index > 0 ? #",{"asset":"# : #"{"asset":"#).utf8
      text += names[trade.asset] ?? []
      append(#","midAtDecision":"#, trade.midAtDecision, to: &text)
      append(#","price":"#, trade.price, to: &text)
      append(#","quantity":"#, trade.quantity, to: &text)
      text += #","reason":""#.utf8
      text += trade.reason.rawValue.utf8
      append(#"","seconds":"#, trade.seconds, to: &text)
      text.append(UInt8(ascii: "}"))
    }
    return text
  }

  /// A key and a number, as the encoder writes it: without the `.0` of whole ones.
  private static func append(_ key: String, _ number: Double, to text: inout [UInt8]) {
    text += key.utf8
    text += number.description.utf8
    if text.suffix(2).elementsEqual(".0".utf8) { text.removeLast(2) }
  }
}

extension Trade {
  /// Whether JSON has all of its numbers.
  fileprivate var isFinite: Bool {
    seconds.isFinite && quantity.isFinite && price.isFinite && midAtDecision.isFinite
  }
}

extension Trace {
  /// The same trace without its trades.
  fileprivate var bare: Trace {
    Trace(
      path: path, seconds: seconds, prices: prices, equity: equity, positions: positions, trades: [], markers: markers,
      parameters: parameters, equityParts: equityParts, largestSteps: largestSteps,
      holdings: holdings, halts: halts, heldBack: heldBack, text: text)
  }

  /// The trace as JSON.
  ///
  /// - Throws: `EncodingError` where a number is not finite.
  package func json() throws -> Data { try SortedJSON.bytes(of: self, bare: bare, trades) }
}

extension DeskSummary {
  /// The desk as JSON, with its trace.
  ///
  /// - Throws: `EncodingError` where a number is not finite.
  func json() throws -> Data {
    guard let worstPath else { return try SortedJSON.bytes(of: self) }
    return try SortedJSON.bytes(of: self, bare: with(worstPath: worstPath.bare), worstPath.trades)
  }

  private func with(worstPath: Trace) -> DeskSummary {
    DeskSummary(
      scenario: scenario, severity: severity, agent: agent, risk: risk, desk: desk, startEquity: startEquity,
      measures: measures, fans: fans, worstPath: worstPath, worstPathInCalm: worstPathInCalm,
      worstByEvents: worstByEvents)
  }
}
