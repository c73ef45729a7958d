import Lanes

/// An event's window on eight paths: times in steps after t = 0, or of whatever the event advances by.
struct WindowCourse {
  /// When it begins to rise, stands at 1, and begins to go back.
  private(set) var start, top, turn: Lanes
  /// When it is over on a line; what goes by halves counts as over four half-lives after `turn`.
  private(set) var end: Lanes
  /// 1/rise and 1/fall, a step; 0 where there is none.
  private let riseSpeed, fallSpeed: Lanes
  /// Halvings a step; 0 where it goes back on a line.
  private let rate: Lanes

  /// Lengths under the first are none, since their inverse may be no number; longer ones than the second are as long as that,
  /// which no clock reaches. A law with a wide spread draws such.
  private static let shortest = 1e-9
  private static let longest = 1e15

  private static func length(_ drawn: Lanes) -> Lanes {
    select(drawn .> shortest, min(drawn, Lanes(longest)), .zero)
  }

  /// The window of an event that starts at a time; the other arguments are lengths in the same unit.
  init(start: Lanes, rise: Lanes, plateau: Lanes, fall: Lanes, halfLife: Lanes) {
    let (rise, plateau) = (Self.length(rise), Self.length(plateau))
    let (fall, halfLife) = (Self.length(fall), Self.length(halfLife))
    self.start = start
    top = start + rise
    turn = top + plateau
    end = turn + fall + 4 * halfLife
    riseSpeed = select(rise .> 0, 1 / select(rise .> 0, rise, .one), .zero)
    fallSpeed = select(fall .> 0, 1 / select(fall .> 0, fall, .one), .zero)
    rate = select(halfLife .> 0, 1 / select(halfLife .> 0, halfLife, .one), .zero)
  }

  /// A window that never begins.
  static var never: WindowCourse {
    WindowCourse(start: .infinity, rise: .zero, plateau: .zero, fall: .zero, halfLife: .zero)
  }

  /// The integral of the window from its start to a time; 0 up to the start, and where it never starts.
  ///
  /// Up to u of the rise r it is ru²/2; of the fall f to v of it f(v − v²/2); of halves (1 − 2^{−t/h})·h/ln 2.
  @inline(__always)
  func integral(to time: Lanes) -> Lanes {
    let begun = time .> start
    guard begun.isAny else { return .zero }
    // Where it has not begun the time is set to the start, and there to 0: no lane makes an infinity of an infinity.
    let origin = select(begun, start, .zero)
    let now = select(begun, time, .zero)
    let rise = select(begun, top - start, .zero)
    let plateau = select(begun, turn - top, .zero)
    let risen = min(now - origin, rise)
    var integral = 0.5 * risen * risen * riseSpeed
    let since = max(.zero, now - origin - rise)
    integral += min(since, plateau)
    let gone = max(.zero, since - plateau)
    let falling = fallSpeed .> 0
    if falling.isAny {
      let share = min(.one, gone * fallSpeed)
      integral += select(falling, (share - 0.5 * share * share) / select(falling, fallSpeed, .one), .zero)
    }
    let halving = rate .> 0
    if halving.isAny {
      let decay = select(halving, rate, .one) * 0.6931471805599453
      integral += select(halving, .zero - expm1(-gone * decay) / decay, .zero)
    }
    return integral
  }
}

extension ContiguousArray<WindowCourse> {
  /// From the first start to the last moment at which any of them still acts, in steps; empty where none ever starts.
  ///
  /// What goes by halves acts until 2^−60 of it is left.
  var range: Range<Double> {
    var (low, high) = (Double.infinity, 0.0)
    for course in self {
      for lane in 0..<Lanes.count where course.start[lane] < .infinity {
        low = Swift.min(low, course.start[lane])
        high = Swift.max(high, course.turn[lane] + (course.end[lane] - course.turn[lane]) * 15)
      }
    }
    return low < high ? low..<high : 0..<0
  }
}
