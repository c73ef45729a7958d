/// A leg of a step, through which a desk is led in one go: of a sub-step, from one joint point to the next; or a part of the
/// step where that has no legs of its own.
struct Leg {
  /// The part of the step that it belongs to.
  let part: StepPart
  /// Its number in the market's `StepLegs`; nil where the part is the leg.
  let number: Int?
}
