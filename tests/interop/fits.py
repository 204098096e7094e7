"""Compares estimates of event history with those of R, statsmodels and scipy, on rows drawn with fixed seeds.

fits.py FIT_ROWS FITS.R FOLDER: the program that fits, the script for R, and a folder for tables. Coefficients must agree
to 1e-6 standard errors with R and statsmodels, errors and log-likelihoods to 1e-6 of themselves.
"""

import json
import subprocess
import sys
import warnings
from pathlib import Path

import numpy
import statsmodels.api
from scipy import optimize, special

LINKS = ["logit", "cloglog", "probit"]
FAILURES = []


def check(what, holds, found, wanted):
    if not holds:
        FAILURES.append(f"{what}: found {found}, expected {wanted}")


def agree(what, found, wanted, scale, tolerance=1e-6):
    found, wanted = numpy.asarray(found, float), numpy.asarray(wanted, float)
    same = found.shape == wanted.shape and found.size > 0
    holds = same and bool(numpy.all(numpy.abs(found - wanted) <= tolerance * scale))
    check(what, holds, found.tolist(), wanted.tolist())


def draw(seed, cities, years, beta, link="logit", frailty=0.0, spread=1.0):
    """Rows of cities until they adopt: covariates that are partly the city's and partly the year's."""
    dice = numpy.random.default_rng(seed)
    rows, x = [], []
    for city in range(cities):
        traits, shift = dice.normal(size=len(beta) - 1), frailty * dice.normal()
        for year in range(years):
            covariates = numpy.concatenate([[1.0], spread * traits + 0.7 * dice.normal(size=len(beta) - 1)])
            eta = covariates @ beta + shift
            hazard = {"logit": numpy.logaddexp(0, eta), "cloglog": numpy.exp(eta), "probit": -special.log_ndtr(-eta)}[link]
            event = int(dice.random() < -numpy.expm1(-hazard))
            rows.append([event, -1, 0, city, 1 + year, city % 23])
            x.append(covariates)
            if event:
                break
    return numpy.array(rows), numpy.array(x)


def write(path, rows, x, names=None, durations=None):
    names = names or ["one"] + [f"x{k}" for k in range(1, x.shape[1])]
    with open(path, "w", encoding="utf-8") as file:
        header = ["event", "spell", "policy", "city", "period", "country", *names]
        file.write(",".join(header + (["duration"] if durations is not None else [])) + "\n")
        for k, row in enumerate(rows):
            cells = [str(v) for v in row] + [repr(float(v)) for v in x[k]]
            file.write(",".join(cells + ([str(durations[k])] if durations is not None else [])) + "\n")
    return path


