import Documents

extension PPOParameters {
  private static let standard = PPOParameters()

  /// The form of `hyperparameters` in documents.
  package static let form = Form(
    Field(
      "totalSteps", .integer(in: 1...(1 << 50)), default: standard.totalSteps, "environment steps, over all copies"),
    Field(
      "environments", .integer(in: 8...65_536), default: standard.environments,
      "copies of the environment, a multiple of 8"),
    Field(
      "rolloutSteps", .integer(in: 1...1_000_000), default: standard.rolloutSteps, "steps of each copy in a rollout"),
    Field("epochs", .integer(in: 1...1_000), default: standard.epochs, "passes over each rollout"),
    Field("minibatch", .integer(in: 1...(1 << 30)), default: standard.minibatch, "samples of one gradient step"),
    Field(
      "discount", .number(in: .between(0, 1)), default: standard.discount, "γ, what a reward is worth one step later"),
    Field(
      "advantageLambda", .number(in: .between(0, 1)), default: standard.advantageLambda,
      "λ of generalised advantage estimation"),
    Field(
      "learningRate", .number(in: .above(0, atMost: 1)), default: standard.learningRate, "Adam's step size at the start"
    ),
    Field("finalLearningRate", .number(in: .between(0, 1)), default: standard.finalLearningRate, "and at the end"),
    Field(
      "clip", .number(in: .above(0, atMost: 10)), default: standard.clip,
      "ε, how far the ratio of probabilities may move"),
    Field("finalClip", .number(in: .above(0, atMost: 10)), default: standard.finalClip, "and at the end"),
    Field("valueClip", .optional(.number(in: .above(0))), "how far a value may move"),
    Field(
      "entropyCoefficient", .number(in: .atLeast(0)), default: standard.entropyCoefficient, "weight of the entropy"),
    Field(
      "valueCoefficient", .number(in: .atLeast(0)), default: standard.valueCoefficient,
      "weight of the value's squared error"),
    Field(
      "maximumGradientNorm", .number(in: .above(0)), default: standard.maximumGradientNorm,
      "the norm that gradients are scaled down to"),
    Field(
      "normalisesAdvantages", .boolean, default: standard.normalisesAdvantages,
      "whether advantages are scaled in each minibatch"),
    Field("targetKL", .optional(.number(in: .above(0))), "divergence at 1.5 times which an update ends"),
    Field("adamEpsilon", .number(in: .between(1e-30, 1)), default: standard.adamEpsilon, "Adam's ε"),
    Field(
      "normalisesObservations", .boolean, default: standard.normalisesObservations, "whether observations are scaled"),
    Field(
      "observationClip", .number(in: .above(0)), default: standard.observationClip, "the largest normalised observation"
    ),
    Field("scalesRewards", .boolean, default: standard.scalesRewards, "whether rewards are scaled"),
    Field("rewardClip", .number(in: .above(0)), default: standard.rewardClip, "the largest scaled reward"),
    Field("statisticsSteps", .optional(.integer(in: 0...(1 << 50))), "steps after which statistics are frozen"),
    make: PPOParameters.init(
      totalSteps:environments:rolloutSteps:epochs:minibatch:discount:advantageLambda:learningRate:finalLearningRate:
      clip:finalClip:valueClip:entropyCoefficient:valueCoefficient:maximumGradientNorm:normalisesAdvantages:targetKL:
      adamEpsilon:normalisesObservations:observationClip:scalesRewards:rewardClip:statisticsSteps:))

  // swift-format-ignore: AlwaysUseLowerCamelCase
  private init(
    totalSteps: Int, environments: Int, rolloutSteps: Int, epochs: Int, minibatch: Int, discount: Double,
    advantageLambda: Double, learningRate: Double, finalLearningRate: Double, clip: Double, finalClip: Double,
    valueClip: Double?, entropyCoefficient: Double, valueCoefficient: Double, maximumGradientNorm: Double,
    normalisesAdvantages: Bool, targetKL: Double?, adamEpsilon: Double, normalisesObservations: Bool,
    observationClip: Double, scalesRewards: Bool, rewardClip: Double, statisticsSteps: Int?
  ) throws(FormViolation) {
    self.totalSteps = totalSteps
    self.environments = environments
    self.rolloutSteps = rolloutSteps
    self.epochs = epochs
    self.minibatch = minibatch
    self.discount = discount
    self.advantageLambda = advantageLambda
    self.learningRate = learningRate
    self.finalLearningRate = finalLearningRate
    self.clip = clip
    self.finalClip = finalClip
    self.valueClip = valueClip
    self.entropyCoefficient = entropyCoefficient
    self.valueCoefficient = valueCoefficient
    self.maximumGradientNorm = maximumGradientNorm
    self.normalisesAdvantages = normalisesAdvantages
    self.targetKL = targetKL
    self.adamEpsilon = adamEpsilon
    self.normalisesObservations = normalisesObservations
    self.observationClip = observationClip
    self.scalesRewards = scalesRewards
    self.rewardClip = rewardClip
    self.statisticsSteps = statisticsSteps
    if !violations.isEmpty { throw FormViolation(violations) }
  }

  /// What no training could be made with, beyond the ranges of the form's fields.
  var violations: [FormViolation] {
    var result: [FormViolation] = []
    if environments < 8 || environments % 8 != 0 {
      result.append(FormViolation("environments", "\(environments) is not a multiple of 8"))
    }
    for (name, count) in [("rolloutSteps", rolloutSteps), ("epochs", epochs), ("minibatch", minibatch)] where count < 1
    {
      result.append(FormViolation(name, "\(count) is not at least 1"))
    }
    let (samples, overflow) = environments.multipliedReportingOverflow(by: rolloutSteps)
    if overflow || samples > 1 << 30 {
      result.append(
        FormViolation("rolloutSteps", "a rollout of \(environments) × \(rolloutSteps) samples takes too much memory"))
    }
    return result
  }

  /// As it is written: every field.
  var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("totalSteps", .integer(totalSteps)), JSONMember("environments", .integer(environments)),
      JSONMember("rolloutSteps", .integer(rolloutSteps)), JSONMember("epochs", .integer(epochs)),
      JSONMember("minibatch", .integer(minibatch)), JSONMember("discount", .number(discount)),
      JSONMember("advantageLambda", .number(advantageLambda)), JSONMember("learningRate", .number(learningRate)),
      JSONMember("finalLearningRate", .number(finalLearningRate)), JSONMember("clip", .number(clip)),
      JSONMember("finalClip", .number(finalClip)),
    ]
    if let valueClip { members.append(JSONMember("valueClip", .number(valueClip))) }
    members += [
      JSONMember("entropyCoefficient", .number(entropyCoefficient)),
      JSONMember("valueCoefficient", .number(valueCoefficient)),
      JSONMember("maximumGradientNorm", .number(maximumGradientNorm)),
      JSONMember("normalisesAdvantages", .bool(normalisesAdvantages)),
    ]
    if let targetKL { members.append(JSONMember("targetKL", .number(targetKL))) }
    members += [
      JSONMember("adamEpsilon", .number(adamEpsilon)),
      JSONMember("normalisesObservations", .bool(normalisesObservations)),
      JSONMember("observationClip", .number(observationClip)), JSONMember("scalesRewards", .bool(scalesRewards)),
      JSONMember("rewardClip", .number(rewardClip)),
    ]
    if let statisticsSteps { members.append(JSONMember("statisticsSteps", .integer(statisticsSteps))) }
    return .object(members)
  }
}
