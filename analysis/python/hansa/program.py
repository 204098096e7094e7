"""Calls the program hansa and opens what it wrote."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import warnings
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence

import numpy as np
import pandas
import xarray

from .errors import HansaError, HansaWarning
from .reading import open as open_result

_BUILDS = ("program", "release", "dev")


def find_program(program: str | PathLike[str] | None = None) -> str:
    """The path of the program: the argument, else the environment variable HANSA, else `hansa` on the PATH, else what was
    built in the repository that this package lies in. Raises HansaError: it is nowhere, or cannot be run."""
    for named, by in ((program, "program="), (os.environ.get("HANSA"), "the environment variable HANSA: ")):
        if named:
            found = shutil.which(fspath(named))
            if found is None:
                raise HansaError(f"{by}{fspath(named)} is no program that can be run")
            return found
    found = shutil.which("hansa")
    if found:
        return found
    for folder in Path(__file__).resolve().parents:
        if (folder / "engine" / "hansa.hpp").is_file():
            for build in _BUILDS:
                found = shutil.which(str(folder / "build" / build / "bin" / "hansa"))
                if found:
                    return found
    raise HansaError("the program hansa was not found: build it (scenarios/run does), and put it on the PATH, or name it in "
                     "the environment variable HANSA")


def run(scenario: str | PathLike[str], *, output: str | PathLike[str] | None = None,
        from_fit: str | PathLike[str] | None = None, draw: bool = False, threads: int | None = None, never: str = "last",
        program: str | PathLike[str] | None = None, settings: Mapping[str, Any] | None = None,
        **overrides: Any) -> xarray.Dataset:
    """Runs a scenario and opens the result.

    scenario: a YAML file, whose data files are found relative to it.
    output: the result file, which stays and is replaced if it is there; without it nothing stays on the disk.
    from_fit, draw: a file of `hansa fit` whose estimates are taken; each replicate draws its own from their distribution.
    threads: at most so many; default all processors. never: as of `hansa.open`.
    program: the program, if not that of `hansa.find_program`.
    overrides: values of the scenario by their paths, with two underscores for a dot: replicates=50,
        policies__bike_share__baseline__chance=0.02. `settings` takes paths as `--set` does, for names that Python does not
        allow: {"policies.bike_share.mechanisms.peers.strength": 0}. Values are numbers, texts, bool, None, lists, dicts.

    Warnings of the program come as HansaWarning. Raises HansaError with all that the program complained of.
    """
    words = _estimate_words(from_fit, draw) + _setting_words(settings, overrides)
    return _opened("run", [fspath(scenario), *words], output, threads, program, never)


def compare(base: str | PathLike[str], *what_ifs: str | PathLike[str], output: str | PathLike[str] | None = None,
            from_fit: str | PathLike[str] | None = None, draw: bool = False, replicates: int | None = None,
            reruns: int | None = None, knock_out: Iterable[str] = (), until_precise: str | None = None,
            threads: int | None = None, never: str = "last", program: str | PathLike[str] | None = None,
            settings: Mapping[str, Any] | None = None, **overrides: Any) -> xarray.Dataset:
    """Runs scenarios on common random numbers (`hansa compare`) and opens the comparison.

    what_ifs: scenarios, as a rule small files over the base. replicates: default those of the base, 2500 if it has fewer.
    reruns: replicates that tell who follows whom (default 500; 0: none). knock_out: mechanisms without which the base is
    run, or "all". until_precise: "MEASURE:WIDTH". The rest is as of `hansa.run`, and so are errors.
    """
    words = [*_paths(base, *what_ifs), *_estimate_words(from_fit, draw)]
    for name, value in (("--replicates", replicates), ("--reruns", reruns), ("--until-precise", until_precise)):
        if value is not None:
            words += [name, str(value)]
    for mechanism in [knock_out] if isinstance(knock_out, str) else knock_out:
        words += ["--knock-out", mechanism]
    return _opened("compare", words + _setting_words(settings, overrides), output, threads, program, never)


def fit(scenario: str | PathLike[str], *, until: int | None = None, output: str | PathLike[str] | None = None,
        threads: int | None = None, program: str | PathLike[str] | None = None, settings: Mapping[str, Any] | None = None,
        **overrides: Any) -> xarray.Dataset:
    """Estimates a scenario's coefficients from observed adoptions (`hansa fit`) and opens the file of estimates.

    until: the last decision that is fitted, instead of the scenario's `fit.until`. With `output` the file stays, for
    `from_fit` of `hansa.run`. `hansa.coefficients` makes a table of it. The rest is as of `hansa.run`.
    """
    words = [] if until is None else ["--until", str(until)]
    return _opened("fit", [fspath(scenario), *words, *_setting_words(settings, overrides)], output, threads, program, "last")


def rank(scenario: str | PathLike[str], *others: str | PathLike[str], threads: int | None = None,
         program: str | PathLike[str] | None = None, settings: Mapping[str, Any] | None = None,
         **overrides: Any) -> pandas.DataFrame:
    """The hypotheses of a scenario, and the models of further ones, ranked on the same rows (`hansa fit --compare`).

    A model a row, the best by AIC first: fit, model, parameters, log_likelihood, aic, aic_difference, akaike_weight, bic,
    ratio, ratio_p (likelihood ratio against `ratio_against`), and scores where the scenario asks for cross-validation.
    Raises HansaError, as `hansa.run`.
    """
    with tempfile.TemporaryDirectory(prefix="hansa-") as folder:
        file = Path(folder, "ranking.csv")
        words = [*_paths(scenario, *others), *_setting_words(settings, overrides)]
        _call("fit", [*words, "--compare", "--ranking", str(file)], threads, program)
        return pandas.read_csv(file, keep_default_na=False, na_values=[""])


def sweep(scenario: str | PathLike[str], *, output: str | PathLike[str] | None = None,
          folder: str | PathLike[str] | None = None, replicates: int | None = None,
          from_fit: str | PathLike[str] | None = None, draw: bool = False, threads: int | None = None,
          program: str | PathLike[str] | None = None, settings: Mapping[str, Any] | None = None,
          **overrides: Any) -> xarray.Dataset:
    """Runs a sweep (`hansa sweep`) and opens the gathered file.

    folder: where finished runs are kept, so that the same call goes on where it was; without it nothing stays on the disk.
    replicates: of each point, instead of the sweep's number. `hansa.sweep_frame` makes a table of it. The rest is as of
    `hansa.run`.
    """
    words = [fspath(scenario), *_estimate_words(from_fit, draw), *_setting_words(settings, overrides)]
    if replicates is not None:
        words += ["--replicates", str(replicates)]
    return _resumed("sweep", words, output, folder, threads, program)


def calibrate(scenario: str | PathLike[str], *, output: str | PathLike[str] | None = None,
              folder: str | PathLike[str] | None = None, threads: int | None = None,
              program: str | PathLike[str] | None = None, settings: Mapping[str, Any] | None = None,
              **overrides: Any) -> xarray.Dataset:
    """Estimates parameters by simulation (`hansa calibrate`) and opens the file of the posterior.

    folder: where finished proposals are kept, as of `hansa.sweep`. With `output` the file stays, for `from_fit` of
    `hansa.run`; draws are `draw_value` (draw, parameter), with their `draw_weight`. The rest is as of `hansa.run`.
    """
    words = [fspath(scenario), *_setting_words(settings, overrides)]
    return _resumed("calibrate", words, output, folder, threads, program)


def _resumed(command: str, words: Sequence[str], output: str | PathLike[str] | None, folder: str | PathLike[str] | None,
             threads: int | None, program: str | PathLike[str] | None) -> xarray.Dataset:
    """Of a command that keeps what is finished."""
    with tempfile.TemporaryDirectory(prefix="hansa-") as place:
        kept = Path(place, "kept") if folder is None else Path(folder)
        return _opened(command, [*words, "--folder", str(kept)], output, threads, program, "last")


def _paths(*files: str | PathLike[str]) -> list[str]:
    return [fspath(file) for file in files]


def _estimate_words(from_fit: str | PathLike[str] | None, draw: bool) -> list[str]:
    return ([] if from_fit is None else ["--from", fspath(from_fit)]) + (["--draw"] if draw else [])


def _setting_words(settings: Mapping[str, Any] | None, overrides: Mapping[str, Any]) -> list[str]:
    paths = {name.replace("__", "."): value for name, value in overrides.items()}
    paths.update(settings or {})
    return [word for path, value in paths.items() for word in ("--set", f"{path}={_yaml(path, value)}")]


def _yaml(path: str, value: Any) -> str:
    """The value as YAML on one line; JSON is a part of it."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)
    except (TypeError, ValueError) as error:
        raise HansaError(f"{path}: {value!r} is no value of a scenario: {error}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    if isinstance(value, PathLike):
        return fspath(value)
    raise TypeError(f"a number, text, list or dict was expected, not {type(value).__name__}")


def _opened(command: str, words: Sequence[str], output: str | PathLike[str] | None, threads: int | None,
            program: str | PathLike[str] | None, never: str) -> xarray.Dataset:
    with tempfile.TemporaryDirectory(prefix="hansa-") as folder:
        file = Path(folder, "result.h5") if output is None else Path(output)
        _call(command, [*words, "--output", str(file), "--force"], threads, program)
        return open_result(file, never=never)


def _call(command: str, words: Sequence[str], threads: int | None, program: str | PathLike[str] | None) -> None:
    """Runs the program, which says what is wrong on standard error. A result with failed replicates is a result."""
    line = [find_program(program), command, *words, "--quiet", *([] if threads is None else ["--threads", str(threads)])]
    with subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True, encoding="utf-8", errors="replace") as process:
        try:
            told = process.communicate()[1].strip()
        except KeyboardInterrupt:
            process.wait()  # Ctrl-C reaches it too: it finishes the replicates in hand
            raise
    complaints = [each for each in told.splitlines() if each.startswith("error")]
    partial = process.returncode == 1 and complaints and all(
        ": replicate " in each or each.endswith((" replicates failed", " runs failed", " histories failed"))
        for each in complaints)
    if process.returncode == 0 or partial:
        for each in told.splitlines():
            if each.startswith("warning: "):
                warnings.warn(each[len("warning: "):], HansaWarning, stacklevel=4)
        return
    if process.returncode < 0:
        told = f"{told}\nthe program was ended by signal {-process.returncode}".strip()
    raise HansaError(told.removeprefix("error: ") or f"the program ended with {process.returncode}", line, process.returncode)
