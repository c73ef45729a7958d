import Randomness

/// The streams that draw what happens at one moment at which an event turns.
struct KnotKeys: Sendable {
  /// `[asset]`: the asset's price there, then its extremes after it.
  let assets: [StreamKey]
  /// The accounts' uniform after it.
  let account: StreamKey
  /// `[target][source]`: the normals there of what events blend correlations towards.
  let stressed: [[StreamKey]]
  /// The uniform that says under which of these the extremes after it are drawn.
  let stressedExtremes: StreamKey

  /// The streams of a knot that the event gives a name.
  init(_ knot: String, of event: String, _ market: MarketDescription, _ streams: RandomStreams) {
    let names = market.assets
    assets = names.map { streams.key(StreamName.knot(knot, of: event, asset: $0)) }
    account = streams.key(StreamName.accountKnot(knot, of: event))
    stressed = market.targets.map { target in
      target.streamNames(of: market.events[target.event], at: knot, of: event).map(streams.key)
    }
    stressedExtremes = streams.key(StreamName.stressedExtremes(at: knot, of: event))
  }
}
