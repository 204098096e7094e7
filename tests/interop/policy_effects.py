"""Compares random effects of policies with a marginal likelihood integrated on a fine grid and maximised by scipy.

policy_effects.py FIT_ROWS FOLDER: the program that fits, and a folder for tables. Estimates must agree to 1e-6 standard
errors, errors to 1e-5 of themselves. Nothing here shares code with the engine.
"""

import sys
from pathlib import Path

import numpy
from scipy import optimize, special, stats

import fits

GRID = numpy.linspace(-8, 8, 361)


def draw(seed, policies, cities, link, sd, spells=False):
    """Decisions of cities on policies: two covariates, and a baseline that differs between policies."""
    dice = numpy.random.default_rng(seed)
    rows, x, spell = [], [], 0
    for policy in range(policies):
        shift = sd * dice.normal()
        for city in range(cities):
            first = len(rows)
            for year in range(4):
                covariates = [1.0, dice.normal(), dice.normal() + 0.3 * policy]
                eta = -1.6 + 0.5 * covariates[1] - 0.3 * covariates[2] + shift
                event = int(dice.random() < -numpy.expm1(-hazard(link, eta)))
                rows.append([event, -1, policy, city, 2000 + year, 0])
                x.append(covariates)
                if event:
                    break
            if spells and event and city % 3 == 0:
                for k in range(first, len(rows)):
                    rows[k][1] = spell
                spell += 1
    return numpy.array(rows), numpy.array(x)


def hazard(link, eta):
    return {"logit": lambda: numpy.logaddexp(0, eta), "cloglog": lambda: numpy.exp(eta),
            "probit": lambda: -special.log_ndtr(-eta)}[link]()


def hazard_slope(link, eta):
    return {"logit": lambda: special.expit(eta), "cloglog": lambda: numpy.exp(eta),
            "probit": lambda: numpy.exp(stats.norm.logpdf(eta) - special.log_ndtr(-eta))}[link]()


class Marginal:
    """ln L(b, ln sd) = sum over policies of the logarithm of an integral over the policy's shift."""

    def __init__(self, rows, x, link):
        self.link, self.parts = link, []
        for policy in numpy.unique(rows[:, 2]):
            own = rows[:, 2] == policy
            keys = [(city, spell) if spell >= 0 else (city, -1 - k)
                    for k, (city, spell) in enumerate(rows[own][:, [3, 1]].tolist())]
            order = {key: k for k, key in enumerate(dict.fromkeys(keys))}
            unit = numpy.array([order[key] for key in keys])
            event = numpy.zeros(len(order))
            numpy.maximum.at(event, unit, rows[own][:, 0])
            self.parts.append((x[own], unit, event))

    def terms(self, part, b, shifts):
        """Per shift: log-likelihood, and its gradient in the coefficients and the shift."""
        x, unit, event = part
        eta = (x @ b)[:, None] + shifts[None, :]
        sums = numpy.zeros((len(event), len(shifts)))
        numpy.add.at(sums, unit, hazard(self.link, eta))
        yes = event[:, None] == 1
        value = numpy.where(yes, numpy.log(-numpy.expm1(-sums)), -sums).sum(axis=0)
        with numpy.errstate(over="ignore"):  # far out on the grid, where the weight is 0
            weight = numpy.where(yes, 1 / numpy.expm1(sums), -1.0)[unit] * hazard_slope(self.link, eta)
        return value, numpy.vstack([x.T @ weight, weight.sum(axis=0)])

    def value_and_gradient(self, at):
        b, sd = at[:-1], numpy.exp(at[-1])
        total, gradient = 0.0, numpy.zeros(len(at))
        for part in self.parts:
            value, slopes = self.terms(part, b, sd * GRID)
            inner = value - 0.5 * GRID**2 + numpy.log((GRID[1] - GRID[0]) / numpy.sqrt(2 * numpy.pi))
            whole = special.logsumexp(inner)
            weights = numpy.exp(inner - whole)
            total += whole
            gradient[:-1] += slopes[:-1] @ weights
            gradient[-1] += (slopes[-1] * sd * GRID) @ weights
        return total, gradient

    def bend(self, at, step=1e-4):
        """Minus the second derivatives, from differences of the gradient."""
        columns = []
        for k in range(len(at)):
            off = step * numpy.eye(len(at))[k]
            far = self.value_and_gradient(at - 2 * off)[1] - self.value_and_gradient(at + 2 * off)[1]
            near = self.value_and_gradient(at - off)[1] - self.value_and_gradient(at + off)[1]
            columns.append((8 * near - far) / (12 * step))
        return 0.5 * (numpy.array(columns) + numpy.array(columns).T)

    def maximum(self, start):
        at = numpy.array(start, float)
        first = optimize.minimize(lambda a: [-v for v in self.value_and_gradient(a)], at, jac=True, method="BFGS",
                                  options={"gtol": 1e-4})
        at = first.x
        for _ in range(3):
            at = at + numpy.linalg.solve(self.bend(at), self.value_and_gradient(at)[1])
        return at

    def modes(self, at):
        """Of each policy: the shift where its posterior is largest, and the posterior's curvature there."""
        b, sd = at[:-1], numpy.exp(at[-1])
        found, curvatures = [], []
        for part in self.parts:
            def slope(u):
                return self.terms(part, b, numpy.array([u]))[1][-1, 0] - u / sd**2
            mode = optimize.brentq(slope, -12, 12, xtol=1e-14, rtol=1e-14)
            found.append(mode)
            curvatures.append((slope(mode - 1e-5) - slope(mode + 1e-5)) / 2e-5)
        return numpy.array(found), numpy.array(curvatures)


