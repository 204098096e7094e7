"""Runs the program for the pages that are tried, and writes down what h5py reads in the files: make.py PROGRAM ROOT FOLDER."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy

HOSTILE = ["</script><img src=x onerror=document.title='caught'>", "北京", "عَمّان", "=SUM(1;2)", "O'Neil \"quoted\", & more", "Z\u0351\u0352algo", "<b>bold</b>"]
LAMPS = """\
hansa: 1
title: "Lamps </title><script>document.title='caught'</script>"
time: {start: 2000, end: 2009}
seed: 7
replicates: 40
cities: {file: places.csv}
networks: {near: {nearest: {k: 5}}}
policies:
  led: {baseline: -4, adopters: {random: 5}, mechanisms: {imitation: {exposure: {network: near}, strength: 4}}}
  "trams": {baseline: -3}
stats:
  seen: {exposure: {network: near}}
  needed: {threshold: {network: near}}
  alike: {moran: {of: adopted, at: 2009, network: near, permutations: 99}}
  rogers: {classes: {of: adoption_time}}
  curve: {curve: {}}
  km: {survival: {}}
output: {by: [region], events: true}
"""
CALIBRATION = """\
calibrate:
  particles: 20
  generations: 2
  replicates: 1
  parameters: {policies.bag_ordinance.baseline: {normal: [-4.3, 1]}, policies.bag_ordinance.mechanisms.neighbours.strength: {uniform: [0, 8]}}
"""
LARGE = """\
hansa: 1
time: {start: 2000, end: 2050}
cities: {generate: 50000, coordinates: globe}
replicates: 20
policies: {led: {baseline: -4}}
"""
PERCENTS = [5, 25, 50, 75, 95]
NEVER = numpy.iinfo(numpy.int32).min


def places(folder):
    rows = ["id,name,lat,lon,region"]
    for k in range(60):
        name = HOSTILE[k] if k < len(HOSTILE) else f"Place {k}"
        rows.append('c{:02},"{}",{},{},{}'.format(k, name.replace('"', '""'), k - 30, 5 * k - 150, "north" if k % 2 else "south"))
    (folder / "places.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "lamps.yaml").write_text(LAMPS, encoding="utf-8")
    (folder / "large.yaml").write_text(LARGE, encoding="utf-8")


def result_numbers(path):
    with h5py.File(path) as file:
        times, labels = file["adoption_time"][:, 0, :], file["time"][...]
        adopted = [((times != NEVER) & (times <= label)).mean(axis=0).tolist() for label in labels]
        observed = file["observed_adopters"][0].tolist() if "observed_adopters" in file else None
        return {"time": labels.tolist(), "ids": [each.decode() for each in file["city_id"]],
                "quantile": numpy.percentile(file["adopters"][:, 0, :], PERCENTS, axis=0).tolist(), "observed": observed, "adopted": adopted,
                "attribution": file["new_adoptions_by_mechanism_total"][:, 0, :].mean(axis=0).tolist(),
                "mechanisms": [each.decode() for each in file["mechanism"]]}


def comparison_numbers(path):
    with h5py.File(path) as file:
        names = [each.decode() for each in file["city_name"]]
        chance = file["adoption_chance"][:, 0, :]
        return {"mean": file["adopters_difference"][0, 0].tolist(), "quantile": file["adopters_difference_quantile"][0, 0].tolist(),
                "bound": file["adopters_difference_bound"][0, 0].tolist(), "names": names, "without": chance[0].tolist(), "with": chance[1].tolist(),
                "funded": file["funded"][0, 0].tolist(), "followers": file["followers"][0, 0].item(), "deadweight": file["deadweight"][0, 0].item()}


def fit_numbers(path):
    with h5py.File(path) as file:
        return {"term": [each.decode() for each in file["term"]], "estimate": file["estimate"][...].tolist(), "error": file["standard_error"][...].tolist()}


def judged_numbers(path):
    """Hypotheses and envelopes."""
    with h5py.File(path) as file:
        texts = {each: [one.decode() for one in file[each]] for each in ("ranked_name", "ranked_against", "goodness_part", "goodness_value")}
        numbers = {each: file[each][...].tolist() for each in ("ranked_aic", "ranked_weight", "ranked_parameters", "goodness_part_of", "goodness_observed",
                                                               "goodness_lower", "goodness_upper", "goodness_p")}
        return {**texts, **numbers, "histories": int(file.attrs["goodness_histories"])}


def posterior_numbers(path):
    """Ends of what holds 95 % of the particles' weight: the smallest value with so much of it up to there."""
    with h5py.File(path) as file:
        weight = file["particle_weight"][...]
        order = numpy.argsort(file["particle_value"][...], axis=1, kind="stable")
        values = numpy.take_along_axis(file["particle_value"][...], order, axis=1)
        upto = numpy.cumsum(weight[order], axis=1)
        at = [[int(numpy.argmax(row >= q * weight.sum())) for row in upto] for q in (0.025, 0.975)]
        return {"term": [each.decode() for each in file["term"]], "estimate": file["estimate"][...].tolist(),
                "low": [float(values[k, each]) for k, each in enumerate(at[0])], "high": [float(values[k, each]) for k, each in enumerate(at[1])]}


