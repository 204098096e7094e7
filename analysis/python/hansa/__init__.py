"""Runs hansa, and opens its results as labelled data, tables and figures.

    import hansa
    runs = hansa.run("scenarios/bike-share.yaml", replicates=200)
    hansa.plot.scurve(runs)

`open` reads what `hansa run`, `compare`, `fit`, `sweep` and `calibrate` leave; `run`, `compare`, `fit`, `rank`, `sweep`
and `calibrate` call the program and open what it wrote. The figures of `hansa.plot` need matplotlib, which nothing else does.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from .errors import HansaError, HansaWarning
from .labels import NEVER
from .measures import quantiles
from .pairs import paired
from .program import calibrate, compare, find_program, fit, rank, run, sweep
from .reading import open
from .tables import coefficients, events, sweep_frame, to_dataframe

__version__ = "0.1.0"
__all__ = ["NEVER", "HansaError", "HansaWarning", "calibrate", "coefficients", "compare", "events", "find_program", "fit", "open",
           "paired", "plot", "quantiles", "rank", "run", "sweep", "sweep_frame", "to_dataframe"]


def __getattr__(name: str) -> ModuleType:
    """`hansa.plot`, imported when it is first asked for."""
    if name == "plot":
        return importlib.import_module(".plot", __name__)
    raise AttributeError(f"module 'hansa' has no attribute '{name}'")
