import CGSL

/// The Philox4x32-10 generator: a keyed bijection of a 128-bit counter. The scalar form.
///
/// Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC11.
package enum Philox {
  /// The four words at a counter.
  package static func words(
    counter: (UInt32, UInt32, UInt32, UInt32), key: StreamKey
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    let input: InlineArray<4, UInt32> = [counter.0, counter.1, counter.2, counter.3]
    var output: InlineArray<4, UInt32> = [0, 0, 0, 0]
    var outputSpan = output.mutableSpan
    input.span.withUnsafeBufferPointer { input in
      outputSpan.withUnsafeMutableBufferPointer { output in
        philox4x32(input.baseAddress, key.k0, key.k1, output.baseAddress)
      }
    }
    return (output[0], output[1], output[2], output[3])
  }
}
