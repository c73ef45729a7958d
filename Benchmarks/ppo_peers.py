"""The peers' side of the learning benchmarks: Stable-Baselines3's PPO, and forward passes by numpy and torch.

    .venv/bin/python Benchmarks/ppo_peers.py training --batch 256 --epochs 4 [--threads 1] [--steps 40960]
    .venv/bin/python Benchmarks/ppo_peers.py parity [--seeds 5] [--first-seed 0] [--threads 1]
    .venv/bin/python Benchmarks/ppo_peers.py desk [--threads 1] [--steps 20480]
    .venv/bin/python Benchmarks/ppo_peers.py inference
    .venv/bin/python Benchmarks/ppo_peers.py tables FOLDER

Prints JSON lines, one measurement each, as our own benchmark does:
  {"name": "sb3 ppo batch 256", "threads": 1, "stepsPerSecond": …, "stepsPerCPUSecond": …}
  {"parity": "ar1", "by": "sb3", "seed": 0, "steps": 102400, "meanReward": …, "lastRollout": …,
   "seconds": …}
  {"name": "numpy policy", "nanoseconds": …, "unit": "sample"}
`tables` writes both price tables as raw little-endian float64, path after path, so that our side steps the same ones.
"""

import argparse
import json
import pathlib
import statistics
import time

import numpy

from learning_workloads import ENVIRONMENTS, PATHS, STEPS, TABLES, Trading, prices

ROLLOUT = 256
HIDDEN = (64, 64)
PARITY_STEPS = 102_400

BATCH = 64
WIDTHS = (64, 64, 64, 3)
FORWARDS = 2_000
REPETITIONS = 9


def model(table, seed, batch, epochs):
    """SB3's PPO with its defaults but for what the workload fixes: rollout, batch, epochs, two towers."""
    from stable_baselines3 import PPO
    from stable_baselines3.common.vec_env import DummyVecEnv

    closes = prices(table)
    accounts = [lambda k=k: Trading(closes, seed=100 * seed + k) for k in range(ENVIRONMENTS)]
    return PPO(
        "MlpPolicy", DummyVecEnv(accounts), n_steps=ROLLOUT, batch_size=batch, n_epochs=epochs, seed=seed, device="cpu",
        policy_kwargs={"net_arch": {"pi": list(HIDDEN), "vf": list(HIDDEN)}})


def training(batch, epochs, threads, steps):
    import torch

    torch.set_num_threads(threads)
    timed(model("noise", 0, batch, epochs), f"sb3 ppo batch {batch}", threads, steps)


def timed(learner, name, threads, steps):
    """Learns for a while, and says how fast that was."""
    learner.learn(ENVIRONMENTS * ROLLOUT)  # warms up
    before = learner.num_timesteps
    wall, cpu = time.perf_counter(), time.process_time()
    learner.learn(steps, reset_num_timesteps=False)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    done = learner.num_timesteps - before
    rates = {"stepsPerSecond": done / wall, "stepsPerCPUSecond": done / cpu}
    say({"name": name, "threads": threads, **rates})


def desk(threads, steps):
    """SB3's PPO at the full desk of desk_workload.py, batch 256 and 4 epochs."""
    import torch
    from stable_baselines3 import PPO
    from stable_baselines3.common.vec_env import DummyVecEnv, VecNormalize

    from desk_workload import Desk

    torch.set_num_threads(threads)
    accounts = VecNormalize(DummyVecEnv([lambda k=k: Desk(seed=k) for k in range(ENVIRONMENTS)]), norm_reward=False)
    learner = PPO(
        "MlpPolicy", accounts, n_steps=ROLLOUT, batch_size=256, n_epochs=4, seed=0, device="cpu",
        policy_kwargs={"net_arch": {"pi": list(HIDDEN), "vf": list(HIDDEN)}})
    timed(learner, "sb3 desk", threads, steps)


def parity(seeds, threads):
    import torch

    torch.set_num_threads(threads)
    for seed in seeds:
        learner = model("ar1", seed, batch=256, epochs=4)
        wall = time.perf_counter()
        learner.learn(PARITY_STEPS)
        wall = time.perf_counter() - wall
        say({
            "parity": "ar1", "by": "sb3", "seed": seed, "steps": learner.num_timesteps,
            "meanReward": mean_reward(learner), "lastRollout": float(learner.rollout_buffer.rewards.mean()),
            "seconds": wall})


