import Randomness
import Testing

@Suite("Philox")
struct PhiloxTests {
  struct Golden: Sendable {
    let counter: (UInt32, UInt32, UInt32, UInt32)
    let key: (UInt32, UInt32)
    let words: (UInt32, UInt32, UInt32, UInt32)
  }

  static let philox = [
    Golden(counter: (0, 0, 0, 0), key: (0, 0), words: (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    Golden(
      counter: (.max, .max, .max, .max), key: (.max, .max),
      words: (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    Golden(
      counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0),
      words: (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test("scalar Philox gives Random123's known answers", arguments: philox)
  func philoxWords(golden: Golden) {
    let words = Philox.words(counter: golden.counter, key: StreamKey(k0: golden.key.0, k1: golden.key.1))
    #expect(words == golden.words)
  }

  @Test("Philox in lanes gives Random123's known answers where its counters fit a path", arguments: philox)
  func philoxLanes(golden: Golden) {
    // Counter words 1 and 2 are path and clone; lane 0 needs a path that leaves room for seven more.
    let (block, high, low, last) = golden.counter
    let path = UInt64(high >> 16) << 32 | UInt64(low)
    let first = min(path, 1 << 48 - 8)
    let lane = Int(path - first)
    let stream = DenseStream(
      StreamKey(k0: golden.key.0, k1: golden.key.1),
      PathGroup(firstPath: first, clone: UInt16(truncatingIfNeeded: high)), block: block)
    let (a, b) = stream.words(Int32(bitPattern: last))
    #expect(a[lane] == UInt64(golden.words.1) << 32 | UInt64(golden.words.0))
    #expect(b[lane] == UInt64(golden.words.3) << 32 | UInt64(golden.words.2))
  }
}
