import Glibc
import Lanes
import Randomness

// The words that all draws are made of, without end, as bytes on standard output: for batteries of tests such as dieharder.
//
//     stream-words ORDER SEED
//
// The draws of a run are numbers of streams, paths and steps, and whoever uses them may meet them in any order of the three. An
// ORDER says which of them runs fastest:
//
//     steps     one stream; of a path 4,096 steps, then the next path
//     paths     one stream; of a step 4,096 paths, then the next step
//     streams   4,096 streams of other names; of a path and a step all of them, then the next step

/// Steps of a path, paths of a step, or streams, that follow each other.
let run = 4096
/// Words of a block, the draws of a path and a step.
let block = 4

/// Says how it is called, and ends.
func refuse() -> Never {
  let usage = Array("usage: stream-words steps|paths|streams SEED\n".utf8)
  _ = Glibc.write(2, usage, usage.count)
  exit(2)
}

guard CommandLine.arguments.count == 3, let seed = UInt64(CommandLine.arguments[2]) else { refuse() }
let streams = RandomStreams(seed: seed, namespace: .report)

/// Writes words until nobody reads any more.
func write(_ words: [UInt32]) {
  words.withUnsafeBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(1, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      guard count > 0 else { exit(0) }
      rest = rest.dropFirst(count)
    }
  }
}

/// Puts the blocks of eight paths at places of an array.
func put(_ stream: DenseStream, _ step: Int32, _ words: inout [UInt32], at place: (Int) -> Int) {
  let (low, high) = stream.words(step)
  for lane in 0..<Lanes.count {
    let start = place(lane)
    words[start] = UInt32(truncatingIfNeeded: low[lane])
    words[start + 1] = UInt32(truncatingIfNeeded: low[lane] >> 32)
    words[start + 2] = UInt32(truncatingIfNeeded: high[lane])
    words[start + 3] = UInt32(truncatingIfNeeded: high[lane] >> 32)
  }
}

signal(SIGPIPE, SIG_IGN)
let key = streams.key("asset/AAPL/diffusion")
switch CommandLine.arguments[1] {
case "steps":
  var words = [UInt32](repeating: 0, count: Lanes.count * run * block)
  for first in stride(from: UInt64(0), to: 1 << 48, by: Lanes.count) {
    let stream = DenseStream(key, PathGroup(firstPath: first))
    for step in 0..<run { put(stream, Int32(step), &words) { lane in (lane * run + step) * block } }
    write(words)
  }
case "paths":
  var words = [UInt32](repeating: 0, count: run * block)
  let groups = stride(from: 0, to: run, by: Lanes.count).map { first in
    (first: first, stream: DenseStream(key, PathGroup(firstPath: UInt64(first))))
  }
  for step in 0..<Int32.max {
    for group in groups { put(group.stream, step, &words) { lane in (group.first + lane) * block } }
    write(words)
  }
case "streams":
  // Eight paths of each stream come at once; what is read is eight steps' worth, path by path.
  var words = [UInt32](repeating: 0, count: Lanes.count * run * block)
  let named = (0..<run).map { DenseStream(streams.key("asset/\($0)/diffusion"), PathGroup(firstPath: 0)) }
  for step in 0..<Int32.max {
    for (number, stream) in named.enumerated() { put(stream, step, &words) { lane in (lane * run + number) * block } }
    write(words)
  }
default: refuse()
}
