"""The program: found, called with overrides, and its complaints raised as they were said."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import hansa
import numpy as np
import pytest
import xarray
from conftest import ROOT, numbers


def test_overrides_reach_the_scenario(folder):
    found = hansa.run(folder / "six.yaml", replicates=np.int64(3), title='a: "b" é', policies__led__baseline__chance=0.5,
                      settings={"policies.trams.mechanisms.imitation.strength": 0}, output__by=[], output__events=False)
    assert found.sizes["replicate"] == 3 and found.title == 'a: "b" é'
    assert "adopters_by_region" not in found and "event_kind" not in found
    assert float(found.adopters.sel(policy="led", time=2009).mean()) > 4
    assert list(folder.glob("result.h5")) == []


def test_the_result_is_that_of_the_program(folder, six, tmp_path):
    subprocess.run([os.environ["HANSA"], "run", folder / "six.yaml", "-o", tmp_path / "by-hand.h5", "--quiet"], check=True)
    xarray.testing.assert_identical(_bare(six), _bare(tmp_path / "by-hand.h5"))


def _bare(file):
    opened = hansa.open(file)
    opened.attrs = {}
    return opened


def test_output_stays_and_is_replaced(folder, tmp_path):
    for replicates in (2, 4):
        hansa.run(folder / "six.yaml", output=tmp_path / "kept.h5", replicates=replicates, threads=1)
        assert len(numbers(tmp_path / "kept.h5", "replicate")) == replicates


def test_complaints_are_raised_whole(folder):
    with pytest.raises(hansa.HansaError) as caught:
        hansa.run(folder / "six.yaml", polices__x=1, repicates=3)
    assert "--set polices.x: unknown key 'polices'" in str(caught.value) and "did you mean 'replicates'?" in str(caught.value)
    assert not str(caught.value).startswith("error: ")
    assert caught.value.exit_code == 2 and caught.value.command[1] == "run"
    with pytest.raises(hansa.HansaError, match="nowhere.yaml: the file cannot be read"):
        hansa.run(folder / "nowhere.yaml")


def test_values_that_no_scenario_has(folder):
    for value in (float("nan"), {1, 2}, b"x"):
        with pytest.raises(hansa.HansaError, match="^seed: .* is no value of a scenario"):
            hansa.run(folder / "six.yaml", seed=value)


def test_warnings_of_the_program(folder):
    (folder / "twice.csv").write_text("source,target\na,b\na,b\n")
    with pytest.warns(hansa.HansaWarning, match="network 'roads': 1 duplicate tie"):
        hansa.run(folder / "six.yaml", replicates=2, networks__roads__file="twice.csv")


def test_where_the_program_is_looked_for(folder, monkeypatch, tmp_path):
    real = os.environ["HANSA"]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hansa.find_program() == real
    link = tmp_path / "hansa"
    link.symlink_to(real)
    assert hansa.find_program(link) == str(link)
    monkeypatch.delenv("HANSA")
    assert hansa.find_program() == str(link)  # on the PATH
    link.unlink()
    with pytest.raises(hansa.HansaError, match="program=.*nothing is no program"):
        hansa.find_program(tmp_path / "nothing")
    monkeypatch.setenv("HANSA", "nothing")
    with pytest.raises(hansa.HansaError, match="environment variable HANSA: nothing is no program"):
        hansa.find_program()


def test_the_build_tree_comes_last(tmp_path):
    copy = tmp_path / "tree"
    (copy / "engine").mkdir(parents=True)
    (copy / "engine" / "hansa.hpp").write_text("")
    shutil.copytree(Path(hansa.__file__).parent, copy / "analysis/python/hansa", ignore=shutil.ignore_patterns("__pycache__"))
    code = ["/usr/bin/env", "-i", f"PATH={tmp_path}", f"PYTHONPATH={copy / 'analysis/python'}", sys.executable, "-B", "-c",
            "import hansa; print(hansa.find_program())"]
    lost = subprocess.run(code, capture_output=True, text=True, check=False)
    assert lost.returncode == 1 and "the program hansa was not found: build it" in lost.stderr
    built = copy / "build/release/bin/hansa"
    built.parent.mkdir(parents=True)
    built.write_text("#!/bin/sh\n")
    built.chmod(built.stat().st_mode | stat.S_IXUSR)
    assert subprocess.run(code, capture_output=True, text=True, check=True).stdout.strip() == str(built)


def test_a_program_that_dies(tmp_path, folder):
    killed = tmp_path / "killed"
    killed.write_text("#!/bin/sh\necho 'error: halfway' >&2\nkill -9 $$\n")
    killed.chmod(0o755)
    with pytest.raises(hansa.HansaError, match="halfway\nthe program was ended by signal 9") as caught:
        hansa.run(folder / "six.yaml", program=killed)
    assert caught.value.exit_code == -9


@pytest.mark.parametrize("told", ["", "warning: few cities", "Killed"])
def test_a_program_that_fails_without_an_error(tmp_path, folder, told):
    failed = tmp_path / "failed"
    failed.write_text(f"#!/bin/sh\necho '{told}' >&2\nexit 1\n")
    failed.chmod(0o755)
    with pytest.raises(hansa.HansaError, match=told or "the program ended with 1") as caught:
        hansa.run(folder / "six.yaml", program=failed)
    assert caught.value.exit_code == 1


def test_an_interrupt_leaves_what_was_finished(folder, tmp_path):
    file = tmp_path / "long.h5"
    code = (f"import hansa\nhansa.run({str(folder / 'six.yaml')!r}, output={str(file)!r}, replicates=50_000_000, threads=1, "
            "output__events=False)")
    with subprocess.Popen([sys.executable, "-B", "-c", code], stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        until = time.monotonic() + 60
        while not file.with_name("long.h5.part").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        told = process.communicate(timeout=120)[1]
    assert "KeyboardInterrupt" in told and process.returncode != 0
    with pytest.warns(hansa.HansaWarning, match="was not finished"):
        kept = hansa.open(file)
    assert 0 < kept.sizes["replicate"] < 50_000_000 and (kept.adopters.sel(policy="led", time=2009) >= 1).all()


def test_a_result_with_failed_replicates_is_one(tmp_path, folder, sample):
    partial = tmp_path / "partial"
    partial.write_text(f"""#!/bin/sh
