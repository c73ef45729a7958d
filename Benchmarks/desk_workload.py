"""A desk in a flash crash as a Gymnasium environment: what people write for Stable-Baselines3, as fast as NumPy lets them.

The task of Training/desk.json as far as one can write it in an afternoon: two assets of the flash crash in steps of a
minute, 780 of them; target weights with a dead band; half-spread, square-root impact, fees, initial and maintenance margin;
a volatility target, a leverage cap, stops and a drawdown limit; 33 numbers seen; log wealth as reward, ruin as an end.
Left out, so that it has less to do than ours: what happens inside a step (first passage, stops at their price), latency,
orders that wait for the book, financing, and everything that a report would need. What does not depend on the account is
computed for a whole episode at once when it starts.
"""

import math

import gymnasium
import numpy

STEPS, WARMUP, SESSION = 780, 130, 390
YEAR = 252 * SESSION
ASSETS = 2
VOLATILITY = numpy.array([0.284, 0.247]) / math.sqrt(YEAR)
CORRELATION = numpy.linalg.cholesky([[1, 0.48], [0.48, 1]])
PRICE = numpy.array([180.0, 370.0])
HALF_SPREAD, FEE = 0.5e-4, 1e-4
VOLUME = numpy.array([43_400_000, 4_200_000]) / SESSION
DEPTH = numpy.array([110_000.0, 10_500.0])
LAGS = (1, 3, 10, 30, 60)
DECAY = 0.5 ** (1 / 50)
OBSERVATIONS = 33
EQUITY = 1_554_000.0


def smoothed(x, decay):
    """Exponentially weighted means along the first axis."""
    out, mean = numpy.empty_like(x), x[0]
    for row in range(len(x)):
        mean = decay * mean + (1 - decay) * x[row]
        out[row] = mean
    return out


