"""The tables of docs/robust-training.md, from one number a training, family and kind of agent."""

from estimates import expected_shortfall, interquartile_mean, mean, over_seeds, profile, resampled

# What an agent is called: how it was trained, and the risk profile that it runs behind.
AGENTS = {
    "calm": "calm-trained",
    "stress": "stress-trained",
    "cvar": "CVaR-trained",
    "calm/house": "calm-trained, house rules",
}
PAIRS = [("stress", "calm"), ("cvar", "calm"), ("cvar", "stress"), ("stress", "calm/house"), ("cvar", "calm/house")]
# Scenario, title and whether the agents were trained on it.
FAMILIES = [
    ("pair", "calm", True),
    ("shock", "trained family: shocks", True),
    ("drought", "never seen: drought", False),
    ("gap", "never seen: a gap", False),
    ("broken-correlation", "never seen: broken correlation", False),
    ("jumps", "never seen: jumps", False),
]
CALM = "pair"
UNSEEN = [family for family, _, seen in FAMILIES if not seen]
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
MEASURES = ["survival", "expected shortfall", "mean return"]


def figures(outcomes):
    """The measures of one training in one family, of its (survived, return) by path."""
    returns = [earned for _, earned in outcomes]
    return {
        "survival": mean([float(survived) for survived, _ in outcomes]),
        "expected shortfall": expected_shortfall(returns),
        "mean return": mean(returns),
    }


def compared():
    """The family of differences whose intervals hold at once: (family, measure, agent, against)."""
    return [
        (family, measure, ours, theirs)
        for family, _, _ in FAMILIES
        for ours, theirs in PAIRS
        for measure in (["mean return"] if family == CALM else ["survival", "expected shortfall"])
    ]


def differences(values):
    """Of each of `compared` the mean over seeds, with bounds that hold for all of them at once (Bonferroni)."""
    family = compared()
    return {
        (place, measure, ours, theirs): over_seeds(
            [a[measure] - b[measure] for a, b in zip(values[place, ours], values[place, theirs])], 0.05 / len(family))
        for place, measure, ours, theirs in family
    }


def percent(number):
    return f"{100 * number:.2f}".replace("-0.00", "0.00")


def shown(estimate, lowest=None, highest=None):
    centre, low, high = estimate
    if low is None:
        return percent(centre)
    if lowest is not None:
        low = max(low, lowest)
    if highest is not None:
        high = min(high, highest)
    return f"{percent(centre)} [{percent(low)}, {percent(high)}]"


def excludes_zero(estimate):
    return estimate[1] is not None and (estimate[1] > 0 or estimate[2] < 0)


def means_table(values):
    lines = ["| paths | agent | survives, % | expected shortfall, % | mean return, % |", "|---|---|---|---|---|"]
    for family, title, _ in FAMILIES:
        for agent, name in AGENTS.items():
            found = values[family, agent]
            survival, shortfall, earned = (over_seeds([one[measure] for one in found], 0.05) for measure in MEASURES)
            lines.append(f"| {title} | {name} | {shown(survival, 0, 1)} | {shown(shortfall)} | {shown(earned)} |")
    return lines


def differences_table(found):
    lines = [
        "| paths | difference | survival, points | expected shortfall, points | mean return, points |",
        "|---|---|---|---|---|",
    ]
    for family, title, _ in FAMILIES:
        for ours, theirs in PAIRS:
            cells = []
            for measure in MEASURES:
                estimate = found.get((family, measure, ours, theirs))
                text = "" if estimate is None else shown(estimate)
                cells.append(f"**{text}**" if estimate and excludes_zero(estimate) else text)
            lines.append(f"| {title} | {AGENTS[ours]} less {AGENTS[theirs]} | " + " | ".join(cells) + " |")
    return lines


def verdicts(found):
    """What the intervals say, in words and nothing beside."""
    titles = {family: title.split(": ")[-1] for family, title, _ in FAMILIES}
    lines = []
    for ours, theirs in PAIRS:
        parts = []
        for measure, more, less in (
            ("survival", "survives more often", "survives less often"),
            ("expected shortfall", "loses more in its worst twentieth", "loses less in its worst twentieth"),
            ("mean return", "earns more", "earns less"),
        ):
            group = {place: one for (place, *key), one in found.items() if key == [measure, ours, theirs]}
            for word, sign in ((more, 1), (less, -1)):
                where = [titles[place] for place, one in group.items() if excludes_zero(one) and sign * one[0] > 0]
                if where:
                    parts.append(f"{word} ({', '.join(where)})")
            unsure = [titles[place] for place, one in group.items() if not excludes_zero(one)]
            if unsure:
                parts.append(f"{measure} not told apart ({', '.join(unsure)})")
        lines.append(f"- {AGENTS[ours]} against {AGENTS[theirs]}: {'; '.join(parts)}.")
    return lines


def middle_table(values):
    lines = ["| agent | runs | survives, % | expected shortfall, % |", "|---|---|---|---|"]
    for agent, name in AGENTS.items():
        cells = []
        for measure in MEASURES[:2]:
            families = [[one[measure] for one in values[family, agent]] for family in UNSEEN]
            trainings = [list(runs) for runs in zip(*families)]
            runs = [value for training in trainings for value in training]
            cells.append(shown((interquartile_mean(runs), *resampled(trainings, interquartile_mean))))
        lines.append(f"| {name} | {len(runs)} | {cells[0]} | {cells[1]} |")
    return lines


def profile_table(values):
    lines = [
        "| agent | " + " | ".join(f"over {100 * level:g} %" for level in LEVELS) + " |",
        "|---|" + "---|" * len(LEVELS),
    ]
    for agent, name in AGENTS.items():
        runs = [one["survival"] for family in UNSEEN for one in values[family, agent]]
        lines.append(f"| {name} | " + " | ".join(f"{100 * share:.0f}" for share in profile(runs, LEVELS)) + " |")
    return lines


def page(values, paths):
    """What stands between the marks of the page."""
    found = differences(values)
    seeds = len(values[CALM, "calm"])
    return "\n".join([
        f"Means over {seeds} trainings of each kind and {paths:,} paths of each family, with Student's 95 % interval over "
        "the trainings, each for itself, cut to what is possible; without one where all trainings came to the same:",
        "", *means_table(values), "",
        f"Differences on the same paths, training by training of the same seed. The {len(found)} intervals hold together "
        f"with 95 % (Student's, each at 1 − 0.05/{len(found)}: Bonferroni); bold are those that exclude 0:",
        "", *differences_table(found), "",
        "What these intervals say:",
        "", *verdicts(found), "",
        "Interquartile means over the runs in the families never seen (a run is a training in a family), with the 95 % "
        "percentile interval over 2,000 resamples of whole trainings:",
        "", *middle_table(values), "",
        "Performance profile: of those runs, how many of a hundred survive on more than so many of their paths:",
        "", *profile_table(values), "",
    ])
