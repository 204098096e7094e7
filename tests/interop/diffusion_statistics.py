"""Compares `hansa stats` with slow loops written from the published formulas, on random worlds, in exact fractions.

diffusion_statistics.py HANSA FOLDER [WORLDS]: the program, an empty folder, and how many worlds of six policies each (default 50).
Numbers must agree to 1e-10; fits of Bass's model must be where scipy finds nothing better.
"""

import itertools
import json
import math
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import h5py
import numpy
import scipy.optimize
import xarray
from diffusion_oracle import FAILURES, SEEN, Oracle
from diffusion_worlds import POLICIES, START, World


def check_file(file):
    """What readers of labelled data must find."""
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(file, engine=engine) as opened:
            if opened["seen0"].dims != ("policy", "city", "time") or opened["crowd0"].dims != ("policy",):
                FAILURES.append(f"{engine}: dimensions are {opened['seen0'].dims} and {opened['crowd0'].dims}")
            if "late_majority" not in opened["rogers"].attrs["flag_meanings"]:
                FAILURES.append(f"{engine}: rogers has the attributes {opened['rogers'].attrs}")
            if opened["time"].attrs["units"] != "year" or list(opened["policy"].values) != POLICIES:
                FAILURES.append(f"{engine}: time and policy are not labelled")
            if opened.attrs["contents"] != "statistics":
                FAILURES.append(f"{engine}: contents are {opened.attrs['contents']}")


def bass(t, p, q):
    e = numpy.exp(-(p + q) * t)
    return (1 - e) / (1 + q / p * e)


def new_adopters(theta, t):
    return theta[2] * (bass(t, theta[0], theta[1]) - bass(t - 1, theta[0], theta[1]))


def check_bass(program, folder):
    """Counts drawn about curves of the model; each fit is a minimum, and its errors are those of the linear model there."""
    draw = random.Random(11)
    fitted = 0
    for number in range(40):
        steps, m = draw.randint(8, 20), draw.randint(60, 400)
        p, q = 10 ** draw.uniform(-2.7, -1), draw.uniform(0.2, 0.9)
        share = numpy.diff(bass(numpy.arange(steps + 1.0), p, q))
        counts = [max(0, round(m * s + draw.gauss(0, 0.2 * math.sqrt(m * s)))) for s in share]
        counts[0] = max(counts[0], 1)
        n = sum(counts) + 5
        years = [START + t for t, count in enumerate(counts) for _ in range(count)]
        (folder / "adopters.csv").write_text("city,year\n" + "".join(f"c{k},{y}\n" for k, y in enumerate(years)))
        (folder / "b.yaml").write_text(json.dumps({
            "hansa": 1, "time": {"start": START, "end": START + steps - 1}, "cities": {"generate": n},
            "policies": {"led": {"baseline": -3, "adopters": {"file": "adopters.csv"}}}, "stats": {"b": {"bass": {}}}}))
        told = json.loads(subprocess.run([program, "stats", "b.yaml", "--json"], cwd=folder, check=True,
                                         capture_output=True, text=True).stdout)["statistics"]["led"]
        t, x = numpy.arange(1.0, steps + 1), numpy.array(counts, dtype=float)
        residual = lambda theta: x - new_adopters(theta, t)
        best = min((scipy.optimize.least_squares(residual, [a, b, float(sum(counts))], x_scale=[a, b, 100.0],
                                                 bounds=([1e-11, 1e-11, 0], [20, 20, 1e7]), xtol=1e-15, ftol=1e-15,
                                                 gtol=1e-15, max_nfev=3000)
                    for a in (1e-3, 1e-2, 5e-2) for b in (0.2, 0.5, 0.9)), key=lambda fit: fit.cost)
        if told["b_p"] is None:
            if 1e-6 < best.x[0] and best.x[1] > 1e-6 and best.x[2] < 1e6:
                FAILURES.append(f"bass {number}: no fit, and scipy has {best.x}")
            continue
        fitted += 1
        theta = numpy.array([told["b_p"], told["b_q"], told["b_m"]])
        cost = 0.5 * numpy.sum(residual(theta) ** 2)
        if cost > best.cost * (1 + 1e-10) + 1e-12:
            FAILURES.append(f"bass {number}: {theta} costs {cost}, and {best.x} {best.cost}")
        # Derivatives by complex steps, which lose no digits.
        jacobian = numpy.array([numpy.imag(new_adopters(theta + 1e-30j * numpy.eye(3)[k], t)) / 1e-30 for k in range(3)]).T
        step = numpy.linalg.lstsq(jacobian / numpy.abs(theta) ** -1, residual(theta), rcond=None)[0]
        if not numpy.all(numpy.abs(step) < 1e-10):
            FAILURES.append(f"bass {number}: a step of {step} is left")
        covariance = numpy.linalg.inv(jacobian.T @ jacobian) * 2 * cost / (steps - 3)
        errors = numpy.array([told["b_p_se"], told["b_q_se"], told["b_m_se"]])
        if not numpy.allclose(errors, numpy.sqrt(numpy.diag(covariance)), rtol=1e-7, atol=0):
            FAILURES.append(f"bass {number}: errors {errors}, expected {numpy.sqrt(numpy.diag(covariance))}")
    if fitted < 30:
        FAILURES.append(f"bass: only {fitted} of 40 were fitted")


