"""The learning workloads that both sides run: one small trading environment over two tables of prices.

Environment: 30 observations (28 log returns times 50, newest last; the position; equity less 1), three actions (short,
flat, long, held over the next bar), reward 100 times the step's return on equity after a fee of 5 basis points of what
is traded. An episode starts on a path drawn at random, at bar 30 with no position, and is cut off (a time limit, not an
end) after 1,000 steps.

Tables: 64 paths of 1,040 closes from a price near 100; the log return has a mean of 0.0001 and a deviation of 0.0126.
  noise   independent normal returns: nothing to learn, the table of the speed rows
  ar1     returns with an autocorrelation of 0.5: the table of the parity row, where learning shows
"""

import gymnasium
import numpy

PATHS = 64
STEPS = 1_000
FIRST = 30
BARS = STEPS + 40
RETURNS = 28
OBSERVATIONS = RETURNS + 2
ACTIONS = 3
FEE = 0.0005
ENVIRONMENTS = 8
TABLES = ("noise", "ar1")


def prices(table):
    """Closes of one table; shape (paths, bars)."""
    generator = numpy.random.default_rng(0)
    z = generator.standard_normal((PATHS, BARS))
    if table == "ar1":
        x = numpy.zeros((PATHS, BARS))
        for bar in range(1, BARS):
            x[:, bar] = 0.5 * x[:, bar - 1] + 0.8660254 * z[:, bar]
        z = x
    return 100 * numpy.exp(numpy.cumsum(0.0001 + 0.0126 * z, axis=1))


class Trading(gymnasium.Env):
    """The environment, for one account."""

    metadata = {}

    def __init__(self, closes, seed):
        self.observation_space = gymnasium.spaces.Box(-numpy.inf, numpy.inf, (OBSERVATIONS,), numpy.float32)
        self.action_space = gymnasium.spaces.Discrete(ACTIONS)
        self.seen = numpy.diff(numpy.log(closes), axis=1).astype(numpy.float32) * 50
        self.earned = numpy.diff(closes, axis=1) / closes[:, :-1]
        self.generator = numpy.random.default_rng(seed)

    def observation(self):
        result = numpy.empty(OBSERVATIONS, numpy.float32)
        result[:RETURNS] = self.seen[self.path, self.bar - RETURNS : self.bar]
        result[RETURNS] = self.position
        result[RETURNS + 1] = self.equity - 1.0
        return result

    def reset(self, *, seed=None, options=None):
        return self.start(int(self.generator.integers(len(self.earned)))), {}

    def start(self, path):
        self.path, self.bar, self.position, self.equity = path, FIRST, 0.0, 1.0
        return self.observation()

    def step(self, action):
        position = float(action) - 1.0
        gain = position * self.earned[self.path, self.bar] - FEE * abs(position - self.position)
        self.position = position
        self.equity *= 1 + gain
        self.bar += 1
        return self.observation(), float(gain) * 100, False, self.bar >= FIRST + STEPS, {}
