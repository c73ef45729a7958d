"""Turns a policy of Stable-Baselines3 into a policy folder of StressLab.

    .venv/bin/python docs/import/sb3_policy.py model.zip FOLDER [--normalize vecnormalize.pkl] [--overwrite]
        [--assets BTC,ETH [--observations observations.json]]

The folder then holds policy.json and policy.safetensors (docs/import/README.md says what may be imported), and with
--assets agent.json too, which makes of the policy an agent for a panel. Exit code 0: written, in one piece; 2: refused
with one sentence, and nothing was written.

A model.zip and a vecnormalize.pkl hold pickled Python, which runs when it is read: read only files that you trust.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import pickle
import shutil
import sys
import tempfile
import warnings
import zipfile

WEIGHTS = "policy.safetensors"
DOCUMENT = "policy.json"
AGENT = "agent.json"
TAG = "policy/1"
AGENT_TAG = "trainedAgent/1"

# Of what a model.zip holds only these are read; the rest (schedules, buffers, episodes) need not even be loadable here.
NEEDED = ("policy_class", "observation_space", "action_space", "policy_kwargs", "use_sde")


class Refusal(Exception):
    """Why this cannot be imported, in one sentence."""


def saved_policy(path):
    """(the policy network of a model.zip, built again and filled with its weights; the version that saved it)."""
    import torch
    from stable_baselines3.common.policies import ActorCriticPolicy
    from stable_baselines3.common.save_util import load_from_zip_file
    from stable_baselines3.common.torch_layers import FlattenExtractor

    try:
        with zipfile.ZipFile(path) as archive:
            stored = json.loads(archive.read("data"))
            version = archive.read("_stable_baselines3_version").decode().strip()
        module = stored["policy_class"]["__module__"]
    except Exception as problem:
        raise Refusal(f"{path} is not a model saved by Stable-Baselines3: {sentence(problem)}") from problem
    if module != ActorCriticPolicy.__module__:
        raise Refusal(f"the policy is a class of {module}; only MlpPolicy of PPO or A2C can be imported")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # What cannot be unpickled is left out, and missed below by its name.
            data, parameters, _ = load_from_zip_file(
                path, device="cpu", custom_objects={key: None for key in stored if key not in NEEDED})
    except Exception as problem:
        raise Refusal(f"{path} cannot be loaded by Stable-Baselines3: {sentence(problem)}") from problem
    for key in NEEDED[:3]:
        if data.get(key) is None:
            raise Refusal(f"{path} holds no {key} that could be read")
    if "policy" not in parameters:
        raise Refusal(f"{path} holds no weights of a policy")

    # PPO's and A2C's policies are the same class, so both are read: how the weights were learnt does not matter here. A
    # class derived from it may compute anything.
    if data["policy_class"] is not ActorCriticPolicy:
        kind = name(data["policy_class"])
        raise Refusal(f"the policy's class is {kind}; only MlpPolicy of PPO or A2C can be imported")
    options = data.get("policy_kwargs") or {}
    extractor = options.get("features_extractor_class", FlattenExtractor)
    if extractor is not FlattenExtractor:
        raise Refusal(f"the features extractor is {name(extractor)}; only FlattenExtractor can be imported")
    if options.get("squash_output"):
        raise Refusal("the policy squashes its actions (squash_output); only clipped actions can be imported")
    if data.get("use_sde") or options.get("use_sde"):
        raise Refusal("the policy explores by gSDE (use_sde); only a state-independent deviation can be imported")
    check_observations(data["observation_space"], options.get("normalize_images", True))
    check_actions(data["action_space"])

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About the form of old architectures, which are read all the same.
            policy = ActorCriticPolicy(data["observation_space"], data["action_space"], lambda _: 0.0, **options)
        policy.load_state_dict(parameters["policy"])
    except Exception as problem:
        raise Refusal(f"{path} holds weights that do not fit its own architecture: {sentence(problem)}") from problem
    for key, tensor in policy.state_dict().items():
        if tensor.dtype != torch.float32:
            raise Refusal(f"{key} has numbers of type {tensor.dtype}; only float32 can be imported")
        if not torch.isfinite(tensor).all():
            raise Refusal(f"{key} holds a number that is not finite")
    return policy, version


def check_observations(space, normalises_images):
    from gymnasium import spaces
    from stable_baselines3.common.preprocessing import is_image_space

    if not isinstance(space, spaces.Box):
        raise Refusal(f"the observations are {name(type(space))}; only Box can be imported")
    if normalises_images and is_image_space(space):
        raise Refusal("the observations are images, which the policy divides by 255; only plain numbers are imported")


def check_actions(space):
    from gymnasium import spaces

    if not isinstance(space, (spaces.Discrete, spaces.Box)):
        raise Refusal(f"the actions are {name(type(space))}; only Discrete and Box can be imported")
    if isinstance(space, spaces.Discrete) and space.start != 0:
        raise Refusal(f"the discrete actions count from {space.start}; only actions that count from 0 can be imported")
    if isinstance(space, spaces.Discrete) and space.n < 2:
        raise Refusal("the policy has a single action; only two or more can be imported")
    if isinstance(space, spaces.Box) and not space.is_bounded():
        raise Refusal("an action has no bound; Stable-Baselines3 itself only makes models whose actions are bounded")
    if isinstance(space, spaces.Box) and not (space.low < space.high).all():
        raise Refusal("an action's bounds are one number; only actions with room to choose can be imported")


def layers(tower, which):
    """(the linear layers of a tower, the class of the activation between them or None)."""
    from torch import nn

    modules = list(tower)
    linear, activations = modules[::2], {type(module) for module in modules[1::2]}
    if any(type(module) is not nn.Linear for module in linear) or len(activations) > 1:
        raise Refusal(f"the {which} tower is not a plain sequence of linear layers with one activation")
    return linear, activations.pop() if activations else None


def imported(policy):
    """(architecture of the document, {tensor name: numpy array})."""
    from torch import nn

    towers = {"policy": policy.mlp_extractor.policy_net, "value": policy.mlp_extractor.value_net}
    heads = {"policy": policy.action_net, "value": policy.value_net}
    tensors, widths, activations = {}, {}, set()
    for which, tower in towers.items():
        linear, activation = layers(tower, which)
        widths[which] = [layer.out_features for layer in linear]
        activations |= {activation} - {None}
        for place, layer in [*enumerate(linear), ("head", heads[which])]:
            tensors[f"{which}.{place}.weight"] = layer.weight.detach().numpy()
            tensors[f"{which}.{place}.bias"] = layer.bias.detach().numpy()
    known = {nn.Tanh: "tanh", nn.ReLU: "relu"}
    if activations - set(known):
        raise Refusal(f"the activation is {name((activations - set(known)).pop())}; only Tanh and ReLU can be imported")
    used = [known[activation] for activation in activations] or ["tanh"]  # without hidden layers either will do

    actions, more = imported_actions(policy)
    architecture = {
        "observations": policy.features_dim, "shared": [], "policy": widths["policy"], "value": widths["value"],
        "activation": used[0], "actions": actions}
    return architecture, tensors | more


def imported_actions(policy):
    """(the model of the actions in the document, the tensors that only it has)."""
    from gymnasium import spaces

    space = policy.action_space
    if isinstance(space, spaces.Discrete):
        return {"model": "categorical", "choices": int(space.n)}, {}
    size = math.prod(space.shape)
    actions = {"model": "gaussian", "size": size, "low": bounds(space.low), "high": bounds(space.high)}
    return actions, {"policy.logStandardDeviation": policy.log_std.detach().numpy()}


def bounds(array):
    """One bound for each action, or one for all."""
    each = [float(str(bound)) for bound in array.flat]  # The shortest decimal form: 0.1, not 0.10000000149011612.
    return each[0] if len(set(each)) == 1 else each


def imported_normaliser(path, space):
    """The document's normaliser from a saved VecNormalize; None where it leaves observations alone."""
    from stable_baselines3.common.vec_env import VecNormalize

    try:
        with open(path, "rb") as file:
            statistics = pickle.load(file)
    except Exception as problem:
        raise Refusal(f"{path} cannot be read as a saved VecNormalize: {sentence(problem)}") from problem
    if not isinstance(statistics, VecNormalize):
        raise Refusal(f"{path} holds a {name(type(statistics))}; a saved VecNormalize was expected")
    if not statistics.norm_obs:
        return None
    if isinstance(statistics.obs_rms, dict) or statistics.obs_rms.mean.shape != space.shape:
        found = "a dictionary" if isinstance(statistics.obs_rms, dict) else f"shape {statistics.obs_rms.mean.shape}"
        raise Refusal(f"{path} normalises observations of {found}; the model's have shape {space.shape}")
    mean, variance = statistics.obs_rms.mean.flatten().tolist(), statistics.obs_rms.var.flatten().tolist()
    epsilon, clip = float(statistics.epsilon), float(statistics.clip_obs)
    if not all(map(math.isfinite, [*mean, *variance, epsilon, clip])) or min(variance) < 0 or min(epsilon, clip) <= 0:
        raise Refusal(f"{path} holds a number that is not finite, a negative variance, or no positive epsilon and clip")
    return {"mean": mean, "variance": variance, "epsilon": epsilon, "clip": clip}


