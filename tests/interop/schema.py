"""The JSON Schema of the scenario format, judged by a validator that is not ours: it is itself in order, takes every
scenario that the program takes, and refuses wrong types, ranges, choices and keys.

schema.py --program hansa --root FOLDER --questions FOLDER: the last holds scenarios that are known to be good.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import core_yaml
import yaml
from jsonschema import Draft202012Validator
from schema_changes import judge_changes
from schema_sweeps import BAD_SWEEPS, SWEEP

GOOD = """\
hansa: 1
time: {start: 2000, end: 2009}
cities: {generate: 30, coordinates: square}
networks:
  near: {nearest: {k: 3, on: [x, y]}}
  chance: {erdos_renyi: {degree: 4}}
policies:
  led:
    baseline: -4
    attributes: {x: 0.5}
    trend: {linear: 0.1}
    adopters: {random: 2}
    mechanisms:
      peers: {exposure: {network: near, shape: {step: 0.5}}, strength: 1}
      cost: {scale: {pool: all, progress_ratio: 0.8}}
  share:
    rule: threshold
    threshold: {uniform: [0, 1]}
    mechanisms: {peers: {exposure: {network: chance}}}
fit:
  policies: [led]
  from: 2001
  link: probit
  cluster: [city, period]
  fixed_effects: country
  profile: [policies.led.mechanisms.cost.scale.progress_ratio]
  hypotheses: {none: [], peers: [peers]}
  cross_validation: {leave: years}