class Programs:
    def __init__(self, fit_rows, script, folder):
        self.fit_rows, self.script, self.folder = fit_rows, script, folder

    def fit(self, table, **keys):
        words = [f"{key}={value}" for key, value in keys.items()]
        done = subprocess.run([self.fit_rows, str(table), *words], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        return {key: numpy.array(value) if isinstance(value, list) else value for key, value in found.items()}

    def ask_r(self, table, *words):
        command = ["Rscript", "--vanilla", self.script, str(table), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        facts = {}
        for line in done.stdout.splitlines():
            name, index, value = line.split(",")
            facts.setdefault(name, []).append(float(value))
            assert len(facts[name]) == int(index) + 1
        return {name: numpy.array(values) for name, values in facts.items()}


def errors_of(covariance):
    return numpy.sqrt(numpy.diag(covariance))


def compare_glm(programs, name, table, link):
    """R's glm and sandwich."""
    wanted = programs.ask_r(table, "glm", link)
    found = programs.fit(table, link=link, heteroskedastic="hc0")
    check(f"{name} {link}: failure", found["failure"] == "", found["failure"], "none")
    agree(f"{name} {link}: coefficients", found["coefficients"], wanted["coefficients"], wanted["errors"])
    agree(f"{name} {link}: errors", errors_of(found["covariance"]), wanted["errors"], wanted["errors"])
    for key in ("log_likelihood", "null_log_likelihood", "aic"):
        agree(f"{name} {link}: {key}", [found[key]], wanted[key], abs(wanted[key]))
    size = len(wanted["errors"])
    for clusters in ("city", "country", "period", "city+period", "country+period"):
        sandwich = wanted[clusters].reshape(size, size)
        scale = numpy.abs(numpy.outer(errors_of(sandwich), errors_of(sandwich)))
        clustered = programs.fit(table, link=link, clusters=clusters)["clustered"]
        agree(f"{name} {link}: clustered by {clusters}", clustered, sandwich, scale)
    for factor in ("hc0", "hc1"):
        sandwich = wanted[factor].reshape(size, size)
        scale = numpy.outer(errors_of(sandwich), errors_of(sandwich))
        robust = programs.fit(table, link=link, heteroskedastic=factor)["heteroskedastic"]
        agree(f"{name} {link}: {factor}", robust, sandwich, scale)


def statsmodels_fit(rows, x, link):
    links = statsmodels.api.families.links
    choice = {"logit": "Logit", "cloglog": "CLogLog", "probit": "Probit"}[link]
    family = statsmodels.api.families.Binomial(link=(getattr(links, choice, None) or getattr(links, choice.lower()))())
    model = statsmodels.api.GLM(rows[:, 0], x, family=family)
    return model, model.fit(maxiter=200, tol=1e-15, tol_criterion="params")


def compare_statsmodels(programs, name, table, rows, x, link):
    """statsmodels, which has the observed information too."""
    model, result = statsmodels_fit(rows, x, link)
    found = programs.fit(table, link=link, clusters="city")
    agree(f"{name} {link}: statsmodels' coefficients", found["coefficients"], result.params, result.bse)
    agree(f"{name} {link}: statsmodels' errors", errors_of(found["covariance"]), result.bse, result.bse)
    agree(f"{name} {link}: statsmodels' log-likelihood", [found["log_likelihood"]], [result.llf], abs(result.llf))
    observed = numpy.linalg.inv(-model.hessian(found["coefficients"], observed=True))
    scale = numpy.outer(errors_of(observed), errors_of(observed))
    found = programs.fit(table, link=link, information="observed")
    agree(f"{name} {link}: observed information", found["covariance"], observed, scale)


def compare_firth(programs, name, table, rows, x, link):
    """The adjusted score equations of Firth (1993) and Kosmidis & Firth (2009), solved by scipy."""
    y = rows[:, 0]

    def information(beta):
        eta = x @ beta
        if link == "logit":
            weight = special.expit(eta) * special.expit(-eta)
        elif link == "probit":
            weight = numpy.exp(-eta**2 - numpy.log(2 * numpy.pi) - special.log_ndtr(eta) - special.log_ndtr(-eta))
        else:
            weight = numpy.exp(2 * eta) / numpy.expm1(numpy.exp(eta))
        return x.T @ (weight[:, None] * x), weight

    def score(beta):
        eta = x @ beta
        fisher, weight = information(beta)
        leverage = weight * numpy.einsum("ij,jk,ik->i", x, numpy.linalg.inv(fisher), x)
        if link == "logit":
            p = special.expit(eta)
            return x.T @ (y - p + leverage * (0.5 - p))
        if link == "probit":
            density = numpy.exp(-0.5 * eta**2) / numpy.sqrt(2 * numpy.pi)
            p, second = special.ndtr(eta), -eta * density
        else:
            density = numpy.exp(eta - numpy.exp(eta))
            p, second = -numpy.expm1(-numpy.exp(eta)), density * (1 - numpy.exp(eta))
        variance = p * (1 - p)
        change = 2 * second / density - (1 - 2 * p) * density / variance  # of the logarithm of the weight
        return x.T @ (density / variance * (y - p) + 0.5 * leverage * change)

    found = programs.fit(table, link=link, penalty="firth", intervals="profile")
    check(f"{name} {link}: failure", found["failure"] == "", found["failure"], "none")
    solved = optimize.root(score, found["coefficients"] + 0.01, tol=1e-14)
    errors = errors_of(numpy.linalg.inv(information(solved.x)[0]))
    agree(f"{name} {link}: Firth's coefficients", found["coefficients"], solved.x, errors)
    agree(f"{name} {link}: Firth's errors", errors_of(found["covariance"]), errors, errors)
    check(f"{name} {link}: profile around Firth's estimates",
          bool(numpy.all(found["lower"] < found["coefficients"]) and numpy.all(found["coefficients"] < found["upper"])),
          found["lower"].tolist(), found["upper"].tolist())


def compare_profile(programs, table, rows, x):
    """Profile intervals of logit, by refits of statsmodels with an offset and Brent's method."""
    found = programs.fit(table, link="logit", intervals="profile", level=0.9)
    _, result = statsmodels_fit(rows, x, "logit")
    z2 = 2.705543454095404  # the 90 % quantile of chi-square with one degree of freedom
    for j in range(x.shape[1]):
        rest = numpy.delete(x, j, axis=1)

        def loss(value, j=j, rest=rest):
            family = statsmodels.api.families.Binomial()
            model = statsmodels.api.GLM(rows[:, 0], rest, family=family, offset=value * x[:, j])
            return 2 * (result.llf - model.fit(maxiter=200, tol=1e-14).llf) - z2

        reach = 5 * result.bse[j]
        low = optimize.brentq(loss, result.params[j] - reach, result.params[j], xtol=1e-12)
        high = optimize.brentq(loss, result.params[j], result.params[j] + reach, xtol=1e-12)
        agree(f"profile interval {j}", [found["lower"][j], found["upper"][j]], [low, high], result.bse[j])


def compare_spells(programs):
    """Interval-censored adoptions of cities that do not change: R's glm with an offset."""
    dice = numpy.random.default_rng(77)
    rows, x, units, means, lengths = [], [], [], [], []
    for city in range(500):
        traits = numpy.concatenate([[1.0], dice.normal(size=2)])
        hazard = numpy.exp(traits @ [-2.2, 0.5, -0.3])
        when = int(dice.exponential() / hazard) if hazard > 0 else 99
        years = min(when + 1, 12)
        known = 1 + int(dice.integers(0, 4)) if when < 12 else 0  # rows of the spell in which the adoption lies
        known = min(known, years)
        for year in range(years):
            inside = year >= years - known
            rows.append([int(when < 12 and year == years - 1), city if inside and known > 1 else -1, 0, city, year, 0])
            x.append(traits)
        survived = years - known
        for length, event in [(1, 0)] * survived + [(known, 1)] * (known > 0):
            units.append([event, -1, 0, city, 0, 0])
            means.append(traits)
            lengths.append(length)
    table = write(programs.folder / "spells.csv", rows, numpy.array(x))
    short = write(programs.folder / "units.csv", units, numpy.array(means), durations=lengths)
    wanted = programs.ask_r(short, "spells")
    found = programs.fit(table, link="cloglog")
    agree("spells: coefficients", found["coefficients"], wanted["coefficients"], wanted["errors"])
    agree("spells: errors", errors_of(found["covariance"]), wanted["errors"], wanted["errors"])
    agree("spells: log-likelihood", [found["log_likelihood"]], wanted["log_likelihood"], abs(wanted["log_likelihood"]))


def compare_cox(programs):
    """With a baseline per period, cloglog is Cox's model in grouped time; the finer the periods, the nearer."""
    rows, x = draw(5, 500, 80, numpy.array([-5.0, 0.6, -0.4]), link="cloglog")
    eventful = {row[4] for row in rows if row[0]}
    kept = [k for k, row in enumerate(rows) if row[4] in eventful]
    rows, x = rows[kept], x[kept]
    periods = sorted(eventful)
    dummies = numpy.array([[float(row[4] == period) for period in periods] for row in rows])
    names = ["x1", "x2"]
    table = write(programs.folder / "cox.csv", rows, x[:, 1:], names)
    both = numpy.hstack([dummies, x[:, 1:]])
    wide = write(programs.folder / "periods.csv", rows, both, [f"p{period}" for period in periods] + names)
    wanted = programs.ask_r(table, "cox")
    found = programs.fit(wide, link="cloglog")
    check("Cox: failure", found["failure"] == "", found["failure"], "none")
    beta = found["coefficients"][-2:]
    # Breslow's and Efron's likelihoods approximate ties, each in its way; the grouped model counts them exactly.
    agree("Cox, Efron", beta, wanted["efron"], wanted["errors"], 0.05)
    agree("Cox, Breslow", beta, wanted["breslow"], wanted["errors"], 0.3)


def compare_city_intercept(programs):
    """A normal city intercept: the integral on a fine grid, maximised by scipy."""
    dice = numpy.random.default_rng(3)
    rows, x = [], []
    for city in range(80):
        shift = 1.1 * dice.normal()
        for policy in range(8):
            covariates = [1.0, dice.normal()]
            event = int(dice.random() < special.expit(-0.8 + 0.7 * covariates[1] + shift))
            rows.append([event, -1, policy, city, 2000, 0])
            x.append(covariates)
    order = sorted(range(len(rows)), key=lambda k: (rows[k][2], rows[k][3]))
    rows, x = numpy.array([rows[k] for k in order]), numpy.array([x[k] for k in order])
    table = write(programs.folder / "city_intercept.csv", rows, x)
    grid = numpy.linspace(-8, 8, 321)

    def loss(parameters):
        eta = (x @ parameters[:2])[:, None] + numpy.exp(parameters[2]) * grid[None, :]
        terms = -numpy.logaddexp(0, numpy.where(rows[:, :1] == 1, -eta, eta))
        total = 0.0
        for city in range(80):
            inner = terms[rows[:, 3] == city].sum(axis=0) - 0.5 * grid**2
            total += special.logsumexp(inner) + numpy.log((grid[1] - grid[0]) / numpy.sqrt(2 * numpy.pi))
        return -total

    options = {"xatol": 1e-7, "fatol": 1e-11, "maxiter": 2000}
    best = optimize.minimize(loss, [-0.8, 0.7, 0.1], method="Nelder-Mead", options=options)
    found = programs.fit(table, link="logit", city_intercept=1, quadrature=25)
    errors = errors_of(found["covariance"])
    agree("city intercept: estimates", [*found["coefficients"], numpy.log(found["city_sd"])], best.x, errors, 1e-5)
    agree("city intercept: log-likelihood", [found["log_likelihood"]], [-best.fun], abs(best.fun), 1e-8)
    bend = optimize.approx_fprime(best.x, lambda b: optimize.approx_fprime(b, loss, 1e-4), 1e-4)
    agree("city intercept: errors", errors, errors_of(numpy.linalg.inv(0.5 * (bend + bend.T))), errors, 0.01)


def compare_additive(programs):
    """Additive hazards: scipy's bounded search finds nothing better."""
    dice = numpy.random.default_rng(12)
    rows, x = [], []
    for city in range(250):
        for year in range(10):
            covariates = [1.0, dice.normal(), dice.random(), dice.random(), dice.random()]
            hazard = numpy.exp(-3.2 + 0.4 * covariates[1]) + 0.08 * covariates[2] + 0.02 * covariates[3]
            event = int(dice.random() < -numpy.expm1(-hazard))
            rows.append([event, -1, 0, city, year, 0])
            x.append(covariates)
            if event:
                break
    rows, x = numpy.array(rows), numpy.array(x)
    table = write(programs.folder / "additive.csv", rows, x)
    found = programs.fit(table, link="additive", log_linear=2)

    def loss(b):
        hazard = numpy.exp(x[:, :2] @ b[:2]) + x[:, 2:] @ b[2:]
        return -numpy.where(rows[:, 0] == 1, numpy.log(-numpy.expm1(-hazard)), -hazard).sum()

    best = optimize.minimize(loss, [-3, 0, 0.01, 0.01, 0.01], method="SLSQP", options={"ftol": 1e-15, "maxiter": 1000},
                             bounds=[(None, None)] * 2 + [(0, None)] * 3)
    agree("additive: log-likelihood", [found["log_likelihood"]], [-best.fun], abs(best.fun), 1e-8)
    check("additive: nothing is better", found["log_likelihood"] >= -best.fun - 1e-8, found["log_likelihood"], -best.fun)
    scale = numpy.where(errors_of(found["covariance"]) > 0, errors_of(found["covariance"]), 1)
    agree("additive: coefficients", found["coefficients"], best.x, scale, 1e-3)
    on_bound = [k for k in range(2, 5) if best.x[k] < 1e-9]
    check("additive: boundary", found["boundary"].tolist() == on_bound, found["boundary"], on_bound)


def compare_separation(programs):
    """Separation in small tables: the linear programme of Konis (2007), with as many rows apart as can be, by HiGHS."""
    dice = numpy.random.default_rng(11)
    for table in range(60):
        size, columns = int(dice.integers(5, 45)), int(dice.integers(2, 6))
        discrete = [dice.integers(0, 3, size) if dice.random() < 0.6 else numpy.round(dice.normal(size=size), 1)
                    for _ in range(columns - 1)]
        x = numpy.column_stack([numpy.ones(size), *discrete]).astype(float)
        y = (dice.random(size) < special.expit(x @ dice.normal(0, 1.5, columns))).astype(int)
        if numpy.linalg.matrix_rank(x) < columns:
            continue
        apart = numpy.where(y == 1, 1, -1)[:, None] * x
        programme = optimize.linprog(numpy.concatenate([numpy.zeros(columns), -numpy.ones(size)]),
                                     A_ub=numpy.hstack([-apart, numpy.eye(size)]), b_ub=numpy.zeros(size),
                                     bounds=[(None, None)] * columns + [(0, 1)] * size, method="highs")
        separated = round(-programme.fun)
        kind = 0 if separated == 0 else 2 if separated == size else 1
        rows = numpy.column_stack([y, numpy.full(size, -1), 0 * y, numpy.arange(size), 0 * y, 0 * y])
        path = write(programs.folder / "separation.csv", rows, x)
        found = programs.fit(path, link=LINKS[table % 3])
        if not y.any():
            check(f"separation {table}: no event", "is an adoption" in found["failure"], found["failure"], "no event")
            continue
        check(f"separation {table}", (found["separation"], len(found["separated"])) == (kind, separated),
              (found["separation"], len(found["separated"])), (kind, separated))
        check(f"separation {table}: failure", (found["failure"] != "") == (kind != 0), found["failure"], kind)


def main():
    warnings.simplefilter("error", RuntimeWarning)  # statsmodels and scipy on solid ground
    programs = Programs(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    programs.folder.mkdir(parents=True, exist_ok=True)
    beta = numpy.array([-2.2, 0.5, -0.4, 0.3, 0.0, -0.2])
    tables = {
        "ordinary": draw(1, 300, 15, beta, frailty=0.6),
        "rare": draw(2, 400, 12, beta - [2.2, 0, 0, 0, 0, 0], link="cloglog"),
        "steep": draw(4, 250, 10, 1.5 * beta, link="probit", spread=0.5),
    }
    for name, (rows, x) in tables.items():
        table = write(programs.folder / f"{name}.csv", rows, x)
        for link in LINKS:
            compare_glm(programs, name, table, link)
            compare_statsmodels(programs, name, table, rows, x, link)
            compare_firth(programs, name, table, rows, x, link)
    compare_profile(programs, programs.folder / "ordinary.csv", *tables["ordinary"])
    compare_spells(programs)
    compare_cox(programs)
    compare_city_intercept(programs)
    compare_additive(programs)
    compare_separation(programs)
    for failure in FAILURES:
        print(failure)
    print(f"{len(FAILURES)} comparisons failed" if FAILURES else "all agree")
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