def files(model, statistics, assets=None, observations=None):
    """{file name: bytes} of the policy folder; with the names of assets that of an agent."""
    import safetensors.numpy

    policy, version = saved_policy(model)
    architecture, tensors = imported(policy)
    normaliser = imported_normaliser(statistics, policy.observation_space) if statistics else None
    origin = f"stable-baselines3 {version}"
    weights = safetensors.numpy.save(tensors, metadata={"origin": origin})
    document = {"stresslab": TAG, "architecture": architecture}
    if normaliser:
        document["normaliser"] = normaliser
    document["origin"] = origin
    document["weights"] = {"file": WEIGHTS, "sha256": hashlib.sha256(weights).hexdigest()}
    lines = [f"{json.dumps(key)}: {json.dumps(value, allow_nan=False)}" for key, value in document.items()]
    contents = {WEIGHTS: weights, DOCUMENT: ("{\n  " + ",\n  ".join(lines) + "\n}\n").encode()}
    if assets:
        contents[AGENT] = agent_document(architecture, assets, observations)
    return contents


def read_observations(path):
    """The list of observations of a file."""
    try:
        observations = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise Refusal(f"{path} is not JSON: {sentence(problem)}") from problem
    if not isinstance(observations, list) or not observations or not all(
            isinstance(each, dict) and isinstance(each.get("model"), str) for each in observations):
        raise Refusal(f'{path} is not a list of observations such as [{{"model": "return", "bars": 1}}]')
    return observations


