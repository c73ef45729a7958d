"""Makes small policies with Stable-Baselines3, imports each, and writes what the library itself says of them.

    .venv/bin/python docs/import/example_policies.py FOLDER [NAME …]

For each example, or each named one, FOLDER/NAME is the imported policy folder; FOLDER/expected.json lists, as SB3
computed them:
  observations         before any normaliser; usual ones, large ones and ones that a normaliser clips
  actions              deterministic: the number of a choice, or clipped means
  values               of predict_values
  taken                some actions: every choice in turn, or drawn numbers before clipping
  logProbabilities     of each action taken
The seeds are fixed. The Swift test of the import compares with it: our reading of the folder must say the same.
"""

import contextlib
import io
import json
import pathlib
import sys

import gymnasium
import numpy
import torch
from gymnasium import spaces
from stable_baselines3 import A2C, PPO
from stable_baselines3.common.running_mean_std import RunningMeanStd
from stable_baselines3.common.vec_env import DummyVecEnv, VecNormalize

import sb3_policy

OBSERVATIONS = 48

# How far the two likeliest choices must be apart, relative to the larger logarithm of a probability: rounding, which
# differs between implementations, must not decide between them.
MARGIN = 1e-6


class Drift(gymnasium.Env):
    """Something to learn: the reward is how well the action follows the first number seen."""

    def __init__(self, observations, actions):
        self.observation_space = spaces.Box(-numpy.inf, numpy.inf, observations, numpy.float32)
        self.action_space = actions
        self.generator = numpy.random.default_rng(0)

    def reset(self, *, seed=None, options=None):
        self.left = 32
        return self.look(), {}

    def look(self):
        self.seen = self.generator.standard_normal(self.observation_space.shape).astype(numpy.float32)
        return self.seen

    def step(self, action):
        reward = -abs(float(numpy.sum(action)) - float(self.seen.flat[0]))
        self.left -= 1
        return self.look(), reward, False, self.left == 0, {}


def box(low, high, size):
    return spaces.Box(numpy.float32(low), numpy.float32(high), (size,), numpy.float32)


# name: (algorithm, shape of observations, actions, policy's options, steps of training, normalised)
RELU = {"activation_fn": torch.nn.ReLU}
EXAMPLES = {
    "tanh-64-64": (PPO, (30,), spaces.Discrete(3), {}, 0, False),
    "relu-different-towers": (
        PPO, (7,), spaces.Discrete(5),
        RELU | {"net_arch": {"pi": [17, 5], "vf": [33, 24, 3]}, "ortho_init": False}, 0, False),
    "tanh-no-hidden-layers": (PPO, (9,), spaces.Discrete(2), {"net_arch": []}, 256, False),
    "no-hidden-value-layers": (PPO, (4,), box(-1, 1, 1), {"net_arch": {"pi": [16]}}, 256, False),
    "trained-choices": (PPO, (30,), spaces.Discrete(3), {}, 512, False),
    "trained-normalised": (
        PPO, (12,), spaces.Discrete(4), RELU | {"net_arch": [32, 16], "ortho_init": False}, 512, True),
    "gaussian-one-bound": (PPO, (6,), box(-0.1, 0.1, 3), {"log_std_init": -0.7}, 512, False),
    "gaussian-normalised": (
        PPO, (12,), spaces.Box(numpy.array([-1, -0.3, 0], "f"), numpy.array([1, 0.7, 2], "f")), RELU, 512, True),
    "gaussian-deep": (PPO, (5,), box(0, 30, 2), {"net_arch": [8, 8, 8, 8], "log_std_init": 1.2}, 512, False),
    "flattened-observations": (PPO, (3, 4), spaces.Discrete(3), {"share_features_extractor": False}, 512, True),
    "advantage-actor-critic": (A2C, (8,), spaces.Discrete(3), {"ortho_init": False}, 512, False),
    "weights-of-three-assets": (PPO, (12,), box(-1, 1, 3), {"ortho_init": False}, 512, True),
}


def normaliser(environments, generator):
    """Statistics as from a long run: means far from 0 beside small deviations, and a feature that never moved."""
    wrapped = VecNormalize(environments, norm_reward=False, clip_obs=5.0, training=False)
    shape = environments.observation_space.shape
    wrapped.obs_rms = RunningMeanStd(shape=shape)
    wrapped.obs_rms.mean = generator.normal(0, 3, shape)
    wrapped.obs_rms.var = generator.gamma(2.0, 2.0, shape)
    wrapped.obs_rms.mean.flat[0], wrapped.obs_rms.var.flat[0] = 10_000.0, 0.25
    wrapped.obs_rms.var.flat[1] = 0.0
    return wrapped


def observations(shape, wrapped, generator):
    rows = generator.standard_normal((OBSERVATIONS, *shape))
    if wrapped is not None:
        rows = rows * numpy.sqrt(wrapped.obs_rms.var + 0.01) + wrapped.obs_rms.mean
    rows[OBSERVATIONS // 2 :] *= 10.0 ** generator.uniform(-2, 2, (OBSERVATIONS // 2, *shape))
    return rows.astype(numpy.float32)


def said(learner, raw, wrapped):
    """What SB3 says of these observations."""
    policy = learner.policy
    seen = raw if wrapped is None else wrapped.normalize_obs(raw)
    tensor = torch.as_tensor(seen)
    with torch.no_grad():
        law = policy.get_distribution(tensor).distribution
        if isinstance(learner.action_space, spaces.Discrete):
            check_margin(law.logits)
            taken = torch.arange(len(raw)) % learner.action_space.n
        else:
            torch.manual_seed(7)
            taken = law.sample()
        return {
            "observations": raw.reshape(len(raw), -1).tolist(),
            "actions": learner.predict(seen, deterministic=True)[0].reshape(len(raw), -1).tolist(),
            "values": policy.predict_values(tensor).flatten().tolist(),
            "taken": taken.reshape(len(raw), -1).tolist(),
            "logProbabilities": policy.evaluate_actions(tensor, taken)[1].tolist()}


def check_margin(logits):
    """Refuses an example in which rounding alone could decide."""
    best = logits.sort(dim=1, descending=True).values
    if ((best[:, 0] - best[:, 1]) / best[:, :2].abs().amax(dim=1)).min() < MARGIN:
        raise SystemExit("two choices are too close to tell apart: use another seed")


def made(name, folder):
    """Makes, saves and imports one example; what SB3 says of it."""
    algorithm, shape, actions, options, steps, normalised = EXAMPLES[name]
    seed = list(EXAMPLES).index(name)
    generator = numpy.random.default_rng(seed)
    environments = DummyVecEnv([lambda: Drift(shape, actions)] * 2)
    wrapped = normaliser(environments, generator) if normalised else None
    learner = algorithm(
        "MlpPolicy", wrapped or environments, n_steps=64, seed=seed, device="cpu", policy_kwargs=options)
    if steps:
        learner.learn(steps)
    learner.save(folder / f"{name}.zip")
    command = [str(folder / f"{name}.zip"), str(folder / name)]
    if wrapped is not None:
        wrapped.save(folder / f"{name}.pkl")
        command += ["--normalize", str(folder / f"{name}.pkl")]
    with contextlib.redirect_stdout(io.StringIO()):
        if sb3_policy.main(command):
            raise SystemExit(f"{name} was not imported")
    return {"name": name} | said(learner, observations(shape, wrapped, generator), wrapped)


def main(folder, *names):
    torch.set_num_threads(1)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    expected = [made(name, folder) for name in names or EXAMPLES]
    (folder / "expected.json").write_text(json.dumps(expected, allow_nan=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
