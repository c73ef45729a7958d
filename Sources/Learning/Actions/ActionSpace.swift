/// What a policy decides: one of several choices, or some numbers.
package enum ActionSpace: Sendable, Hashable {
  /// One of `choices` (at least 2), numbered from 0.
  case categorical(choices: Int)
  /// A number for each of `low`'s elements; what reaches the environment is clipped to low…high, element by element.
  case gaussian(low: [Double], high: [Double])

  /// Numbers that make up an action: 1 for a choice.
  package var size: Int {
    switch self {
    case .categorical: 1
    case .gaussian(let low, _): low.count
    }
  }

  /// Outputs of the policy's head: a logit for each choice, or a mean for each number.
  package var outputs: Int {
    switch self {
    case .categorical(let choices): choices
    case .gaussian(let low, _): low.count
    }
  }
}
