import Randomness

/// The streams that draw what happens at one moment at which an event turns.
struct KnotKeys: Sendable {
  /// `[asset]`: the asset's price there, then its extremes after it.
  let assets: [StreamKey]
  /// The accounts' uniform after it.
  let account: StreamKey

  /// The streams of a knot that the event gives a name.
  init(_ knot: String, of event: String, assets names: [String], _ streams: RandomStreams) {
    assets = names.map { streams.key(StreamName.knot(knot, of: event, asset: $0)) }
    account = streams.key(StreamName.accountKnot(knot, of: event))
  }
}