def compare(programs, name, rows, x, link):
    table = fits.write(programs.folder / f"{name}.csv", rows, x)
    found = programs.fit(table, link=link, policy_intercept=1, clusters="none", intervals="profile", quadrature=25)
    fits.check(f"{name}: failure", found["failure"] == "", found["failure"], "none")
    marginal = Marginal(rows, x, link)
    at = marginal.maximum([-1.6, 0.5, -0.3, -0.3])
    covariance = numpy.linalg.inv(marginal.bend(at))
    errors = fits.errors_of(covariance)
    own = [*found["coefficients"], numpy.log(found["policy_sd"])]
    fits.agree(f"{name}: estimates", own, at, errors)
    fits.agree(f"{name}: log-likelihood", [found["log_likelihood"]], [marginal.value_and_gradient(at)[0]], 1, 1e-6)
    fits.agree(f"{name}: covariance", found["covariance"], covariance, numpy.outer(errors, errors), 1e-5)
    modes, curvatures = marginal.modes(at)
    fits.agree(f"{name}: effects", found["policy_effects"], modes, 1 / numpy.sqrt(curvatures), 1e-5)
    moves = []
    for k in range(len(at)):
        off = 1e-4 * numpy.eye(len(at))[k]
        moves.append((marginal.modes(at + off)[0] - marginal.modes(at - off)[0]) / 2e-4)
    moves = numpy.array(moves).T
    joint = numpy.block([[covariance, covariance @ moves.T],
                         [moves @ covariance, moves @ covariance @ moves.T + numpy.diag(1 / curvatures)]])
    wanted = fits.errors_of(joint)
    fits.agree(f"{name}: errors of effects", found["policy_errors"], wanted[len(at):], wanted[len(at):], 1e-5)
    fits.agree(f"{name}: joint covariance", found["joint_covariance"], joint, numpy.outer(wanted, wanted), 1e-5)
    compare_profile(name, marginal, at, found)
    plain = programs.fit(table, link=link, clusters="none")
    fits.agree(f"{name}: alike", [found["log_likelihood_alike"]], [plain["log_likelihood"]], abs(plain["log_likelihood"]), 1e-9)


def compare_profile(name, marginal, at, found):
    """At the limits of the standard deviation the likelihood, maximised over all else, has fallen by half of 3.84."""
    best = marginal.value_and_gradient(at)[0]
    for limit in found["sd_profile"]:
        if limit == 0:
            continue

        def loss(b):
            value, gradient = marginal.value_and_gradient(numpy.append(b, numpy.log(limit)))
            return -value, -gradient[:-1]

        held = optimize.minimize(loss, at[:-1], jac=True, method="BFGS", options={"gtol": 1e-6})
        fits.agree(f"{name}: profile at {limit}", [2 * (best + held.fun)], [stats.chi2.ppf(0.95, 1)], 1, 1e-5)


def compare_two_by_hand(programs):
    """Six policies whose shares of yes are nearer to each other than chance would leave them."""
    rows = numpy.array([[k % 2, -1, p, k, 2000, 0] for p, yes in enumerate([6, 2, 4, 4, 5, 3]) for k in
                        [1] * yes + [0] * (8 - yes)])
    rows[:, 3] = numpy.arange(len(rows))
    x = numpy.ones((len(rows), 1))
    table = fits.write(programs.folder / "even.csv", rows, x)
    found = programs.fit(table, link="logit", policy_intercept=1, clusters="none")
    fits.check("even: deviation", found["policy_sd"] == 0, found["policy_sd"], 0)  # less than chance would spread them
    fits.check("even: effects", numpy.all(found["policy_effects"] == 0), found["policy_effects"], 0)
    fits.agree("even: baseline", found["coefficients"], [0.0], 1, 1e-12)


def main():
    programs = fits.Programs(sys.argv[1], "", Path(sys.argv[2]))
    programs.folder.mkdir(parents=True, exist_ok=True)
    for seed, link in enumerate(fits.LINKS):
        rows, x = draw(40 + seed, 7, 40, link, 0.8)
        compare(programs, f"policies {link}", rows, x, link)
    rows, x = draw(50, 6, 50, "cloglog", 0.6, spells=True)
    compare(programs, "policies with spells", rows, x, "cloglog")
    rows, x = draw(60, 20, 12, "logit", 1.0)
    compare(programs, "many small policies", rows, x, "logit")
    compare_two_by_hand(programs)
    for failure in fits.FAILURES:
        print(failure)
    print(f"{len(fits.FAILURES)} comparisons failed" if fits.FAILURES else "all agree")
    return 1 if fits.FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
