"""Gathers one sweep twice, plainly and virtually, and compares what readers that people use find in both."""
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import h5py
import numpy as np

SWEEP = """\
hansa: 1
time: {start: 2000, end: 2009}
cities: {generate: 50}
networks: {chance: {erdos_renyi: {degree: 6}}}
policies:
  led: {baseline: -4, adopters: {random: 5}, mechanisms: {imitation: {exposure: {network: chance}, strength: 4}}}
  bus: {baseline: -3}
sweep:
  design: {random: 23}
  replicates: 7
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share, time_to_half, {series: adopters}]
"""


def equal(virtual, plain, name):
    np.testing.assert_array_equal(np.asarray(virtual), np.asarray(plain), err_msg=name)


def by_xarray(engine):
    def compare(virtual, plain):
        import xarray

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            warnings.filterwarnings("ignore", category=FutureWarning)
            warnings.filterwarnings("ignore", "numpy.ndarray size changed")
            here, there = (xarray.open_dataset(each, engine=engine).load() for each in (virtual, plain))
        assert there.final_share_each.dims == ("design", "replicate", "policy")
        for name in there.variables:
            assert here[name].dims == there[name].dims, name
            equal(here[name].values, there[name].values, name)

    return compare


def by_h5py(virtual, plain):
    with h5py.File(virtual) as here, h5py.File(plain) as there:
        assert here["adopters_each"].is_virtual and not there["adopters_each"].is_virtual
        for name in there:
            equal(here[name][...], there[name][...], name)


def by_netcdf4(virtual, plain):
    import netCDF4

    with netCDF4.Dataset(virtual) as here, netCDF4.Dataset(plain) as there:
        for name in there.variables:
            equal(here[name][...], there[name][...], name)


def by_ncdump(virtual, plain):
    def numbers(path):
        text = subprocess.run(["ncdump", "-v", "adopters_each,final_share_each", path], check=True, stdout=subprocess.PIPE).stdout.decode()
        return re.split(r"\ndata:\n", text)[1]

    assert numbers(virtual) == numbers(plain)


READERS = {"h5netcdf": by_xarray("h5netcdf"), "xarray netcdf4": by_xarray("netcdf4"), "h5py": by_h5py, "netCDF4": by_netcdf4, "ncdump": by_ncdump}


def main(program):
    with tempfile.TemporaryDirectory(prefix="hansa-virtual-") as folder:
        (Path(folder) / "s.yaml").write_text(SWEEP)

        def hansa(*words):
            subprocess.run([program, "sweep", *words, "--quiet", "--each", "all"], cwd=folder, check=True)

        hansa("s.yaml", "--block", "9", "-o", "plain.h5")
        hansa("gather", "s.yaml", "--virtual", "-o", "virtual.h5")
        for name, compare in READERS.items():
            compare(f"{folder}/virtual.h5", f"{folder}/plain.h5")
            print(f"{name}: the same")


if __name__ == "__main__":
    main(sys.argv[1])
