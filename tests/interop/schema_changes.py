"""What-ifs judged by the JSON Schema and by the program: both take what may be left to a base, and refuse what is wrong."""

import subprocess
import tempfile
from pathlib import Path

import core_yaml

# What a what-if over the good scenario says: the program and the schema both take it.
CHANGES = """\
{seed: 7}
{time: {end: 2005}}
{cities: {coordinates: globe}, networks: {near: {nearest: {on: [lat, lon]}}}, policies: {led: {attributes: {lat: 0.5}}}, remove: [policies.led.attributes, networks.near.nearest.on]}
{policies: {led: {baseline: {chance: 0.1}}}}
{policies: {led: {mechanisms: {peers: {strength: 2}}}}}
{policies: {led: {mechanisms: {peers: {exposure: {shape: {step: 0.25}}}}}}}
{policies: {led: {mechanisms: {more: {exposure: {pool: all}}}}}}
{policies: {share: {threshold: {uniform: [0, 0.5]}}}}
{policies: {tram: {baseline: -3}}, remove: [policies.led.trend, fit]}
{networks: {near: {nearest: {k: 5}}}}
{networks: {near: {weight: {attribute: x}}}}
{remove: [output], title: other}
{}
""".splitlines()

# The same, and both refuse it.
BAD_CHANGES = """\
{remove: seed}
{remove: [[seed]]}
{base: [x]}
{seed: -1}
{time: {finish: 2005}}
{time: 2005}
{policies: {led: {baseline: low}}}
{policies: {led: {base: -4}}}
{policies: {led: {mechanisms: {peers: {exposition: {network: near}}}}}}
{policies: {led: {mechanisms: {peers: {exposure: {normalize: mean}}}}}}
{policies: {led: {adopters: {random: -1}}}}
{networks: {near: {nearest: {k: 0}}}}
{networks: []}
{output: {quantiles: [101]}}
{fit: {from: soon}}
""".splitlines()


def judge_changes(validator, program, base):
    with tempfile.TemporaryDirectory(prefix="hansa-schema-") as folder:
        path = Path(folder) / "what_if.yaml"
        (Path(folder) / "s.yaml").write_text(base, encoding="utf-8")
        for changes, wanted in [(each, True) for each in CHANGES] + [(each, False) for each in BAD_CHANGES]:
            named = "" if "base:" in changes.partition("policies")[0] else "base: s.yaml"
            path.write_text("{" + named + ("," if named and len(changes) > 2 else "") + changes[1:], encoding="utf-8")
            ended = subprocess.run([program, "check", path], capture_output=True, text=True, check=False)
            if ended.returncode != (0 if wanted else 2):
                yield f"what-if {changes}: exit code {ended.returncode} of the program {ended.stderr[:300]}"
            if validator.is_valid(core_yaml.load(path.read_text(encoding="utf-8"))) != wanted:
                yield f"what-if {changes}: the schema {'refuses' if wanted else 'takes'} it"