output: {quantiles: [5, 95]}
""" + SWEEP

# What is set, as after --set: the program and the schema both refuse it.
BAD = """\
interventions=[{at: 2003, join: {cities: all}}]
interventions=[{at: 2003, join: {collaboration: c}, leave: {collaboration: c}}]
interventions=[{at: 2003, dissolve: {collaboration: c, cities: all}}]
interventions=[{at: 2003, add_ties: {network: near, sources: [c1], weight: 0}}]
interventions=[{at: 2003, remove_ties: {sources: [c1]}}]
interventions=[{at: 2003, remove_ties: {network: near, file: t.csv, sources: [c1]}}]
interventions=[{at: 2003, remove_ties: {network: near, file: t.csv, targets: [c1]}}]
interventions=[{at: 2003, add_ties: {network: near, file: t.csv, sources: [c1]}}]
interventions=[{at: 2003, add_ties: {network: near, file: t.csv, targets: [c1]}}]
interventions=[{at: 2003, add_ties: {network: near, file: t.csv, weight: 2}}]
interventions=[{at: 2003, until: 2005, seed: {policy: led, cities: [c1]}}]
interventions=[{at: 2003, until: 2005, join: {collaboration: c}}]
interventions=[{at: 2003, until: 2005, leave: {collaboration: c}}]
interventions=[{at: 2003, until: 2005, dissolve: {collaboration: c}}]
interventions=[{at: 2003, until: 2005, add_ties: {network: near, sources: [c1]}}]
interventions=[{at: 2003, until: 2005, remove_ties: {network: near, sources: [c1]}}]
interventions=[{at: 2003, set: {}}]
interventions=[{at: 2003, set: {policies.led.baseline: low}}]
interventions=[{at: 2003, set: {seed: 4}}]
hansa=2
hansa="1"
sead=1
seed=-1
seed=1.5
remove=[seed]
replicates=0
replicates=many
title=[a]
time.start=soon
time.start="2000"
time.finish=2010
time=2000
cities.generate=0
cities.generate=-5
cities.coordinates=sphere
cities.file=c.csv
cities.population=3
cities.attributes={size: {log: x, of: y}}
cities.attributes={size: {logarithm: x}}
cities.attributes={size: {bins: x, at: [0.5]}}
cities.attributes={size: {log: x, standardize: maybe}}
networks.near={nearest: {k: 3}, erdos_renyi: {degree: 2}}
networks.near={directed: true}
networks.near={nearest: {}}
networks.near={nearest: {k: 0}}
networks.near={nearest: {k: 2.5}}
networks.near={nearest: 3}
networks.near={nearest: {k: 3}, directed: 1}
networks.near={nearest: {k: 3}, weight: {decay_km: 0}}
networks.near={nearest: {k: 3}, weight: {decay_km: 5, attribute: x}}
networks.near={nearest: {k: 3}, ties: newest}
networks.near={erdos_renyi: {probability: 1.5}}
networks.near={erdos_renyi: {probability: 0.5, degree: 3}}
networks=[]
collaborations.members=all
collaborations.properties={club: {members: everybody}}
collaborations.properties={club: {dissolved: never}}
policies={}
policies={"a b": {baseline: 1}}
policies.led.baseline=low
policies.led.baseline="-4"
policies.led.baseline=[1]
policies.led.baseline={chance: 0}
policies.led.baseline={chance: 1}
policies.led.baseline={chance: often}
policies.led.baseline={chance: -0.1}
policies.led.baseline={chance: 0 %}
policies.led.baseline={chance: 0.000 %}
policies.led.baseline={chance: 0.0e-2%}
policies.led.baseline={chance: 100 %}
policies.led.baseline={chance: 150 %}
policies.led.baseline={chance: -5 %}
policies.led.baseline={chance: . %}
policies.led.baseline={odds: 0.1}
policies.led.rule=probit
policies.led.rule=threshold
policies.led.threshold=0.5
policies.led.entry=burst
policies.share.baseline=1
policies.share.threshold={uniform: [0, 1], normal: [0, 1]}
policies.share.threshold={exponential: 1}
policies.share.threshold=high
policies.share.entry=later
policies.led.attributes={x: strong}
policies.led.attributes=[x]
policies.led.trend=rising
policies.led.trend={linear: 0.1, log_time: 1}
policies.led.trend={polynomial: 0}
policies.led.trend={polynomial: []}
policies.led.trend={periods: {soon: 1}}
policies.led.trend={spline: {coefficients: [1]}}
policies.led.adopters=some
policies.led.adopters={random: -1}
policies.led.adopters={random: 1, members: c}
policies.led.adopters={top: 3}
policies.led.adopters={top: 3, by: x, network: near}
policies.led.adopters={top: 3, by: [x]}
policies.led.adopters={top: 3, by: {centrality: degree}}
policies.led.adopters={top: 3, by: {centrality: rank, network: near}}
policies.led.adopters={top: 3, by: {centrality: degree, network: near, weights: true}}
policies.led.adopters={neighbours: all}
policies.led.adopters={or: []}
policies.led.adopters={or: all}
policies.led.adopters={where: {x: {low: 1}}}
policies.led.adopters={where: {x: {}}}
policies.led.adopters={where: {x: []}}
policies.led.adopters={where: [x]}
policies.led.adopters={until: 2005}
policies.led.at_risk={cities: nobody}
policies.led.at_risk={since: x}
policies.led.when_unaffordable=beg
policies.led.mechanisms=[]
policies.led.mechanisms.peers={strength: 1}
policies.led.mechanisms.peers={exposure: {network: near}, scale: {pool: all, progress_ratio: 0.8}}
policies.led.mechanisms.peers={exposure: {network: near}, strength: strong}
policies.led.mechanisms.peers={exposure: {network: near}, strenght: 1}
policies.led.mechanisms.peers={exposition: {network: near}}
policies.led.mechanisms.peers={exposure: {}}
policies.led.mechanisms.peers={exposure: {network: near, pool: all}}
policies.led.mechanisms.peers={exposure: {pool: everybody}}
policies.led.mechanisms.peers={exposure: {pool: {same: x, network: near}}}
policies.led.mechanisms.peers={exposure: {network: [near]}}
policies.led.mechanisms.peers={exposure: {network: near, normalize: mean}}
policies.led.mechanisms.peers={exposure: {network: near, shape: square}}
policies.led.mechanisms.peers={exposure: {network: near, shape: {step: 0}}}
policies.led.mechanisms.peers={exposure: {network: near, shape: {step: 1, power: 2}}}
policies.led.mechanisms.peers={exposure: {network: near, shape: {logistic: {midpoint: 0.3}}}}
policies.led.mechanisms.cost={scale: {progress_ratio: 0.8}}
policies.led.mechanisms.cost={scale: {pool: all}}
policies.led.mechanisms.cost={scale: {pool: all, progress_ratio: 5}}
policies.led.mechanisms.cost={scale: {pool: all, shared: {fixed: 1}}}
policies.led.mechanisms.cost={scale: {pool: all, shared: {fixed: -1, variable: 1}}}
policies.led.mechanisms.cost={collective: {combine: max}}
policies.led.mechanisms.cost={collective: {production: {power: 1}, excluding_self: 2}}
policies.led.mechanisms.cost={collective: {production: {power: 1}, collaborations: c40}}
output.ties=many
networks.near={nearest: {k: 3}, dynamics: {decay: 1}}
networks.near={nearest: {k: 3}, dynamics: {visits: {closure: 0.5}}}
resources={growth: 2}
resources={returns: {per_tie: 5}}
collaborations.properties={club: {fee: {per: step}}}
output.events=all
output.quantiles=[101]
output.quantiles=50
output.histories=yes
output.by=region
sources={policies.led.baseline: guessed}
fit=[]
fit.form=2001
fit.from=soon
fit.policies=led
fit.pooled=1
fit.link=linear
fit.information=none
fit.cluster=town
fit.cluster=[none]
fit.cluster=[]
fit.fixed_effects=city
fit.fixed_effects={country: true}
fit.intervals=bootstrap
fit.penalty=ridge
fit.imputations=-1
fit.profile=policies.led.mechanisms.cost.scale.progress_ratio
fit.hypotheses=[peers]
fit.hypotheses={h: peers}
fit.cross_validation={folds: 5}
fit.cross_validation={leave: months}
fit.cross_validation={leave: years, folds: 1}
fit.nulls={permutations: -1}
fit.nulls={rewirings: many}
fit.goodness=-1
""".splitlines() + BAD_SWEEPS.splitlines()

# The program and the schema both take it.
TAKEN = """\
policies.led.adopters={top: 3, by: {centrality: pagerank, network: near}}
policies.led.baseline={chance: 0.015}
policies.led.baseline={chance: 0.15 %}
policies.led.baseline={chance: +07.5%}
policies.led.baseline={chance: .5 %}
policies.led.baseline={chance: 99.99 %}
policies.led.baseline={chance: 10 %}
policies.led.baseline={chance: 5e-2 %}
""".splitlines()


def problems_of_schema(schema):
    Draft202012Validator.check_schema(schema)
    for place, node in walk(schema):
        if "$ref" in node and node["$ref"].removeprefix("#/$defs/") not in schema["$defs"]:
            yield f"{place}: {node['$ref']} is not defined"
        for key, value in node.get("properties", {}).items():
            if not isinstance(value, dict):
                continue
            if "description" not in value and "then" not in place and "if" not in place:
                yield f"{place}: the key '{key}' has no description"
            if "default" in value:
                resolved = dict(value, **{"$defs": schema["$defs"]})
                for error in Draft202012Validator(resolved).iter_errors(value["default"]):
                    yield f"{place}: the default of '{key}' is not valid: {error.message}"


def walk(node, place="schema", named=False):
    """Every schema inside, with its place. The values of a `named` map are schemas, whatever their names."""
    if isinstance(node, dict):
        if not named:
            yield place, node
        for key, value in node.items():
            inside = not named and key in ("properties", "$defs", "dependentSchemas")
            yield from walk(value, f"{place}.{key}", inside)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from walk(value, f"{place}[{number}]")


def refused_by(validator, text):
    """The first problem, or None; raises yaml.YAMLError."""
    error = next(iter(validator.iter_errors(core_yaml.load(text))), None)
    return None if error is None else f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def checks(program, path):
    return subprocess.run([program, "check", path], capture_output=True, text=True, check=False, errors="replace")


def set_value(scenario, setting):
    path, value = setting.split("=", 1)
    node = scenario
    *before, last = path.split(".")
    for key in before:
        node = node.setdefault(key, {})
    node[last] = core_yaml.load(value)
    return scenario


def judge_good(validator, paths):
    for path in paths:
        refusal = refused_by(validator, path.read_text(encoding="utf-8"))
        if refusal:
            yield f"{path}: refused at {refusal}"


def judge_told(program, paths):
    """Whatever a good scenario holds, it can be checked and described."""
    for path in paths:
        for command in ("check", "describe"):
            ended = subprocess.run([program, command, path], capture_output=True, text=True, check=False)
            if ended.returncode != 0 or len(ended.stdout) < 100 or re.search(r"\bnan\b|-?\binf\b", ended.stdout):
                yield f"hansa {command} {path}: exit code {ended.returncode}, {len(ended.stdout)} characters {ended.stderr[:300]}"


def judge_bad(validator, program):
    with tempfile.TemporaryDirectory(prefix="hansa-schema-") as folder:
        path = Path(folder) / "s.yaml"
        path.write_text(GOOD, encoding="utf-8")
        (Path(folder) / "c.csv").write_text("id\na\nb\n", encoding="utf-8")
        ended = checks(program, path)
        if ended.returncode != 0:
            yield f"the good scenario is refused: {ended.stderr}"
        for setting in BAD:
            ended = subprocess.run([program, "check", path, "--set", setting], capture_output=True, text=True, check=False)
            if ended.returncode != 2:
                yield f"--set {setting}: the program takes it"
            if validator.is_valid(set_value(core_yaml.load(GOOD), setting)):
                yield f"--set {setting}: the schema takes it"
        for setting in TAKEN:
            ended = subprocess.run([program, "check", path, "--set", setting], capture_output=True, text=True, check=False)
            if ended.returncode != 0:
                yield f"--set {setting}: the program refuses it: {ended.stderr}"
            if not validator.is_valid(set_value(core_yaml.load(GOOD), setting)):
                yield f"--set {setting}: the schema refuses it"


def judge_corpus(validator, program, folder):
    """Whatever bytes there are: what the program takes, the schema takes."""
    tried = taken = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        tried += 1
        ended = checks(program, path)
        only_files = ended.returncode == 2 and all(
            re.search(r"no such file|cannot be read", line) for line in ended.stderr.splitlines() if line.startswith("error")
        )
        if ended.returncode != 0 and not only_files:
            continue
        taken += 1
        try:
            refusal = refused_by(validator, path.read_text(encoding="utf-8-sig"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            refusal = f"not read: {error}"
        if refusal:
            yield f"{path}: the program takes it, the schema refuses it at {refusal}"
    print(f"{tried} files of the corpus, of which {taken} are taken")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    arguments = parser.parse_args()
    told = subprocess.run([arguments.program, "schema"], capture_output=True, text=True, check=True)
    schema = json.loads(told.stdout)
    validator = Draft202012Validator(schema)
    bundled = sorted((arguments.root / "scenarios").glob("*.yaml")) + sorted((arguments.root / "benchmarks").glob("*.yaml"))
    questions = sorted(arguments.questions.glob("*/question.yaml"))
    complaints = [] if len(bundled) >= 2 and len(questions) >= 100 else [f"{len(bundled)} and {len(questions)} scenarios"]
    complaints += problems_of_schema(schema)
    complaints += judge_good(validator, bundled + questions)
    complaints += judge_told(arguments.program, questions[:100])
    complaints += judge_bad(validator, arguments.program)
    complaints += judge_changes(validator, arguments.program, GOOD)
    complaints += judge_corpus(validator, arguments.program, arguments.root / "tests/fuzz/corpus/scenario")
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
