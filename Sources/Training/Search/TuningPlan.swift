import Documents
import Randomness

/// What `stresslab tune` executes: a training, what of it is varied, how trials are spread, and which of them go on.
package struct TuningPlan: Sendable {
  /// For people.
  package let title: String
  /// What the search asks; may be empty.
  package let description: String
  /// The training document that is varied.
  package let training: String
  /// What is varied: JSON pointers into the training document, in their order.
  package let space: Named<SearchAxis>
  /// How trials are spread over the space.
  package let sampler: SearchSampler
  /// Which trials go on.
  package let halving: Halving
  /// What all draws follow from: every trial is trained with each, and the points follow from the first.
  package let seeds: [Int]
  /// Paths of each scenario and severity that the winner is tested on.
  package let testPaths: Int

  /// The document.
  package static let form = Form(
    Field("stresslab", .constant("tuning/1"), "what the document is"),
    Field("title", .string, "the search's name for people"),
    Field("description", .string(mayBeEmpty: true), default: "", "what it asks"),
    Field("training", .filePath, "the training document that is varied, relative to this file"),
    Field(
      "space", .named(form: SearchAxis.form, names: .anything, count: 1...SobolSequence.mostDimensions),
      "what is varied: a JSON pointer into the training document, such as /hyperparameters/learningRate, with what may "
        + "stand there"),
    Field("sampler", .model(SearchSampler.catalogue), "how trials are spread over the space"),
    Field("halving", .form(Halving.form), "how long trials are trained, and how many go on"),
    Field(
      "seeds", .list(.integer(in: 0...Int.max), count: 1...100), default: [1],
      "what all draws follow from: each trial is trained with each of them"),
    Field("test", .formOrDefaults(testForm), "how the winner is tested"),
    make: {
      (_, title, description, training, space, sampler, halving, seeds, testPaths) throws(FormViolation) in
      guard Set(seeds).count == seeds.count else { throw FormViolation("seeds", "a seed stands here twice") }
      return TuningPlan(
        title: title, description: description, training: training, space: space, sampler: sampler, halving: halving,
        seeds: seeds, testPaths: testPaths)
    })

  private static let testForm = Form(
    Field(
      "paths", .integer(in: 8...100_000), default: 1000,
      "paths of each scenario and severity that no trial has seen"),
    make: { $0 })
}