while [ "$1" != --output ]; do shift; done
cp '{sample[0]}' "$2"
echo 'error: x.h5: replicate 4 failed: failed on purpose' >&2
exit 1
""")
    partial.chmod(0o755)
    with pytest.warns(hansa.HansaWarning, match="replicates failed and are left out"):
        assert hansa.run(folder / "six.yaml", program=partial).sizes["replicate"] == 59


def test_compare_takes_knock_outs(folder):
    found = hansa.compare(folder / "six.yaml", replicates=20, knock_out="imitation")
    assert list(found.scenario.values) == ["six", "without imitation"] and found.sizes["replicate"] == 20


def test_fit_and_rank_and_run_from_the_estimates(tmp_path):
    scenario = ROOT / "analysis/examples/bike-share-fit.yaml"
    fit = hansa.fit(scenario, output=tmp_path / "fit.h5", until=2016)
    assert fit.attrs["contents"] == "estimates" and fit.estimate.sel(coefficient="bike_share.neighbours") > 0.5
    ranking = hansa.rank(scenario)
    assert list(ranking.model) == ["both", "neighbours", "sisters", "none"]
    np.testing.assert_allclose(ranking.aic, [801.313, 801.749, 813.527, 818.385], atol=1e-3)
    assert ranking.ratio_against.tolist()[:3] == ["none"] * 3
    runs = hansa.run(scenario, from_fit=tmp_path / "fit.h5", draw=True, replicates=5)
    assert runs.attrs["parameters_drawn_from"].endswith("fit.h5")


def written(folder):
    """A scenario of 30 lamps with observed adoptions, a sweep and a calibration."""
    (folder / "adopters.csv").write_text("city,year\n" + "".join(f"c{k},{2000 + k // 4}\n" for k in range(20)))
    (folder / "lamps.yaml").write_text("""\