def without_gaps(array):
    """Lists of numbers, None where there is none."""
    return numpy.where(numpy.isnan(array), None, array).tolist()


def observed_statistics(path):
    with h5py.File(path) as file:
        names = ("curve_share", "curve_hazard", "km", "km_se", "thresholds", "seen", "where", "where_p", "bass_q")
        return {"time": file["time"][...].tolist(), "ids": [each.decode() for each in file["city_id"]], "names": [each.decode() for each in file["city_name"]],
                "classes": numpy.bincount(file["rogers"][0][file["rogers"][0] >= 0], minlength=5).tolist(),
                **{each: without_gaps(file[each][0]) for each in names}}


def simulated_statistics(path):
    with h5py.File(path) as file:
        return {"replicates": int(file["replicate"].size), "seen": without_gaps(file["seen"][0]), "ids": [each.decode() for each in file["city_id"]],
                "curve_share": numpy.percentile(file["curve_share"][:, 0], [5, 50, 95], axis=0).tolist(),
                "classes": numpy.nansum(file["rogers"][0], axis=0).tolist()}


def interrupt(program, scenario, output, folder):
    """Stops a long run once some blocks of it are on disk; returns what the file says."""
    part = folder / f"{output}.part"
    with subprocess.Popen([program, "run", str(scenario), "--replicates", "1000000", "--quiet", "-o", output], cwd=folder) as running:
        while running.poll() is None and not (part.exists() and part.stat().st_size > 1_000_000):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        assert running.wait() == 130, running.returncode
    with h5py.File(folder / output) as file:
        assert file.attrs["complete"] == 0
        finished = int(file.attrs["replicates_complete"])
        return {"asked": int(file.attrs["replicates"]), "finished": finished,
                "quantile": numpy.percentile(file["adopters"][:finished, 0, :], PERCENTS, axis=0).tolist()}


def sweep_numbers(path):
    with h5py.File(path) as file:
        return {"final_share": file["final_share"][:, 0].tolist()}


def pairs_of(program, table, folder):
    """S2 of each pair as `hansa sensitivity` has it from a table of single runs."""
    with (folder / table).open(encoding="utf-8") as file:
        inputs = [each for each in file.readline().strip().split(",") if each.startswith("policies.")]
    words = [table, "--design", "saltelli", "--inputs", ",".join(inputs), "--measure", "final_share", "--json"]
    told = subprocess.run([program, "sensitivity", *words], cwd=folder, check=True, stdout=subprocess.PIPE)
    return json.loads(told.stdout)["measures"]["final_share"]


