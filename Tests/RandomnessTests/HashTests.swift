import Randomness
import Testing

@Suite("The hashes that make keys of names")
struct HashTests {
  @Test("SplitMix64 gives the published sequence")
  func splitMix() {
    // Vigna's splitmix64.c with x = 0 and x = 1234567.
    var zero = SplitMix64(seed: 0)
    #expect(zero.next() == 0xe220_a839_7b1d_cdaf)
    var generator = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
    for (count, output) in expected.enumerated() {
      var later = SplitMix64(seed: 1_234_567).advanced(by: UInt64(count))
      #expect(later.next() == output)
    }
  }

  @Test(
    "FNV-1a gives the hashes of RFC 9923",
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func fowlerNollVo(text: String, hash: UInt64) { #expect(fnv1a(text) == hash) }
}
