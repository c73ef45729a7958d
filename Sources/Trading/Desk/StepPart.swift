/// The two parts of a step: before and after the arrival of its orders. Only the second can touch what they opened.
enum StepPart {
  case beforeArrival
  case afterArrival
}