def main(program, root, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    places(folder)
    scenarios = root / "scenarios"

    def hansa(*words):
        subprocess.run([program, *map(str, words)], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    hansa("run", scenarios / "bike-share.yaml", "--quiet", "-o", "bike.h5")
    hansa("run", "lamps.yaml", "--quiet", "-o", "lamps.h5")
    hansa("run", "large.yaml", "--quiet", "-o", "large.h5")
    hansa("run", scenarios / "fund-twenty.yaml", "--replicates", "10", "--quiet", "-o", "acts.h5")
    hansa("run", scenarios / "bike-share.yaml", "--replicates", "10", "--set", "output.histories=false", "--quiet", "-o", "bare.h5")
    hansa("run", scenarios / "learning.yaml", "--replicates", "10", "--quiet", "-o", "beliefs.h5")
    hansa("compare", scenarios / "bike-share.yaml", scenarios / "fund-twenty.yaml", "--quiet", "--replicates", "60", "-o", "fund.h5")
    hansa("fit", scenarios / "bike-share.yaml", "--quiet", "-o", "fit.h5")
    hansa("sweep", scenarios / "sensitivity.yaml", "--set", "sweep.design.saltelli=16", "--quiet", "-o", "sweep.h5")
    hansa("compare", scenarios / "bike-share.yaml", scenarios / "fund-twenty.yaml", scenarios / "mandate-2015.yaml", "--from", "fit.h5", "--draw",
          "--quiet", "--replicates", "60", "-o", "drawn.h5")
    ranges = "{policies.bike_share.baseline: {values: [-7.6, -8.6, -6.6]}, policies.bike_share.mechanisms.neighbours.strength: {values: [2, 1, 3]}}"
    for name, words in {"morris": ["sweep.design={morris: 6}"], "random": ["sweep.design={latin_hypercube: 30}"],
                        "pairs": ["sweep.design={saltelli: 32, second_order: true}"], "tornado": ["sweep.design=one_at_a_time", f"sweep.parameters={ranges}"]}.items():
        settings = [part for word in words for part in ("--set", word)]
        hansa("sweep", scenarios / "sensitivity.yaml", *settings, "--quiet", "--folder", f"{name}.sweep", "-o", f"{name}.h5",
              *(["--csv-replicates", "pairs.csv"] if name == "pairs" else []))
    bags = scenarios / "bag-ordinances.yaml"
    (folder / "bags.yaml").write_text(f"base: {bags}\nremove: [policies.bag_ordinance.mechanisms.jointly]\n{CALIBRATION}", encoding="utf-8")
    hansa("fit", "bags.yaml", "--compare", "--goodness", "60", "--quiet", "-o", "bags.h5")
    hansa("calibrate", "bags.yaml", "--quiet", "--folder", "posterior.d", "-o", "posterior.h5")
    hansa("stats", bags, "--quiet", "-o", "stats.h5")
    hansa("run", bags, "--replicates", "20", "--quiet", "-o", "bagrun.h5")
    hansa("stats", bags, "--histories", "bagrun.h5", "--quiet", "-o", "bagstats.h5")
    hansa("stats", "lamps.yaml", "--histories", "lamps.h5", "--quiet", "-o", "lampstats.h5")
    cut = interrupt(program, scenarios / "minimal.yaml", "cut.h5", folder)
    for name in ("bike", "lamps", "large", "fund", "fit", "sweep", "drawn", "morris", "random", "pairs", "tornado", "acts", "bare", "beliefs", "bags", "posterior", "stats", "lampstats", "cut"):
        hansa("report", f"{name}.h5", "--data", folder if name in ("lamps", "large", "lampstats") else scenarios, "-o", f"{name}.html")
    hansa("report", "bike.h5", "fit.h5", "fund.h5", "--data", scenarios, "-o", "all.html")
    hansa("report", "bagrun.h5", "bagstats.h5", "--data", scenarios, "-o", "both.html")
    known = {"bags": judged_numbers(folder / "bags.h5"), "stats": observed_statistics(folder / "stats.h5"),
             "bagstats": simulated_statistics(folder / "bagstats.h5"), "cut": cut, "posterior": posterior_numbers(folder / "posterior.h5"), "bike": result_numbers(folder / "bike.h5"), "lamps": result_numbers(folder / "lamps.h5"), "fund": comparison_numbers(folder / "fund.h5"),
             "drawn": comparison_numbers(folder / "drawn.h5"), "fit": fit_numbers(folder / "fit.h5"), "sweep": sweep_numbers(folder / "sweep.h5"),
             "pairs": pairs_of(program, "pairs.csv", folder), "hostile": HOSTILE}
    (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
