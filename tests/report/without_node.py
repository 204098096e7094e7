"""Without Node.js, or where npm has nothing, an empty page is made and said to be empty: without_node.py CMAKE COMPILER ROOT."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def made(cmake, root, folder, node, npm):
    """The source file and what was said."""
    target = folder / "page_template.cpp"
    target.unlink(missing_ok=True)
    ran = subprocess.run([cmake, f"-DNODE={node}", f"-DNPM={npm}", f"-DFOLDER={folder / 'report'}", f"-DSOURCE={target}", "-P",
                          root / "engine/page.cmake"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return target, ran.stderr


def main(cmake, compiler, root):
    with tempfile.TemporaryDirectory(prefix="hansa-without-node-") as name:
        folder = Path(name)
        shutil.copytree(root / "analysis/report", folder / "report", ignore=shutil.ignore_patterns("node_modules"))
        for node, npm, why in (("HANSA_NODE-NOTFOUND", "HANSA_NPM-NOTFOUND", "there is no Node.js"), ("node", "HANSA_NPM-NOTFOUND", "there is no npm"),
                               ("node", "/bin/false", "npm ci failed in analysis/report")):
            target, said = made(cmake, root, folder, node, npm)
            assert why in " ".join(said.split()), said
            assert why in target.read_text(encoding="utf-8")
            main_file = folder / "main.cpp"
            main_file.write_text('#include "tell/page_template.hpp"\nint main() { return hansa::page_template().empty() ? 0 : 1; }\n', encoding="utf-8")
            program = folder / "empty"
            subprocess.run([compiler, "-std=c++20", "-I", root / "engine", main_file, target, "-o", program], check=True)
            subprocess.run([program], check=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
