/// What a draw is for. Markets of one namespace are independent of those of another under the same seed, so that an
/// agent is never judged on a market that it has learned from.
package enum Namespace: UInt64, Sendable, Hashable, CaseIterable {
  /// What reports are made of: the default of a `Market`.
  case report = 0
  /// What agents learn on: the default of a training.
  case train
  /// For judging an agent that is still being trained; nothing draws from it yet.
  case validation
  /// For judging an agent that has been trained, and for draws of our own tests.
  case test
  /// What a reference market is made of, which GSL's samplers draw beside a report's.
  case reference
}

/// The Philox key of one named stream.
@frozen @usableFromInline
package struct StreamKey: Sendable, Hashable {
  /// The first key word: the low half of the chained hash.
  @usableFromInline package let k0: UInt32
  /// The second key word: the high half.
  @usableFromInline package let k1: UInt32

  /// A key of two words.
  package init(k0: UInt32, k1: UInt32) {
    self.k0 = k0
    self.k1 = k1
  }
}

/// The named random streams of one seed and namespace.
///
/// A key is the SplitMix64 chain of (stream version, seed, namespace, FNV-1a of the name). Names say what a stream
/// drives (`asset/AAPL/diffusion`, `event/crash/drop`); nothing else about a scenario moves a draw.
package struct RandomStreams: Sendable, Hashable {
  /// The version of the whole stream layout: keys, counters, and the transforms of words to uniforms and normals.
  /// Another version means other paths for the same seed: a breaking change.
  package static let version: UInt64 = 3

  /// The run's seed.
  package let seed: UInt64
  /// What the draws are for.
  package let namespace: Namespace

  /// The streams of a seed.
  package init(seed: UInt64, namespace: Namespace) {
    self.seed = seed
    self.namespace = namespace
  }

  /// The key of the stream with this name.
  package func key(_ name: String) -> StreamKey {
    let hash = SplitMix64.chain([Self.version, seed, namespace.rawValue, fnv1a(name)])
    return StreamKey(k0: UInt32(truncatingIfNeeded: hash), k1: UInt32(truncatingIfNeeded: hash >> 32))
  }

  /// Checks that no two different names share a key. Repeated names are one stream.
  ///
  /// Under one key the counters of different draws differ, and Philox is a bijection of the counter: draws cannot
  /// coincide. Across keys only the 64-bit hash can collide (chance n²/2⁶⁵), and that is what this rules out.
  package func checkCollisions(_ names: [String]) throws(StreamCollision) {
    var owners: [StreamKey: String] = [:]
    for name in names {
      if let owner = owners.updateValue(name, forKey: key(name)), owner != name {
        throw StreamCollision(first: owner, second: name)
      }
    }
  }
}

/// Two stream names have the same key under this seed: another name or seed is needed.
package struct StreamCollision: Error, Hashable, CustomStringConvertible {
  /// The name that came first.
  package let first: String
  /// The name that has the same key.
  package let second: String

  package var description: String {
    "the random streams '\(first)' and '\(second)' have the same key; use another seed or rename one"
  }
}
