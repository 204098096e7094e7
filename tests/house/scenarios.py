"""Judges the bundled scenarios: they check clean, run, say where every parameter comes from; the reference is current.

scenarios.py --program hansa --root FOLDER [--write]: --write brings the table of mechanisms in scenarios/README.md up to
date instead of complaining.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

MARKERS = "<!-- {}: begin -->\n", "<!-- {}: end -->\n"
ORIGINS = ("fitted", "literature (", "assumed")
SECTIONS = "networks", "collaborations", "policies", "resources"
# What is not a parameter of the model: dates of the data, and which cities are meant.
FACTS = {"until", "coverage", "at_risk", "file", "collaborations"}


def hansa(program, *words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)


def is_number(node):
    if isinstance(node, str):
        return re.fullmatch(r"[\d.]+ *%", node) is not None
    return isinstance(node, (int, float)) and not isinstance(node, bool)


def parameters(node, path=()):
    """Dotted paths of the numbers below a node, whatever holds them."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in FACTS:
                yield from parameters(value, path + (str(key),))
    elif is_number(node) or isinstance(node, list) and node and all(map(is_number, node)):
        yield ".".join(path)


def judge_scenario(program, path):
    checked = hansa(program, "check", path)
    if checked.returncode != 0:
        yield f"{path.name} does not check:\n{checked.stderr}"
        return
    scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
    sources = scenario.get("sources", {})
    needed = {
        each for section in SECTIONS for each in parameters(scenario.get(section, {}), (section,))
    }
    for each in sorted(needed - sources.keys()):
        yield f"{path.name}: 'sources' does not say where {each} comes from"
    for each in sorted(sources.keys() - needed):
        yield f"{path.name}: 'sources' speaks of {each}, which is no parameter here"
    for each, origin in sorted(sources.items()):
        if not str(origin).startswith(ORIGINS):
            yield f"{path.name}: {each} is from '{origin}', one of fitted, literature (…), assumed was expected"


def judge_run(program, path):
    """Two replicates end well; more of them are each scenario's own affair."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.h5"
        ran = hansa(program, "run", path, "--replicates", 2, "--output", result, "--json")
        if ran.returncode != 0:
            yield f"{path.name} does not run:\n{ran.stderr}"
            return
        summary = json.loads(ran.stdout)
        if not summary["complete"] or summary["replicates"] != 2 or not result.exists():
            yield f"{path.name}: two replicates were to end well; it says {ran.stdout}"
        for policy in summary["policies"]:
            if not policy["adopters"]["median"] > policy["given"]:
                yield f"{path.name}: nobody decides to adopt {policy['name']}"


def judge_reference(program, page, write):
    yield from judge_part(program, page, write, "mechanisms", "--markdown")
    yield from judge_part(program, page, write, "interventions", "--markdown", "interventions")
    yield from judge_part(program, page, write, "literature", "--references")
    text = page.read_text(encoding="utf-8")
    listed = re.findall(r"^- ([^\W\d_][\w'’. -]*?),? .*?\((\d{4})\)", text, re.M)
    for source in re.findall(r"^Source: (.+)$", text, re.M):
        for work in source.split("; "):
            first, year = re.split(r"[ ,]", work)[0], work[-4:]
            if not any(author.startswith(first) and year == dated for author, dated in listed):
                yield f"{page.name}: '{work}' is a source, and not in the literature"


def judge_model(program, page):
    """The page on the model ends with the whole literature."""
    listed = hansa(program, "mechanisms", "--references")
    if not page.read_text(encoding="utf-8").endswith("\n## References\n\n" + listed.stdout):
        yield f"{page}: its references are not what hansa mechanisms --references prints"


def judge_part(program, page, write, name, option, command="mechanisms"):
    """What stands between the markers is what the program prints."""
    begin, end = (marker.format(name) for marker in MARKERS)
    text = page.read_text(encoding="utf-8")
    listed = hansa(program, command, option)
    if listed.returncode != 0:
        yield f"hansa {command} {option}: exit code {listed.returncode}"
        return
    if text.count(begin) != 1 or text.count(end) != 1:
        yield f"{page.name} has not one pair of markers for {name}"
        return
    before, rest = text.split(begin)
    _, after = rest.split(end)
    wanted = before + begin + "\n" + listed.stdout.strip("\n") + "\n\n" + end + after
    if wanted != text and write:
        page.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        yield f"{page.name}: {name} are not what hansa {command} {option} prints; run this with --write"


def judge_keys(fields, page):
    """Every key that the program reads is shown in the reference, as a key or as code."""
    tables = "".join(path.read_text(encoding="utf-8") for path in sorted(fields.glob("fields*.hpp")))
    keys = set(re.findall(r'\.name = "(\w+)"', tables))
    if len(keys) < 60:
        yield f"{fields}: only {len(keys)} keys were found"
    shown = set(re.findall(r"(?<![\w.-])(\w+):|`(\w+)`", page.read_text(encoding="utf-8")))
    for key in sorted(keys - {name for pair in shown for name in pair}):
        yield f"{page.name}: the key '{key}' of the field tables is not explained"


class Strict(yaml.SafeLoader):
    """Refuses a key that a map has twice, as hansa does."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
            raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' stands there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def judge_examples(page):
    """YAML in the reference can be read."""
    examples = re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    if len(examples) < 10:
        yield f"{page.name}: only {len(examples)} examples of YAML were found"
    for example in examples:
        try:
            yaml.load(example, Strict)
        except yaml.YAMLError as error:
            yield f"{page.name}: the example that begins with '{example.splitlines()[0]}' cannot be read: {error}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.root / "scenarios"
    found = sorted(folder.glob("*.yaml"))
    complaints = [] if len(found) >= 2 else [f"{len(found)} scenarios in {folder}, two or more were expected"]
    for path in found:
        complaints += judge_scenario(arguments.program, path)
        complaints += judge_run(arguments.program, path)
    complaints += judge_reference(arguments.program, folder / "README.md", arguments.write)
    complaints += judge_model(arguments.program, arguments.root / "engine/model/README.md")
    complaints += judge_keys(arguments.root / "engine/scenario", folder / "README.md")
    complaints += judge_examples(folder / "README.md")
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