class Desk(gymnasium.Env):
    """One account."""

    metadata = {}

    def __init__(self, seed, leverage=4.0, dead_band=0.05):
        self.observation_space = gymnasium.spaces.Box(-numpy.inf, numpy.inf, (OBSERVATIONS,), numpy.float32)
        self.action_space = gymnasium.spaces.Box(-1, 1, (ASSETS,), numpy.float32)
        self.generator = numpy.random.default_rng(seed)
        self.most, self.dead_band = leverage, dead_band

    def market(self):
        """An episode of the market, whole."""
        g, n = self.generator, WARMUP + STEPS
        steps = g.standard_normal((n, ASSETS)) @ CORRELATION.T * VOLATILITY
        half_spread = numpy.full((n, ASSETS), HALF_SPREAD)
        depth = numpy.broadcast_to(DEPTH, (n, ASSETS)).copy()
        volume = VOLUME * g.lognormal(-0.08, 0.4, (n, ASSETS))
        severity = g.integers(2)
        if severity:
            start, drop = WARMUP + int(g.integers(180, 240)), math.log1p(-g.triangular(0.03, 0.08, 0.25))
            since = numpy.arange(n - start)
            fall = numpy.minimum(since / 6, 1) ** 2
            offset = drop * (fall - 0.6 * (1 - 0.5 ** (numpy.maximum(since - 6, 0) / 20)))
            stress = numpy.exp(numpy.where(since < 6, since / 6, 0.5 ** ((since - 6) / 30)))[:, None]
            steps[start:] *= stress
            steps[start:, 0] += numpy.diff(offset, prepend=0)
            steps[start + 1 :, 1] += 0.6 * numpy.diff(offset, prepend=0)[:-1]
            half_spread[start:] *= stress**2
            depth[start:] /= stress**2
            volume[start:] *= stress
        logs = numpy.cumsum(steps, axis=0)
        close = PRICE * numpy.exp(logs)
        wick = numpy.abs(g.standard_normal((2, n, ASSETS))) * VOLATILITY * 0.6
        opening = numpy.vstack([PRICE, close[:-1]])
        high = numpy.maximum(opening, close) * numpy.exp(wick[0])
        low = numpy.minimum(opening, close) * numpy.exp(-wick[1])
        variance = smoothed(steps**2, DECAY)
        deviation = numpy.sqrt(variance)
        fast = smoothed(numpy.stack([steps[:, 0] ** 2, steps[:, 1] ** 2, steps[:, 0] * steps[:, 1]], 1), 0.5 ** (1 / 30))
        seen = numpy.zeros((n, 22), numpy.float32)
        for column, lag in enumerate(LAGS):
            seen[lag:, 2 * column : 2 * column + 2] = (logs[lag:] - logs[:-lag]) / (deviation[lag:] * math.sqrt(lag))
        seen[:, 10:12] = numpy.log(high / low) / deviation
        seen[:, 12:14] = half_spread * 1e4
        seen[:, 14:16] = numpy.log(depth / DEPTH)
        seen[:, 16:18] = numpy.log(volume / VOLUME)
        up, down = smoothed(numpy.maximum(steps, 0), 13 / 14), smoothed(numpy.maximum(-steps, 0), 13 / 14)
        seen[:, 18:20] = 100 * up / (up + down)
        self.seen = seen[WARMUP - 1 :]
        # Lists of floats: faster to read one by one than arrays.
        self.close, self.low, self.high = (x[WARMUP - 1 :].tolist() for x in (close, low, high))
        self.half_spread, self.depth, self.volume = (x[WARMUP - 1 :].tolist() for x in (half_spread, depth, volume))
        self.covariance = (fast[WARMUP - 1 :] * YEAR).tolist()

    def observation(self):
        out = numpy.zeros(OBSERVATIONS, numpy.float32)
        t = self.time
        out[:22] = self.seen[t]
        equity, price = self.equity, self.close[t]
        gross = 0.0
        for a in range(ASSETS):
            value = self.held[a] * price[a]
            gross += abs(value)
            out[22 + a] = value / equity
            out[24 + a] = math.log1p(self.age[a])
        out[26] = gross / equity
        out[27] = sum(self.held[a] * (price[a] - self.entry[a]) for a in range(ASSETS)) / equity
        out[28] = 1 - equity / self.peak
        out[29] = max(0.0, 1 - 0.05 * gross / equity) if gross else 1.0
        out[30] = (t % SESSION + 1) / SESSION
        return out

    def reset(self, *, seed=None, options=None):
        self.market()
        self.time, self.cash, self.equity, self.peak = 0, EQUITY, EQUITY, EQUITY
        self.held, self.entry, self.age, self.stopped, self.rest = [0.0] * 2, [0.0] * 2, [0] * 2, [0.0] * 2, 0
        return self.observation(), {}

    def trade(self, asset, quantity):
        """Buys or sells at the last close."""
        t = self.time
        price, depth = self.close[t][asset], self.depth[t][asset]
        most = 0.1 * self.volume[t][asset]
        quantity = max(-most, min(most, quantity))
        if quantity == 0:
            return
        size = abs(quantity)
        impact = 0.01 * math.sqrt(size / (depth + self.volume[t][asset]))
        paid = price * (1 + math.copysign(self.half_spread[t][asset] + impact, quantity))
        self.cash -= quantity * paid + FEE * size * paid
        before, after = self.held[asset], self.held[asset] + quantity
        if before * after <= 0:
            self.entry[asset], self.age[asset] = paid, 0
        elif abs(after) > abs(before):
            self.entry[asset] = (before * self.entry[asset] + quantity * paid) / after
        self.held[asset] = after

    def step(self, action):
        t, before = self.time, self.equity
        price = self.close[t]
        weights = [float(action[a]) for a in range(ASSETS)]
        gross = abs(weights[0]) + abs(weights[1])
        scale = self.most / max(gross, 1.0)
        weights = [w * scale for w in weights]
        # The rules: volatility target, leverage cap, drawdown limit, stops that wait for the agent to turn.
        v0, v1, c = self.covariance[t]
        w0, w1 = weights
        deviation = math.sqrt(max(0.0, w0 * w0 * v0 + w1 * w1 * v1 + 2 * w0 * w1 * c))
        if deviation > 0.6:
            weights = [w * 0.6 / deviation for w in weights]
        gross = abs(weights[0]) + abs(weights[1])
        if gross > 4:
            weights = [w * 4 / gross for w in weights]
        if self.rest > 0:
            self.rest -= 1
            weights = [0.0, 0.0]
        elif 1 - self.equity / self.peak >= 0.15:
            self.rest, weights = 120, [0.0, 0.0]
        for a in range(ASSETS):
            if self.stopped[a] and weights[a] * self.stopped[a] > 0:
                weights[a] = 0.0
            else:
                self.stopped[a] = 0.0
            now = self.held[a] * price[a] / before
            if abs(weights[a] - now) > self.dead_band or weights[a] == 0:
                wanted = weights[a] * before / price[a]
                free = before / 0.125 - sum(abs(self.held[b] * price[b]) for b in range(ASSETS) if b != a)
                bound = max(0.0, free) / price[a]
                self.trade(a, max(-bound, min(bound, wanted)) - self.held[a])
        self.time = t = t + 1
        price, low, high = self.close[t], self.low[t], self.high[t]
        # Stops and margin inside the step, by its low and high.
        worst, gross = self.cash, 0.0
        for a in range(ASSETS):
            held = self.held[a]
            if held:
                self.age[a] += 1
                limit = self.entry[a] * (1 - math.copysign(0.03, held))
                if (low[a] <= limit) if held > 0 else (high[a] >= limit):
                    self.stopped[a] = held
                    self.trade(a, -held)
                else:
                    extreme = low[a] if held > 0 else high[a]
                    worst += held * extreme
                    gross += abs(held) * extreme
        equity = self.cash + self.held[0] * price[0] + self.held[1] * price[1]
        ruined = worst <= 0.05 * gross or worst <= 0.5 * EQUITY
        if ruined:
            equity = max(worst - 0.002 * gross, 0.001 * EQUITY)
        reward = math.log(max(equity, 0.001 * EQUITY) / before)
        self.equity, self.peak = equity, max(self.peak, equity)
        return self.observation(), reward, ruined, t >= STEPS, {}
