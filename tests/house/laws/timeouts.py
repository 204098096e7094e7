"""Timeouts: every test that ctest knows has a time limit and says whether it is fast or slow."""

import json
import subprocess


def check(root, build):
    listing = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build or root, capture_output=True, text=True, check=False)
    tests = json.loads(listing.stdout)["tests"] if listing.returncode == 0 else []
    if not tests:
        yield f"ctest knows no test in {build}"
    for test in tests:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        if "TIMEOUT" not in properties:
            yield f"'{test['name']}' has no TIMEOUT"
        if not set(properties.get("LABELS", [])) & {"fast", "slow"}:
            yield f"'{test['name']}' is labelled neither fast nor slow"
