/// A fixed number of slots in an indicator's memory: what its windows keep.
///
/// Accesses are not checked: an index is below the capacity by the arithmetic of the one who uses it. The slots live as
/// long as the `IndicatorMemory` that gave them.
struct Ring<Number: IndicatorNumber> {
  private let slots: UnsafeMutablePointer<Number>

  fileprivate init(_ slots: UnsafeMutablePointer<Number>) { self.slots = slots }

  /// The number in a slot.
  subscript(index: Int) -> Number {
    @inline(__always)
    get { slots[index] }
    @inline(__always)
    nonmutating set { slots[index] = newValue }
  }

  /// In each lane the number in a slot of its own.
  @inline(__always)
  func picked(_ index: Number) -> Number { Number.pick(slots, index) }
}

/// The memory of one indicator's windows, owned by whoever runs it.
///
/// Indicators are plain values without a destructor, which the compiler keeps in registers through a whole series; this
/// owns what they point to.
package struct IndicatorMemory<Number: IndicatorNumber>: ~Copyable {
  private var blocks: [UnsafeMutablePointer<Number>] = []

  /// No slots yet.
  init() {}

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Slots that all hold zero.
  mutating func ring(_ capacity: Int) -> Ring<Number> {
    // Vectors that straddle cache lines cost twice: each ring starts on one.
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Number>.stride, alignment: 64
    ).bindMemory(to: Number.self, capacity: capacity)
    start.initialize(repeating: .zero, count: capacity)
    blocks.append(start)
    return Ring(start)
  }
}
