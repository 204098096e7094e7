"""The R file against numbers that h5py reads, and a diffnet against exposures worked out from its matrices."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def written(file, out):
    """All that h5py reads, as lines of NAME, DIMENSIONS, VALUE in C order; NA: missing."""
    with h5py.File(file) as opened, out.open("w", encoding="utf-8") as lines:
        for name, data in opened.items():
            if b"not a netCDF variable" in data.attrs.get("NAME", b"") or h5py.h5ds.is_scale(data.id):
                continue
            axes = "*".join(Path(axis[0].name).name for axis in data.dims)
            values = data[()].ravel()
            if data.dtype.kind == "O":
                texts = [value.decode() for value in values]
            else:
                fill = data.attrs.get("_FillValue", [np.nan])[0]
                texts = ["NA" if value == fill or value != value else repr(value.item()) for value in values]
            for text in texts:
                lines.write(f"{name}\t{axes}\t{text}\n" if "\n" not in text else "")


def main():
    program = os.environ["HANSA"]
    with tempfile.TemporaryDirectory(prefix="hansa-r-") as name:
        folder = Path(name)
        files = {"sample": Path(os.environ["HANSA_SAMPLE"] + ".h5"), "estimates": Path(os.environ["HANSA_FIT"])}
        subprocess.run([program, "compare", ROOT / "scenarios/bike-share.yaml", ROOT / "scenarios/fund-twenty.yaml", "--replicates", "20",
                        "--reruns", "0", "--quiet", "-o", folder / "compared.h5"], check=True, stderr=subprocess.DEVNULL)
        files["compared"] = folder / "compared.h5"
        for label, file in files.items():
            written(file, folder / f"{label}.tsv")
        sweep = [ROOT / "scenarios/sensitivity.yaml", "--set", "sweep.design.saltelli=2", "--set", "sweep.replicates=2",
                 "--folder", folder / "parts", "--quiet"]
        subprocess.run([program, "sweep", *sweep, "--shard", "1/2", "--block", "2"], check=True, stdout=subprocess.DEVNULL)
        files["unfinished"] = folder / "unfinished.h5"
        subprocess.run([program, "sweep", "gather", *sweep, "--partial", "-o", files["unfinished"]], check=True,
                       stdout=subprocess.DEVNULL)
        words = [f"{label}={file}" for label, file in files.items()]
        return subprocess.run(["Rscript", "--vanilla", HERE / "hansa_test.R", ROOT, folder, *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
