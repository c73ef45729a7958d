/// A fixed number of slots that one indicator owns: what its windows keep.
///
/// Accesses are not checked: an index is below the capacity by the arithmetic of the one who owns it.
struct Ring<Number: IndicatorNumber>: ~Copyable {
  private let slots: UnsafeMutablePointer<Number>
  /// The number of slots.
  let capacity: Int

  /// Slots that all hold zero.
  init(_ capacity: Int) {
    self.capacity = capacity
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: .zero, count: capacity)
  }

  deinit { slots.deallocate() }

  /// The number in a slot, 0..<capacity.
  subscript(index: Int) -> Number {
    @inline(__always)
    get { slots[index] }
    @inline(__always)
    nonmutating set { slots[index] = newValue }
  }
}