def placeholders(count, assets):
    """Observations of so many numbers, to be replaced by those that the policy was trained on."""
    each, rest = divmod(count, len(assets))
    # A return is a number for each asset; the time of day is one for all.
    return [{"model": "return", "bars": bars + 1} for bars in range(each)] + [{"model": "timeOfDay"}] * rest


def agent_document(architecture, assets, observations):
    """agent.json for a policy: what it sees, decides and may do."""
    if len(set(assets)) != len(assets) or not all(assets):
        raise Refusal("--assets takes different names with commas between them, in the order of the policy's own")
    actions = architecture["actions"]
    if actions["model"] == "gaussian":
        if actions["size"] != len(assets):
            raise Refusal(
                f"the policy decides {actions['size']} numbers, and there are {len(assets)} assets: one weight each")
        decided = {"model": "weights"}
        low, high = ([bound] if isinstance(bound, float) else bound for bound in (actions["low"], actions["high"]))
        if min(low) < -1 or max(high) > 1:
            raise Refusal(
                f"the policy's numbers go from {min(low):g} to {max(high):g}; weights go from -1 to 1, in units of the "
                "mandate's leverage")
        short = min(low) < 0
    else:
        # From all short over nothing to all long: which choice means what only its environment says.
        most = actions["choices"] - 1
        decided = {
            "model": "choices",
            "portfolios": [[round(2 * choice / most - 1, 6) / len(assets)] * len(assets) for choice in range(most + 1)]}
        short = True
    document = {
        "stresslab": AGENT_TAG, "assets": assets,
        "observations": observations or placeholders(architecture["observations"], assets), "actions": decided,
        "mandate": {"leverage": 1, "short": short, "deadBand": 0}}
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def check_free(folder, overwrite):
    """Refuses a place that is taken; --overwrite replaces a policy, an agent's too, and nothing else."""
    if folder.parent.exists() and not folder.parent.is_dir():
        raise Refusal(f"{folder.parent} is not a folder")
    if not os.path.lexists(folder):
        return
    if not overwrite:
        raise Refusal(f"{folder} exists; --overwrite replaces it")
    found = {path.name for path in folder.iterdir()} if folder.is_dir() and not folder.is_symlink() else None
    if found is None or not found <= {WEIGHTS, DOCUMENT, AGENT}:
        raise Refusal(f"{folder} is not a policy folder, so --overwrite does not replace it")