def check_permutations(program, folder):
    """p of random orders against that of all orders, for six cities; 5 standard errors on each of three networks."""
    draws = 20000
    for number in range(3):
        draw = random.Random(100 + number)
        score = [Fraction(draw.randint(0, 20)) for _ in range(6)]
        ties = [(i, j) for i, j in itertools.permutations(range(6), 2) if draw.random() < 0.4]
        (folder / "cities.csv").write_text("id,score\n" + "".join(f"c{k},{s}\n" for k, s in enumerate(score)))
        (folder / "road.csv").write_text("source,target\n" + "".join(f"c{i},c{j}\n" for i, j in ties))
        (folder / "adopters.csv").write_text("city,year\nc0,2001\n")
        (folder / "m.yaml").write_text(json.dumps({
            "hansa": 1, "time": {"start": START, "end": 2005}, "cities": {"file": "cities.csv"},
            "networks": {"road": {"file": "road.csv"}},
            "policies": {"led": {"baseline": -3, "adopters": {"file": "adopters.csv"}}},
            "stats": {"m": {"moran": {"of": "score", "network": "road", "normalize": "weight", "permutations": draws}}}}))
        told = json.loads(subprocess.run([program, "stats", "m.yaml", "--json"], cwd=folder, check=True,
                                         capture_output=True, text=True).stdout)["statistics"]["led"]
        mean = sum(score) / 6

        def distance(values):
            z = [x - mean for x in values]
            index = Fraction(6, len(ties)) * sum(z[i] * z[j] for i, j in ties) / sum(x * x for x in z)
            return abs(index + Fraction(1, 5))

        own = distance(score)
        exact = sum(distance(order) >= own for order in itertools.permutations(score)) / 720
        bound = 5 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws
        if abs(told["m_p_permutation"] - exact) > bound:
            FAILURES.append(f"permutations {number}: p {told['m_p_permutation']}, of all orders {exact}")


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    worlds = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(worlds):
        world = World(number)
        world.write(folder)
        ended = subprocess.run([program, "stats", "s.yaml", "-o", "s.h5", "--force", "--quiet"], cwd=folder,
                               capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            FAILURES.append(f"world {number}: {ended.stderr}")
            continue
        with h5py.File(folder / "s.h5") as file:
            for p, name in enumerate(POLICIES):
                Oracle(world, name).check(f"world {number} {name}", file, p)
        if number == 0:
            check_file(folder / "s.h5")
    check_bass(program, folder)
    check_permutations(program, folder)
    for kind, count in sorted(SEEN.items()):
        if count < 2 * worlds:
            FAILURES.append(f"only {count} numbers of {kind} were compared")
    for failure in FAILURES[:20]:
        print(failure)
    print(f"{worlds * len(POLICIES)} histories, {sum(SEEN.values())} numbers, {len(FAILURES)} failures")
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
