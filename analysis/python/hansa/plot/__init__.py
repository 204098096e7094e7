"""Figures of results for papers, by matplotlib.

Every function draws into `ax` if one is given, else into a new figure of a journal's column (`COLUMN` inches) or page
(`PAGE`), and gives the Axes back. Colours are those of Okabe & Ito (2008) and matplotlib's cividis, which the
colour-blind tell apart; lines are labelled where they end. `save` writes a figure with the same bytes every time.
"""

from __future__ import annotations

try:
    import matplotlib as _matplotlib  # noqa: F401
except ImportError as error:
    from ..errors import HansaError

    raise HansaError("hansa.plot needs matplotlib: apt install python3-matplotlib, or pip install matplotlib") from error

from .bars import attribution
from .curves import difference, scurve
from .estimates import coefficients, sobol
from .maps import map
from .style import COLUMN, PAGE, figure, save

__all__ = ["COLUMN", "PAGE", "attribution", "coefficients", "difference", "figure", "map", "save", "scurve", "sobol"]
