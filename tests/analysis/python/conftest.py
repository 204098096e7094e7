"""Scenarios and results that the tests of the Python package share."""

import json
import os
from pathlib import Path

import h5py
import hansa
import pytest

ROOT = Path(__file__).resolve().parents[3]

CITIES = """id,name,region,country,lat,lon,population
a,Ålesund,north,NOR,62.5,6.1,50000
b,Bergen,north,NOR,60.4,5.3,280000
c,<b>Caen</b>,south,FRA,49.2,-0.4,105000
d,Düren,south,DEU,50.8,6.5,90000
e,Évry,south,FRA,48.6,2.4,65000
f,Faro,south,PRT,37.0,-7.9,64000
"""

TIES = """source,target
a,b
b,c
c,d
d,e
e,f
"""

ADOPTERS = """city,year,policy
a,2001,led
c,2003,led
"""

SCENARIO = """hansa: 1
title: Six cities
time: {start: 2000, end: 2009}
seed: 11
replicates: 40
cities: {file: cities.csv}
networks: {roads: {file: ties.csv, directed: false}}
policies:
  led:
    baseline: {chance: 0.05}
    adopters: {file: adopters.csv, until: 2001, coverage: {where: {region: north}}}
    mechanisms: {imitation: {exposure: {network: roads}, strength: 3}}
  trams:
    baseline: {chance: 0.1}
    mechanisms: {imitation: {exposure: {network: roads}, strength: -2}}
output: {by: [region], events: true}
"""

WHAT_IF = """hansa: 1
base: six.yaml
interventions: [{name: gift, seed: {policy: led, cities: [f], success: 0.5}, at: 2004}]
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder with the scenario six.yaml, a what-if over it, and their data."""
    place = tmp_path_factory.mktemp("six")
    for name, text in (("cities.csv", CITIES), ("ties.csv", TIES), ("adopters.csv", ADOPTERS), ("six.yaml", SCENARIO),
                       ("gift.yaml", WHAT_IF)):
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def six(folder):
    """The file of a run of six cities."""
    hansa.run(folder / "six.yaml", output=folder / "six.h5")
    return folder / "six.h5"


@pytest.fixture(scope="session")
def compared(folder):
    """The file of a comparison of six cities with a gift to one of them."""
    hansa.compare(folder / "six.yaml", folder / "gift.yaml", output=folder / "gift.h5", replicates=100)
    return folder / "gift.h5"


@pytest.fixture(scope="session")
def sample():
    """(a result file with one failed replicate, the numbers that were written into it)."""
    name = os.environ["HANSA_SAMPLE"]
    return Path(name + ".h5"), json.loads(Path(name + ".json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def fitted():
    """The file of estimates of the tutorial's scenario."""
    return hansa.fit(ROOT / "analysis/examples/bike-share-fit.yaml")


def numbers(file, name):
    """What h5py reads, as it stands."""
    with h5py.File(file) as opened:
        return opened[name][()]