def mean_reward(learner):
    """Mean reward a step of the learned policy, actions drawn, over every path of the table once.

    The last rollout is the same figure from 2,048 steps: its standard error is 7 % of the mean, too wide for a gate.
    """
    closes = prices("ar1")
    accounts = [Trading(closes, seed=0) for _ in range(PATHS)]
    seen = numpy.stack([account.start(path) for path, account in enumerate(accounts)])
    total = 0.0
    for _ in range(STEPS):
        actions, _ = learner.predict(seen, deterministic=False)
        steps = [account.step(action) for account, action in zip(accounts, actions)]
        seen = numpy.stack([step[0] for step in steps])
        total += sum(step[1] for step in steps)
    return total / (PATHS * STEPS)


def inference():
    """Forward passes of a tanh network by numpy and by torch, one thread, float32."""
    import torch

    torch.set_num_threads(1)
    generator = numpy.random.default_rng(1)
    layers = [
        (generator.standard_normal((a, b), numpy.float32) / a**0.5, generator.standard_normal(b, numpy.float32))
        for a, b in zip(WIDTHS, WIDTHS[1:])]
    x = generator.standard_normal((BATCH, WIDTHS[0]), dtype=numpy.float32)
    rooms = [numpy.empty((BATCH, width), numpy.float32) for width in WIDTHS[1:]]

    def by_numpy():
        y = x
        for number, ((weight, bias), room) in enumerate(zip(layers, rooms)):
            numpy.matmul(y, weight, out=room)
            room += bias
            if number < len(layers) - 1:
                numpy.tanh(room, out=room)
            y = room
        return y

    parts = []
    for weight, bias in layers:
        linear = torch.nn.Linear(*weight.shape)
        linear.weight.data, linear.bias.data = torch.from_numpy(weight.T.copy()), torch.from_numpy(bias)
        parts += [linear, torch.nn.Tanh()]
    network, x_torch = torch.nn.Sequential(*parts[:-1]), torch.from_numpy(x)

    def by_torch():
        with torch.inference_mode():
            return network(x_torch)

    if not numpy.allclose(by_numpy(), by_torch().numpy(), rtol=1e-5, atol=1e-5):
        raise SystemExit("numpy and torch disagree about the network")
    for name, forward in (("numpy policy", by_numpy), ("torch policy", by_torch)):
        times = []
        for _ in range(REPETITIONS):
            before = time.process_time()
            for _ in range(FORWARDS):
                forward()
            times.append(time.process_time() - before)
        nanoseconds = statistics.median(times) / (FORWARDS * BATCH) * 1e9
        say({"name": name, "nanoseconds": nanoseconds, "unit": "sample"})


def tables(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        prices(table).astype("<f8").tofile(folder / f"{table}.f64")


def say(line):
    print(json.dumps(line), flush=True)


def main():
    arguments = argparse.ArgumentParser(description="The peers' side of the learning benchmarks.")
    work = arguments.add_subparsers(dest="work", required=True)
    row = work.add_parser("training")
    row.add_argument("--batch", type=int, required=True)
    row.add_argument("--epochs", type=int, required=True)
    row.add_argument("--threads", type=int, default=1)
    row.add_argument("--steps", type=int, default=40_960)
    row = work.add_parser("parity")
    row.add_argument("--seeds", type=int, default=5)
    row.add_argument("--first-seed", type=int, default=0)
    row.add_argument("--threads", type=int, default=1)
    row = work.add_parser("desk")
    row.add_argument("--threads", type=int, default=1)
    row.add_argument("--steps", type=int, default=20_480)
    work.add_parser("inference")
    work.add_parser("tables").add_argument("folder", type=pathlib.Path)
    chosen = arguments.parse_args()
    if chosen.work == "training":
        training(chosen.batch, chosen.epochs, chosen.threads, chosen.steps)
    elif chosen.work == "parity":
        parity(range(chosen.first_seed, chosen.first_seed + chosen.seeds), chosen.threads)
    elif chosen.work == "desk":
        desk(chosen.threads, chosen.steps)
    elif chosen.work == "inference":
        inference()
    else:
        tables(chosen.folder)


if __name__ == "__main__":
    main()
