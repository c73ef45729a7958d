"""What sb3_policy.py writes, and what it refuses: one sentence, exit code 2, nothing written.

    .venv/bin/python docs/import/test_sb3_policy.py

That an imported policy then acts as the library's own is the Swift tests' business (StableBaselinesImportTests, and in a
panel ImportedAgentTests).
"""

import contextlib
import hashlib
import io
import json
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import unittest
import zipfile

import gymnasium
import numpy
import safetensors.numpy
import torch
from gymnasium import spaces
from stable_baselines3 import DQN, PPO, SAC
from stable_baselines3.common.policies import ActorCriticPolicy
from stable_baselines3.common.torch_layers import FlattenExtractor
from stable_baselines3.common.vec_env import DummyVecEnv, VecNormalize

import sb3_policy

SEEN = spaces.Box(-1, 1, (4,), numpy.float32)
MOVED = spaces.Box(-1, 1, (2,), numpy.float32)
IMAGE = spaces.Box(0, 255, (36, 36, 3), numpy.uint8)


class Still(gymnasium.Env):
    """An environment that has spaces and does nothing."""

    def __init__(self, observations=SEEN, actions=spaces.Discrete(3)):
        self.observation_space, self.action_space = observations, actions

    def reset(self, *, seed=None, options=None):
        return self.observation_space.sample(), {}

    def step(self, action):
        return self.observation_space.sample(), 0.0, False, False, {}


class OwnPolicy(ActorCriticPolicy):
    pass


class OwnExtractor(FlattenExtractor):
    pass


def ppo(observations=SEEN, actions=spaces.Discrete(3), policy="MlpPolicy", more={}, **options):
    return PPO(policy, Still(observations, actions), policy_kwargs=options, seed=0, device="cpu", n_steps=64, **more)


REFUSED = {
    "a convolutional policy": (lambda: ppo(IMAGE, policy="CnnPolicy"), "the policy's class is ActorCriticCnnPolicy"),
    "a policy of dictionaries": (
        lambda: ppo(spaces.Dict({"a": SEEN}), policy="MultiInputPolicy"),
        "the policy's class is MultiInputActorCriticPolicy"),
    "a policy of one's own": (lambda: ppo(policy=OwnPolicy), "the policy is a class of __main__"),
    "Q-learning": (
        lambda: DQN("MlpPolicy", Still(), device="cpu", buffer_size=10),
        "the policy is a class of stable_baselines3.dqn"),
    "soft actor-critic": (
        lambda: SAC("MlpPolicy", Still(actions=MOVED), device="cpu", buffer_size=10),
        "the policy is a class of stable_baselines3.sac"),
    "an extractor of one's own": (
        lambda: ppo(features_extractor_class=OwnExtractor), "the features extractor is OwnExtractor"),
    "images": (lambda: ppo(IMAGE), "the observations are images"),
    "observations that are numbers of states": (lambda: ppo(spaces.Discrete(5)), "the observations are Discrete"),
    "several discrete actions": (lambda: ppo(actions=spaces.MultiDiscrete([2, 3])), "the actions are MultiDiscrete"),
    "switches": (lambda: ppo(actions=spaces.MultiBinary(2)), "the actions are MultiBinary"),
    "no choice": (lambda: ppo(actions=spaces.Discrete(1)), "a single action"),
    "actions that count from 1": (lambda: ppo(actions=spaces.Discrete(3, start=1)), "count from 1"),
    "an action without room": (
        lambda: ppo(actions=spaces.Box(numpy.float32([0, 1]), numpy.float32([1, 1]))), "bounds are one number"),
    "state-dependent noise": (lambda: ppo(actions=MOVED, more={"use_sde": True}), "use_sde"),
    "squashed actions": (lambda: ppo(actions=MOVED, more={"use_sde": True}, squash_output=True), "squash_output"),
    "another activation": (lambda: ppo(activation_fn=torch.nn.ELU), "the activation is ELU; only Tanh and ReLU"),
}


