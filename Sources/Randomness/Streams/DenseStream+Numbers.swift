import Lanes

extension DenseStream {
  /// Four standard normals a lane from one block, for the steps 4·block … 4·block + 3 of a stream that takes one
  /// normal a step.
  @inlinable @inline(__always)
  package func normals(block: Int32) -> NormalBlock {
    let (a, b) = words(block)
    let (z0, z1) = boxMuller(a)
    let (z2, z3) = boxMuller(b)
    return NormalBlock(z0, z1, z2, z3)
  }

  /// The normals of many steps: those of the blocks `firstBlock`, `firstBlock` + 1 … in the order of their steps.
  ///
  /// All words are drawn before the first is transformed, and all logarithms taken before the first square root, in three
  /// short loops: one loop has more constants than the machine has registers, and a chain too long for it to work on
  /// several at once, and takes a third longer.
  /// - Parameter normals: where they go; four times as many as blocks.
  package func normals(firstBlock: Int32, into normals: inout MutableSpan<Lanes>) {
    precondition(normals.count % 4 == 0, "Invariant: a block has four normals")
    let stream = self
    var block = firstBlock
    for index in stride(from: 0, to: normals.count, by: 4) {
      let (a, b) = stream.words(block)
      normals[index] = Lanes(bitPattern: a)
      normals[index + 2] = Lanes(bitPattern: b)
      block += 1
    }
    for index in stride(from: 0, to: normals.count, by: 2) {
      normals[index + 1] = halfSquaredRadius(ofHigh40Bits: Words(bitPattern: normals[index]))
    }
    for index in stride(from: 0, to: normals.count, by: 2) {
      let (first, second) = boxMuller(Words(bitPattern: normals[index]), squaredRadius: normals[index + 1])
      normals[index] = first
      normals[index + 1] = second
    }
  }

  /// The same for one block of many groups of paths: the four steps' normals of each.
  package static func normals(_ streams: Span<DenseStream>, block: Int32, into blocks: inout MutableSpan<NormalBlock>) {
    precondition(streams.count == blocks.count, "Invariant: a block of normals for every stream")
    for index in streams.indices {
      let (a, b) = streams[index].words(block)
      blocks[index].z0 = Lanes(bitPattern: a)
      blocks[index].z2 = Lanes(bitPattern: b)
    }
    for index in blocks.indices {
      blocks[index].z1 = halfSquaredRadius(ofHigh40Bits: Words(bitPattern: blocks[index].z0))
      blocks[index].z3 = halfSquaredRadius(ofHigh40Bits: Words(bitPattern: blocks[index].z2))
    }
    for index in blocks.indices {
      let (first, second) = (Words(bitPattern: blocks[index].z0), Words(bitPattern: blocks[index].z2))
      (blocks[index].z0, blocks[index].z1) = boxMuller(first, squaredRadius: blocks[index].z1)
      (blocks[index].z2, blocks[index].z3) = boxMuller(second, squaredRadius: blocks[index].z3)
    }
  }

  /// Four uniforms a lane from one block, (w + ½)·2⁻³² of each 32-bit word, in (0, 1).
  @inlinable @inline(__always)
  package func uniforms32(step: Int32) -> (Lanes, Lanes, Lanes, Lanes) {
    let (a, b) = words(step)
    return (
      Self.uniform32(a & 0xffff_ffff), Self.uniform32(a &>> 32), Self.uniform32(b & 0xffff_ffff),
      Self.uniform32(b &>> 32)
    )
  }

  /// Two uniforms a lane from one block, ((w ≫ 12) + ½)·2⁻⁵² of each 64-bit word, in (0, 1).
  @inlinable @inline(__always)
  package func uniforms52(step: Int32) -> (Lanes, Lanes) {
    let (a, b) = words(step)
    return (Self.uniform52(a), Self.uniform52(b))
  }

  // A word under 2⁵² becomes a number by its bits under the exponent of 2⁵²; one subtraction takes that off and
  // centres.

  @inlinable @inline(__always)
  static func uniform32(_ word: Words) -> Lanes {
    (Lanes(bitPattern: word | 0x4330_0000_0000_0000) - (0x1p52 - 0.5)) * 0x1p-32
  }

  @inlinable @inline(__always)
  static func uniform52(_ word: Words) -> Lanes {
    (Lanes(bitPattern: (word &>> 12) | 0x4330_0000_0000_0000) - (0x1p52 - 0.5)) * 0x1p-52
  }
}

/// Four standard normals a lane.
@frozen @usableFromInline
package struct NormalBlock: Sendable, Equatable {
  /// The normal of the step 4·block.
  @usableFromInline package var z0: Lanes
  /// The normal of the step 4·block + 1.
  @usableFromInline package var z1: Lanes
  /// The normal of the step 4·block + 2.
  @usableFromInline package var z2: Lanes
  /// The normal of the step 4·block + 3.
  @usableFromInline package var z3: Lanes

  /// Four normals in the order of their steps.
  @inlinable @inline(__always)
  package init(_ z0: Lanes, _ z1: Lanes, _ z2: Lanes, _ z3: Lanes) {
    self.z0 = z0
    self.z1 = z1
    self.z2 = z2
    self.z3 = z3
  }

  /// The normal of the step 4·block + index, index 0…3.
  @inlinable @inline(__always)
  package subscript(index: Int32) -> Lanes {
    switch index {
    case 0: z0
    case 1: z1
    case 2: z2
    default: z3
    }
  }
}
