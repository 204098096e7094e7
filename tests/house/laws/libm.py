"""Mathematics: no object file of the engine calls a function of libm whose last bits depend on the processor."""

import re
import subprocess

_FUNCTIONS = ("exp exp2 exp10 expm1 log log2 log10 log1p pow cbrt hypot sin cos tan asin acos atan atan2 sincos sinh cosh "
              "tanh asinh acosh atanh erf erfc tgamma lgamma lgamma_r gamma j0 j1 jn y0 y1 yn").split()
_SYMBOL = re.compile(r"^(?:_ZGV\w+?_)?_*(" + "|".join(_FUNCTIONS) + r")(f|l|f32|f64|f128)?(_finite|_r)?(@.*)?$")

# (library, object file, symbol): why the call touches no result
ALLOWED = {}


def check(root, build):
    archives = sorted((build / "engine").glob("lib*.a")) if build else []
    if not archives:
        yield f"no library of the engine was found in {build}, build first"
    for archive in archives:
        yield from judge(archive)


def judge(archive):
    listing = subprocess.run(["nm", "--undefined-only", str(archive)], capture_output=True, text=True, check=True)
    member = "?"
    for line in listing.stdout.split("\n"):
        if line.endswith(".o:"):
            member = line[:-1]
        symbol = line.split()[-1] if line.split() else ""
        if _SYMBOL.match(symbol) and (archive.name, member, symbol) not in ALLOWED:
            yield f"{archive.name}({member}): calls '{symbol}' of libm; use base/flat_math.hpp"
