/// Makes numbered things on several threads.
///
/// - Returns: the things in the order of their numbers, whatever the number of threads.
package func orderedMap<Output: Sendable>(
  _ count: Int, threads: Int, _ make: @escaping @Sendable (_ number: Int) -> Output
) -> [Output] {
  guard threads > 1, count > 1 else { return (0..<count).map(make) }
  var outputs: [Output] = []
  outputs.reserveCapacity(count)
  _ = OrderedJobs<Maker<Output>>(count: count, threads: min(threads, count)).run(
    makeWorker: { Maker(make: make) }, shouldStop: { false }, deliver: { outputs.append($1) })
  return outputs
}

/// Makes things by their numbers.
private struct Maker<Output: Sendable>: JobWorker {
  let make: @Sendable (Int) -> Output

  func run(_ job: Int, shouldStop: () -> Bool) -> Output? { make(job) }
}