class Import(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.model, self.policy = self.folder / "model.zip", self.folder / "policy"

    def run_import(self, *options):
        """(exit code, what was said on standard error)."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            code = sb3_policy.main([str(self.model), str(self.policy), *map(str, options)])
        return code, said.getvalue()

    def assert_refused(self, words, *options):
        before = sorted(path.relative_to(self.folder) for path in self.folder.rglob("*"))
        code, said = self.run_import(*options)
        self.assertEqual(code, 2, said)
        self.assertIn(words, said)
        self.assertEqual(said.count("\n"), 1, said)
        self.assertEqual(sorted(path.relative_to(self.folder) for path in self.folder.rglob("*")), before)

    def assert_imported(self, *options):
        code, said = self.run_import(*options)
        self.assertEqual((code, said), (0, ""))
        return json.loads((self.policy / "policy.json").read_text())

    def save_normaliser(self, observations=SEEN, **options):
        wrapped = VecNormalize(DummyVecEnv([lambda: Still(observations)]), **options)
        wrapped.save(self.folder / "normaliser.pkl")
        return wrapped

    def rewrite(self, change):
        """Writes the model again with its data changed."""
        with zipfile.ZipFile(self.model) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        data = json.loads(parts["data"])
        change(data)
        with zipfile.ZipFile(self.model, "w") as archive:
            for name, content in (parts | {"data": json.dumps(data)}).items():
                archive.writestr(name, content)

    def test_weights_are_the_models_own_bit_for_bit(self):
        learner = ppo(actions=MOVED, net_arch={"pi": [5], "vf": [7, 6]}, log_std_init=-0.3)
        learner.save(self.model)
        document = self.assert_imported()
        content = (self.policy / "policy.safetensors").read_bytes()
        self.assertEqual(
            document["weights"], {"file": "policy.safetensors", "sha256": hashlib.sha256(content).hexdigest()})
        theirs = {name: tensor.numpy() for name, tensor in learner.policy.state_dict().items()}
        names = {
            "policy.0": "mlp_extractor.policy_net.0", "policy.head": "action_net",
            "value.0": "mlp_extractor.value_net.0", "value.1": "mlp_extractor.value_net.2", "value.head": "value_net"}
        parts = [(f"{ours}.{part}", f"{name}.{part}") for ours, name in names.items() for part in ("weight", "bias")]
        expected = {ours: theirs[name] for ours, name in parts}
        expected["policy.logStandardDeviation"] = theirs["log_std"]
        ours = safetensors.numpy.load(content)
        self.assertEqual(set(ours), set(expected))
        for name, tensor in ours.items():
            self.assertEqual(tensor.dtype, numpy.float32)
            self.assertEqual(tensor.shape, expected[name].shape)
            self.assertEqual(tensor.tobytes(), expected[name].tobytes())

    def test_the_document_says_the_architecture(self):
        ppo(actions=spaces.Box(numpy.float32([-0.1, 0]), numpy.float32([0.1, 2])), net_arch=[]).save(self.model)
        document = self.assert_imported()
        self.assertEqual(document["architecture"], {
            "observations": 4, "shared": [], "policy": [], "value": [], "activation": "tanh",
            "actions": {"model": "gaussian", "size": 2, "low": [-0.1, 0.0], "high": [0.1, 2.0]}})
        self.assertEqual(document["stresslab"], "policy/1")
        self.assertTrue(document["origin"].startswith("stable-baselines3 2."))
        self.assertNotIn("normaliser", document)

    def test_what_the_format_cannot_hold_is_refused(self):
        for name, (make, words) in REFUSED.items():
            with self.subTest(name):
                make().save(self.model)
                self.assert_refused(words)

    def test_a_recurrent_policy_whose_library_is_not_installed_is_refused_by_its_module(self):
        ppo().save(self.model)
        self.rewrite(lambda data: data["policy_class"].update(__module__="sb3_contrib.common.recurrent.policies"))
        self.assert_refused("the policy is a class of sb3_contrib.common.recurrent.policies; only MlpPolicy")

    def test_weights_that_do_not_fit_or_are_not_finite_are_refused(self):
        learner = ppo()
        learner.save(self.model)
        other = self.folder / "other.zip"
        ppo(net_arch=[3]).save(other)
        with zipfile.ZipFile(other) as archive:
            weights = archive.read("policy.pth")
        with zipfile.ZipFile(self.model) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(self.model, "w") as archive:
            for name, content in (parts | {"policy.pth": weights}).items():
                archive.writestr(name, content)
        self.assert_refused("weights that do not fit its own architecture")
        learner.policy.value_net.bias.data[0] = float("nan")
        learner.save(self.model)
        self.assert_refused("value_net.bias holds a number that is not finite")

    def test_files_that_are_no_models_are_refused(self):
        self.assert_refused("model.zip is not a file")
        self.model.write_bytes(b"not a zip")
        self.assert_refused("is not a model saved by Stable-Baselines3")
        with zipfile.ZipFile(self.model, "w") as archive:
            archive.writestr("data", "{}")
        self.assert_refused("is not a model saved by Stable-Baselines3")
        ppo().save(self.model)
        whole = self.model.read_bytes()
        self.model.write_bytes(whole[:-200])
        self.assert_refused("is not a model saved by Stable-Baselines3")
        half = len(whole) // 2
        self.model.write_bytes(whole[:half] + bytes(100) + whole[half + 100 :])
        self.assert_refused("cannot be loaded by Stable-Baselines3")
        ppo().save(self.model)
        self.rewrite(lambda data: data.pop("action_space"))
        self.assert_refused("holds no action_space")

    def test_a_normaliser_that_fits_is_written_and_another_refused(self):
        ppo().save(self.model)
        normaliser = self.folder / "normaliser.pkl"
        wrapped = self.save_normaliser(clip_obs=7.0, epsilon=1e-6)
        wrapped.obs_rms.mean[:], wrapped.obs_rms.var[:] = [0.1, -2, 1e4, 0], [1, 0.25, 1 / 3, 0]
        wrapped.save(normaliser)
        document = self.assert_imported("--normalize", normaliser)
        self.assertEqual(document["normaliser"], {
            "mean": [0.1, -2, 1e4, 0], "variance": [1, 0.25, 1 / 3, 0], "epsilon": 1e-6, "clip": 7})

        self.policy = self.folder / "another"
        self.save_normaliser(spaces.Box(-1, 1, (5,), numpy.float32))
        self.assert_refused("of shape (5,); the model's have shape (4,)", "--normalize", normaliser)
        self.save_normaliser(spaces.Dict({"a": SEEN}))
        self.assert_refused("normalises observations of a dictionary", "--normalize", normaliser)
        wrapped.obs_rms.var[1] = -1
        wrapped.save(normaliser)
        self.assert_refused("a negative variance", "--normalize", normaliser)
        wrapped.obs_rms.var[1], wrapped.epsilon = 1, 0
        wrapped.save(normaliser)
        self.assert_refused("no positive epsilon", "--normalize", normaliser)
        normaliser.write_bytes(pickle.dumps([1, 2]))
        self.assert_refused("holds a list", "--normalize", normaliser)
        normaliser.write_bytes(b"garbage")
        self.assert_refused("cannot be read as a saved VecNormalize", "--normalize", normaliser)
        self.assert_refused("nowhere.pkl is not a file", "--normalize", self.folder / "nowhere.pkl")

    def test_a_normaliser_of_rewards_alone_leaves_observations_as_they_are(self):
        ppo().save(self.model)
        self.save_normaliser(norm_obs=False)
        self.assertNotIn("normaliser", self.assert_imported("--normalize", self.folder / "normaliser.pkl"))

    def test_only_a_policy_is_replaced_and_only_when_asked(self):
        ppo().save(self.model)
        self.assert_imported()
        first = (self.policy / "policy.safetensors").read_bytes()
        ppo(net_arch=[3]).save(self.model)
        self.assert_refused("exists; --overwrite replaces it")
        self.assertEqual(self.assert_imported("--overwrite")["architecture"]["policy"], [3])
        self.assertNotEqual((self.policy / "policy.safetensors").read_bytes(), first)
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"model.zip", "policy"})
        (self.policy / "diary.txt").write_text("mine")
        self.assert_refused("is not a policy folder", "--overwrite")
        self.policy = self.folder / "new" / "policy"
        self.assert_imported()
        self.policy = self.model / "policy"
        self.assert_refused("model.zip is not a folder")

    def read_agent(self):
        return json.loads((self.policy / "agent.json").read_text())

    def test_with_assets_an_agent_is_written_whose_placeholders_are_as_many_numbers_as_the_network_takes(self):
        for seen, observations in [
            (4, [{"model": "return", "bars": 1}, {"model": "return", "bars": 2}]),
            (5, [{"model": "return", "bars": 1}, {"model": "return", "bars": 2}, {"model": "timeOfDay"}]),
            (1, [{"model": "timeOfDay"}]),
        ]:
            self.policy = self.folder / f"policy-{seen}"
            ppo(spaces.Box(-1, 1, (seen,), numpy.float32), MOVED).save(self.model)
            self.assert_imported("--assets", "BTC, ETH")
            self.assertEqual(self.read_agent(), {
                "stresslab": "trainedAgent/1", "assets": ["BTC", "ETH"], "observations": observations,
                "actions": {"model": "weights"}, "mandate": {"leverage": 1, "short": True, "deadBand": 0}})

    def test_the_agent_sees_what_a_file_says_and_decides_as_the_policy_does(self):
        list_ = self.folder / "observations.json"
        list_.write_text('[{"model": "indicator", "name": "RSI_14"}, {"model": "position"}]')
        ppo(actions=spaces.Box(numpy.float32([0, 0]), numpy.float32([1, 0.5]))).save(self.model)
        self.assert_imported("--assets", "A,B", "--observations", list_)
        self.assertEqual(self.read_agent()["observations"], json.loads(list_.read_text()))
        self.assertEqual(self.read_agent()["mandate"]["short"], False)
        self.policy = self.folder / "choices"
        ppo(actions=spaces.Discrete(3)).save(self.model)
        self.assert_imported("--assets", "A")
        self.assertEqual(
            self.read_agent()["actions"], {"model": "choices", "portfolios": [[-1.0], [0.0], [1.0]]})

    def test_what_makes_no_agent_is_refused(self):
        list_ = self.folder / "observations.json"
        ppo(actions=MOVED).save(self.model)
        self.assert_refused("the policy decides 2 numbers, and there are 3 assets", "--assets", "A,B,C")
        self.assert_refused("--assets takes different names", "--assets", "A,A")
        self.assert_refused("--assets takes different names", "--assets", "A,")
        self.assert_refused("observations.json is not a file", "--assets", "A,B", "--observations", list_)
        list_.write_text("[{]")
        self.assert_refused("observations.json is not JSON", "--assets", "A,B", "--observations", list_)
        for text in ('{"model": "return"}', "[]", '["return"]', '[{"bars": 1}]'):
            list_.write_text(text)
            self.assert_refused("is not a list of observations", "--assets", "A,B", "--observations", list_)
        self.assert_refused("name the assets with --assets", "--observations", list_)
        ppo(actions=spaces.Box(0, 30, (2,), numpy.float32)).save(self.model)
        self.assert_refused("the policy's numbers go from 0 to 30; weights go from -1 to 1", "--assets", "A,B")

    def test_a_policy_that_is_imported_again_keeps_what_its_agent_sees_unless_told_otherwise(self):
        ppo(actions=MOVED).save(self.model)
        self.assert_imported("--assets", "A,B")
        (self.policy / "agent.json").write_text("written by hand")
        self.assert_refused("exists; --overwrite replaces it", "--assets", "A,B")
        self.assert_imported("--overwrite")
        self.assertEqual((self.policy / "agent.json").read_text(), "written by hand")
        self.assert_imported("--overwrite", "--assets", "B,A")
        self.assertEqual(self.read_agent()["assets"], ["B", "A"])

    def test_the_walk_of_the_readme_leads_from_a_model_to_a_report(self):
        program = pathlib.Path(__file__).resolve().parents[2] / ".build/release/stresslab"
        if not program.exists():
            if os.environ.get("CI"):
                self.fail(f"CI is set, and there is no {program}")
            self.skipTest(f"there is no {program}")

        def stresslab(*arguments):
            return subprocess.run([program, *arguments], cwd=self.folder, capture_output=True, text=True)

        liquidity = {"halfSpreadBps": 1, "volumePerDay": 1e6, "depthTo1Percent": 1e4}
        asset = {"price": 100, "process": {"model": "gbm", "annualVolatility": 0.5}, "liquidity": liquidity}
        (self.folder / "market.json").write_text(json.dumps({
            "stresslab": "scenario/1", "title": "Two coins",
            "clock": {"step": "1h", "length": "3d", "warmup": "3d", "calendar": {"model": "continuous"}},
            "assets": {"BTC": asset, "ETH": asset}, "venue": {}}))
        (self.folder / "study.json").write_text(json.dumps({
            "stresslab": "study/1", "title": "An imported agent", "scenarios": ["market.json"],
            "panel": {"mine": {"model": "policy", "folder": "policy"}, "hold": {"model": "buyAndHold"}}}))
        list_ = self.folder / "observations.json"
        ppo(actions=MOVED).save(self.model)

        list_.write_text('[{"model": "return", "bars": 24}]')
        self.assert_imported("--assets", "BTC,ETH", "--observations", list_)
        refused = stresslab("validate", "study.json")
        self.assertEqual(refused.returncode, 2, refused.stdout)
        self.assertIn("these observations are 2 numbers, and the network in policy.json takes 4", refused.stderr)

        list_.write_text('[{"model": "return", "bars": 24}, {"model": "position"}]')
        self.assert_imported("--overwrite", "--assets", "BTC,ETH", "--observations", list_)
        ran = stresslab("run", "study.json", "--paths", "64", "--out", "report", "--quiet")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        names = {desk.get("agent") for desk in json.loads((self.folder / "report/summary.json").read_text())["desks"]}
        self.assertIn("mine", names)

    def test_the_command_line_says_no_with_exit_code_2(self):
        command = [sys.executable, sb3_policy.__file__, self.model, self.policy]
        result = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stderr, f"sb3_policy.py: {self.model} is not a file\n")


if __name__ == "__main__":
    unittest.main()
