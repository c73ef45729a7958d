import Learning

extension PPO {
  /// Trains to the end.
  func finish() throws(DivergedTraining) {
    while !isFinished { _ = try update() }
  }
}
