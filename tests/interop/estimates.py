"""Opens a file of made-up estimates with one of Python's readers, or ncdump: estimates.py READER FILE.h5."""
import subprocess
import sys
import warnings

import numpy as np

NAN = float("nan")
ESTIMATES = [-5.25, 1.5, 1 / 3, 0.5]
ERRORS = [0.5, 0.2, 0.001, 0.1]
COVARIANCE = [[0.25, -0.01, 0.0002], [-0.01, 0.04, 0], [0.0002, 0, 1e-6], [0.01, NAN, NAN]]
LABELS = ["led.baseline", "led.imitation", "led.trend_1", "solar.größe"]
PATHS = [
    "policies.led.baseline",
    "policies.led.mechanisms.imitation.strength",
    "policies.led.trend.polynomial[0]",
    'policies.solar.attributes."größe"',
    'policies.tram.attributes."größe"',
]


def xarray_reader(engine):
    def check(path):
        import xarray

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            warnings.filterwarnings("ignore", category=FutureWarning)
            warnings.filterwarnings("ignore", "numpy.ndarray size changed")  # of Debian's netCDF4, not of the file
            fits = xarray.open_dataset(path, engine=engine).load()
        assert not any("phony" in d for d in fits.sizes), fits.sizes
        assert fits.covariance.dims == ("coefficient", "position")
        assert [str(v) for v in fits.coefficient.values] == LABELS
        assert [str(v) for v in fits.fit.values] == ["led", "solar", "stuck"]
        assert [str(v) for v in fits.link.values] == ["logit", "cloglog", "probit"]
        assert float(fits.estimate.sel(coefficient="led.imitation")) == 1.5
        np.testing.assert_allclose(fits.standard_error, ERRORS, rtol=1e-15)
        np.testing.assert_array_equal(fits.covariance, COVARIANCE)
        assert np.isnan(fits.covariance_model[3, 0]) and fits.covariance_model[1, 1] == 0.09
        np.testing.assert_array_equal(fits.events, [112, 7, NAN])
        assert [str(v) for v in fits.information.values] == ["expected", "", "observed"]
        assert [str(v) for v in fits.replaced_path.values] == PATHS
        assert list(fits.replaced_by.values) == [0, 1, 2, 3, 3] and list(fits.fit_of.values) == [0, 0, 0, 1]
        assert fits.attrs["contents"] == "estimates" and "Umlauts äöü" in fits.attrs["scenario"]
        assert fits.attrs["input_sha256"] == "a" * 64 + "  data/cities.csv\n"

    return check


def h5py_reader(path):
    import h5py

    with h5py.File(path) as file:
        np.testing.assert_array_equal(file["estimate"][:], ESTIMATES)
        np.testing.assert_array_equal(file["covariance"][:], COVARIANCE)
        assert list(file["term"].asstr()[:]) == [label.split(".")[1] for label in LABELS]
        assert list(file["replaced_path"].asstr()[:]) == PATHS
        for name, data in file.items():
            assert data.dtype.kind in "if" or h5py.check_string_dtype(data.dtype).length is None, name
            if not h5py.h5ds.is_scale(data.id):
                assert all(len(axis) == 1 for axis in data.dims), name + " has an axis without a name"


def ncdump_reader(path):
    done = subprocess.run(["ncdump", path], capture_output=True, text=True, check=True)
    assert "phony" not in done.stdout.lower(), done.stdout
    assert "double covariance(coefficient, position) ;" in done.stdout
    assert "position = 3 ;" in done.stdout and "coefficient = 4 ;" in done.stdout
    assert " estimate = -5.25, 1.5, 0.333333333333333, 0.5 ;" in done.stdout, done.stdout


READERS = {
    "h5netcdf": xarray_reader("h5netcdf"),
    "netcdf4": xarray_reader("netcdf4"),
    "h5py": h5py_reader,
    "ncdump": ncdump_reader,
}

if __name__ == "__main__":
    READERS[sys.argv[1]](sys.argv[2])
