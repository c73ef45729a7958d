import Randomness
import Testing

@Suite("Named streams")
struct RandomStreamsTests {
  @Test("a key is the SplitMix64 chain of version, seed, namespace and the name's FNV-1a hash")
  func keys() {
    // By hand, with the sequence of splitmix64.c: each value is folded in and one output taken.
    func output(_ seed: UInt64) -> UInt64 {
      var generator = SplitMix64(seed: seed)
      return generator.next()
    }
    let name = "asset/AAPL/diffusion"
    let hash = output(output(output(output(RandomStreams.version) ^ 42) ^ Namespace.test.rawValue) ^ fnv1a(name))
    let key = RandomStreams(seed: 42, namespace: .test).key(name)
    #expect(UInt64(key.k1) << 32 | UInt64(key.k0) == hash)
  }

  @Test("seed, namespace and name each move the key")
  func everyPartCounts() {
    let keys = [
      RandomStreams(seed: 1, namespace: .report).key("a"), RandomStreams(seed: 2, namespace: .report).key("a"),
      RandomStreams(seed: 1, namespace: .train).key("a"), RandomStreams(seed: 1, namespace: .report).key("b"),
    ]
    #expect(Set(keys).count == 4)
  }

  @Test("the order of a stream's draws is pinned: another first number means another stream version")
  func pinned() {
    var stream = SparseStream(RandomStreams(seed: 1, namespace: .report).key("pinned"), path: 3)
    let first = [stream.uniform(), stream.uniform(), stream.uniform()]
    // From a few lines of Python, written from the papers of SplitMix64, FNV-1a and Philox.
    #expect(first == Self.pinnedUniforms)
    #expect(RandomStreams.version == 3)
  }
  static let pinnedUniforms: [Double] = [
    0.358918273373743, 0.01163192258142115, 0.21417422662877011,
  ]

  @Test("a sparse stream's numbers are ((w ≫ 11) + ½)/2⁵³ of the words at (block, path high | clone, path low, last)")
  func counters() {
    let key = testStreams.key("counters")
    let path: UInt64 = 0x1234_89ab_cdef
    for (clone, lastWord) in [(0, 0), (7, -1), (65_535, Int32.min), (1, 99)] as [(UInt16, Int32)] {
      var stream = SparseStream(key, path: path, clone: clone, lastWord: lastWord)
      for block in UInt32(0)..<3 {
        let w = Philox.words(
          counter: (block, 0x1234_0000 | UInt32(clone), 0x89ab_cdef, UInt32(bitPattern: lastWord)), key: key)
        #expect(stream.uniform() == (Double((UInt64(w.1) << 32 | UInt64(w.0)) >> 11) + 0.5) * 0x1p-53)
        #expect(stream.uniform() == (Double((UInt64(w.3) << 32 | UInt64(w.2)) >> 11) + 0.5) * 0x1p-53)
      }
    }
  }

  @Test("a copy of a stream goes on from the same place")
  func copies() {
    var stream = SparseStream(testStreams.key("copies"), path: 1)
    _ = stream.uniform()
    var copy = stream
    #expect(copy.uniform() == stream.uniform())
  }

  @Test("sparse uniforms are uniform (Kolmogorov–Smirnov, false alarms 1 in 1,000)")
  func law() {
    let sample = (0..<UInt64(20_000)).flatMap { path in
      var stream = SparseStream(testStreams.key("law"), path: path)
      return [stream.uniform(), stream.uniform(), stream.uniform()]
    }
    #expect(sample.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(kolmogorovSmirnov(sample) { $0 } > 1e-3)
  }

  @Test("names that share a key are reported, a name that comes twice is one stream")
  func collisions() throws {
    try testStreams.checkCollisions(["asset/A/diffusion", "asset/B/diffusion", "asset/A/diffusion"])
    // Two texts of one FNV-1a hash (a known pair) collide under every seed.
    for seed in [0, 1, UInt64.max] {
      let streams = RandomStreams(seed: seed, namespace: .report)
      let collision = #expect(throws: StreamCollision.self) {
        try streams.checkCollisions(["asset/A/diffusion", Self.twins.0, Self.twins.1])
      }
      #expect(
        collision?.description
          == "the random streams '\(Self.twins.0)' and '\(Self.twins.1)' have the same key; use another seed or rename one"
      )
    }
  }
  /// FNV-1a of both is the same 64 bits.
  static let twins = ("8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ")
}