def write(folder, contents):
    """Writes all files beside the place and moves them there in one piece."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = pathlib.Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        for file, content in contents.items():
            (new / file).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(beside)


def name(type_):
    return getattr(type_, "__name__", str(type_))


def sentence(problem):
    """The first line of what went wrong."""
    return (str(problem) or name(type(problem))).splitlines()[0]


def main(given=None):
    arguments = argparse.ArgumentParser(description="Turns a policy of Stable-Baselines3 into a policy folder.")
    arguments.add_argument("model", type=pathlib.Path, help="model.zip, as PPO.save wrote it")
    arguments.add_argument("folder", type=pathlib.Path, help="the policy folder to write")
    arguments.add_argument("--normalize", type=pathlib.Path, metavar="FILE", help="what VecNormalize.save wrote")
    arguments.add_argument(
        "--assets", metavar="NAMES",
        help="write agent.json too, for these assets with commas between them, in the order of the policy's own")
    arguments.add_argument(
        "--observations", type=pathlib.Path, metavar="FILE",
        help="what the agent sees, a JSON list in the order of the network's inputs; placeholders unless given")
    arguments.add_argument("--overwrite", action="store_true", help="replace a policy folder that is there")
    chosen = arguments.parse_args(given)
    try:
        for file in filter(None, (chosen.model, chosen.normalize, chosen.observations)):
            if not file.is_file():
                raise Refusal(f"{file} is not a file")
        check_free(chosen.folder, chosen.overwrite)
        if chosen.observations and not chosen.assets:
            raise Refusal("--observations goes into agent.json: name the assets with --assets")
        assets = [part.strip() for part in chosen.assets.split(",")] if chosen.assets else None
        observations = read_observations(chosen.observations) if chosen.observations else None
        contents = files(chosen.model, chosen.normalize, assets, observations)
        kept = chosen.folder / AGENT
        if not assets and kept.is_file():
            contents[AGENT] = kept.read_bytes()  # What the agent sees has been written by hand; its policy is new.
        write(chosen.folder, contents)
    except (Refusal, OSError) as problem:
        print(f"sb3_policy.py: {problem}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as problem:
        print(f"sb3_policy.py: {problem}; docs/import/requirements.txt lists what is needed", file=sys.stderr)
        return 2
    print(f"{chosen.folder}: {json.dumps(json.loads(contents[DOCUMENT])['architecture'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