hansa: 1
time: {start: 2000, end: 2005}
cities: {generate: 30}
networks: {chance: {erdos_renyi: {degree: 4}}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms: {imitation: {exposure: {network: chance}, strength: 2}}
sweep:
  design: grid
  replicates: 5
  parameters: {policies.led.baseline: {values: [-3, -2]}}
  measures: [final_share, {series: adopters}]
calibrate:
  particles: 20
  generations: 1
  parameters: {policies.led.baseline: {normal: [-3, 1]}}
""")
    return folder / "lamps.yaml"


def test_a_sweep_is_run_gathered_and_gone_on_with(tmp_path):
    scenario = written(tmp_path)
    swept = hansa.sweep(scenario, folder=tmp_path / "kept", threads=1)
    assert dict(swept.sizes)["design"] == 2
    assert swept["policies.led.baseline"].values.tolist() == [-3, -2]
    assert (np.diff(swept["adopters"].values, axis=-1) >= 0).all()
    blocks = sorted(path.name for path in (tmp_path / "kept").glob("block-*.h5"))
    again = hansa.sweep(scenario, folder=tmp_path / "kept", replicates=7)
    assert sorted(path.name for path in (tmp_path / "kept").glob("block-*.h5"))[:len(blocks)] == blocks
    assert again.sizes["replicate"] == 7
    each = again["final_share_each"].values
    assert np.allclose(again["final_share"].values, each.mean(axis=list(again["final_share_each"].dims).index("replicate")))
    with pytest.raises(hansa.HansaError, match="another sweep"):
        hansa.sweep(scenario, folder=tmp_path / "kept", policies__led__mechanisms__imitation__strength=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adopters.csv", "kept", "lamps.yaml"]


def test_a_virtual_sweep_is_read_with_its_blocks_and_refused_without(tmp_path):
    scenario = written(tmp_path)
    words = ("--folder", tmp_path / "kept", "--block", "3", "--quiet")
    subprocess.run([os.environ["HANSA"], "sweep", scenario, *words, "-o", tmp_path / "plain.h5"], check=True)
    subprocess.run([os.environ["HANSA"], "sweep", "gather", scenario, *words, "--virtual", "-o", tmp_path / "virtual.h5"], check=True)
    plain, virtual = hansa.open(tmp_path / "plain.h5"), hansa.open(tmp_path / "virtual.h5")
    assert (plain["final_share_each"].values == virtual["final_share_each"].values).all()
    (tmp_path / "kept" / "block-000001.h5").write_bytes((tmp_path / "kept" / "block-000000.h5").read_bytes())
    with pytest.raises(hansa.HansaError, match="block 'kept/block-000001.h5', which has changed since"):
        hansa.open(tmp_path / "virtual.h5")
    (tmp_path / "kept").rename(tmp_path / "moved")
    with pytest.raises(hansa.HansaError, match="block 'kept/block-000000.h5', which is not there"):
        hansa.open(tmp_path / "virtual.h5")


def test_a_calibration_is_opened_and_runs_take_it(tmp_path):
    scenario = written(tmp_path)
    found = hansa.calibrate(scenario, output=tmp_path / "posterior.h5")
    assert found["draw_value"].sizes == {"draw": 20, "parameter": 1}
    assert np.isclose(found["draw_weight"].sum(), 1)
    assert found.attrs["ended"] == "generations"
    runs = hansa.run(scenario, from_fit=tmp_path / "posterior.h5", draw=True, replicates=10)
    assert runs.sizes["replicate"] == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adopters.csv", "lamps.yaml", "posterior.h5"]
