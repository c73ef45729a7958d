"""Times our PPO and Stable-Baselines3's in one run, interleaved, and holds the goals. `make bench` builds and calls it.

Ours is bench-learning, an executable of the package; the peers' is ppo_peers.py. Both step the environment of
learning_workloads.py over the same tables of prices and print JSON lines (ppo_peers.py says which). The row `desk` is
`stresslab train Training/desk.json`, a full desk with four rules in a flash crash, against SB3 at desk_workload.py. Every
round times each side at one and at two threads and takes its best, by the wall clock: a side may use the machine as it
likes. The speeds count only when both sides learn equally well: the parity gate, once, over several seeds.

    .venv/bin/python Benchmarks/compare_learning.py [--rounds 5] [--seeds 5]
"""

import argparse
import csv
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

import goals
from processes import BUILT, ROOT, lines_of, spread

OURS = BUILT / "bench-learning"
PEERS = ROOT / "Benchmarks/ppo_peers.py"
DESK = ROOT / "Benchmarks/Training/desk.json"
THREADS = (1, 2)

# (batch, epochs, steps that ours and SB3 take in a measurement, the goal: how many times faster ours must be)
TRAINING = ((256, 4, 1_024_000, 20_480, "ppo_batch_256"), (64, 10, 409_600, 10_240, "ppo_batch_64"))
# (peer, the goal: how many times faster our forward pass must be)
INFERENCE = (("numpy policy", "policy_against_numpy"), ("torch policy", None))
PARITY = 0.05  # how far the mean reward may be from SB3's, as a fraction of it; over five seeds its error is about 1 %


def measure(rounds, tables):
    """({name: {threads: steps per second of each round}}, {name: nanoseconds of each round})."""
    speeds, times = {}, {}
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
        commands = []
        for batch, epochs, our_steps, peer_steps, _ in TRAINING:
            for threads in THREADS:
                row = ["training", "--batch", str(batch), "--epochs", str(epochs), "--threads", str(threads)]
                commands.append([OURS, *row, "--steps", str(our_steps), "--tables", tables])
                commands.append([sys.executable, PEERS, *row, "--steps", str(peer_steps)])
        for threads in THREADS:
            speeds.setdefault("desk", {}).setdefault(threads, []).append(our_desk(threads, tables))
            commands.append([sys.executable, PEERS, "desk", "--threads", str(threads)])
        commands += [[OURS, "inference"], [sys.executable, PEERS, "inference"]]
        for command in commands if number % 2 else reversed(commands):
            for line in lines_of(command):
                if "stepsPerSecond" in line:
                    of_threads = speeds.setdefault(line["name"], {}).setdefault(line["threads"], [])
                    of_threads.append(line["stepsPerSecond"])
                else:
                    times.setdefault(line["name"], []).append(line["nanoseconds"])
    return speeds, times


def our_desk(threads, folder):
    """Environment steps a second of `stresslab train` at the full desk, by the wall clock."""
    out = pathlib.Path(folder) / "desk"
    command = [BUILT / "stresslab", "train", DESK, "--out", out, "--overwrite", "--quiet", "--threads", str(threads)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(out / "seed-1/training.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[1:]
    steps = [int(row["steps"]) for row in rows]
    each = steps[1] - steps[0]
    return each * len(rows) / sum(each / float(row["stepsPerSecond"]) for row in rows)


def best(of_threads):
    """The better number of threads, round by round."""
    return [max(values) for values in zip(*of_threads.values())]


def held_ratios(ratios, goal):
    """Prints the end of a row: the ratios and whether the goal is met; says whether it is."""
    print(f"{spread(ratios, '{:.1f}'):26} ", end="")
    return goals.reaches(statistics.median(ratios), goal)


def judge(speeds, times, held):
    print(f"\n{'training':20} thousand steps a second, wall clock: median [least … most]")
    for name, of_threads in speeds.items():
        for threads, values in sorted(of_threads.items()):
            print(f"{name:20} {threads} threads  {spread([x / 1000 for x in values], '{:.1f}')}")
    print(f"\n{'inference':20} nanoseconds a sample: median [least … most]")
    for name, values in times.items():
        print(f"{name:20} {spread(values, '{:.0f}')}")

    good = True
    print(f"\n{'ratio of one round':40} {'times':26} goal")
    for batch, *_, goal in TRAINING:
        print(f"{f'PPO, batch {batch}, against SB3':40} ", end="")
        ours, theirs = best(speeds[f"ppo batch {batch}"]), best(speeds[f"sb3 ppo batch {batch}"])
        good = held_ratios([mine / peer for mine, peer in zip(ours, theirs)], getattr(held, goal)) and good
    print(f"{'PPO at a full desk, against SB3':40} ", end="")
    ours, theirs = best(speeds["desk"]), best(speeds["sb3 desk"])
    good = held_ratios([mine / peer for mine, peer in zip(ours, theirs)], held.ppo_desk) and good
    print(f"{'PPO at a full desk, thousand steps a second':40} {spread([x / 1000 for x in ours], '{:.0f}'):26} ", end="")
    good = goals.reaches(statistics.median(ours), held.desk_steps) and good
    for peer, goal in INFERENCE:
        print(f"{f'a policy forward against {peer}':40} ", end="")
        ratios = [theirs / mine for mine, theirs in zip(times["policy"], times[peer])]
        good = held_ratios(ratios, goal and getattr(held, goal)) and good
    for what, name, goal in (
            ("a policy forward, ns a sample", "policy", held.policy),
            ("a desk's policy, ns a decision", "desk policy", held.desk_policy)):
        print(f"{what:40} {spread(times[name], '{:.0f}'):26} ", end="")
        good = goals.stays_under(statistics.median(times[name]), goal, "ns") and good
    return good


def judge_parity(seeds, tables):
    """Whether both sides, after as many steps, earn as much in a market that can be learnt."""
    row = ["parity", "--seeds", str(seeds)]
    means = {}
    print(f"\n{'parity':10} reward a step after as many steps: mean over seeds ± standard error, each seed")
    for side, command in (("ours", [OURS, *row, "--tables", tables]), ("sb3", [sys.executable, PEERS, *row])):
        rewards = [line["meanReward"] for line in lines_of(command)]
        error = statistics.stdev(rewards) / math.sqrt(len(rewards)) if len(rewards) > 1 else math.nan
        means[side] = statistics.mean(rewards)
        print(f"{side:10} {means[side]:.4f} ± {error:.4f}   {' '.join(f'{reward:.4f}' for reward in rewards)}")
    away = means["ours"] / means["sb3"] - 1
    met = abs(away) <= PARITY
    print(f"ours against SB3: {away:+.1%}, within {PARITY:.0%}: {'met' if met else 'MISSED'}")
    return met


def main():
    arguments = argparse.ArgumentParser(description="Times our PPO and Stable-Baselines3's and holds the goals.")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seeds", type=int, default=5)
    chosen = arguments.parse_args()

    if not OURS.exists():
        print("learning: not measured, since bench-learning is not built")
        return 1
    held = goals.of_this_build()
    if held is None:
        return 1
    with tempfile.TemporaryDirectory(prefix="stresslab-bench-") as folder:
        lines_of([sys.executable, PEERS, "tables", folder])
        learnt = judge_parity(chosen.seeds, folder)
        fast = judge(*measure(chosen.rounds, folder), held)
    if not learnt:
        print("GATE FAILED: ours and SB3 do not learn equally well, so the speeds count for nothing")
    return 0 if learnt and fast else 1


if __name__ == "__main__":
    sys.exit(main())
