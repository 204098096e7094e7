"""A file of estimates, written by hand after engine/io/README.md."""

import zlib

import h5py
import numpy as np

TEXT = h5py.string_dtype()


def write_fit(path, fits, scenario):
    """fits: a list of (name, link, [(term, [path, …], estimate), …], covariance or None for variances of 0.01); scenario:
    the text of the one that was fitted. Groups and inputs are left out, as older versions did."""
    widest = max(len(terms) for _, _, terms, _ in fits)
    rows = [(number, name, *term) for number, (name, _, terms, _) in enumerate(fits) for term in terms]
    covariance = np.full((len(rows), widest), np.nan)
    row = 0
    for _, _, terms, matrix in fits:
        size = len(terms)
        covariance[row : row + size, :size] = np.eye(size) * 0.01 if matrix is None else matrix
        row += size
    replaced = [(each, number) for number, (_, _, _, paths, _) in enumerate(rows) for each in paths]
    with h5py.File(path, "w", libver=("v108", "v108")) as file:
        file["fit"] = np.array([name for name, _, _, _ in fits], TEXT)
        file["link"] = np.array([link for _, link, _, _ in fits], TEXT)
        file["term"] = np.array([term for _, _, term, _, _ in rows], TEXT)
        file["fit_of"] = np.array([number for number, *_ in rows], "<i4")
        file["estimate"] = np.array([estimate for *_, estimate in rows], "<f8")
        file["covariance"] = covariance
        file["replaced_path"] = np.array([each for each, _ in replaced], TEXT)
        file["replaced_by"] = np.array([number for _, number in replaced], "<i4")
        for name, value in {"contents": "estimates", "facts": "", "scenario": scenario, "input_sha256": "",
                            "world_sha256": "", "engine_version": "0"}.items():
            file.attrs[name] = value
    seal(path)


def seal(path):
    data = path.read_bytes()
    with path.open("ab") as file:
        file.write(b"\nhansa-seal crc32=%08x size=%016x\n" % (zlib.crc32(data), len(data)))
