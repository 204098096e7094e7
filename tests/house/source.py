"""What the laws of the house read: the files of the repository, and C++ without its comments and strings."""

import os
import re
import subprocess
from pathlib import Path

CPP = {".cpp", ".hpp"}
SCRIPTS = {".py", ".R", ".cmake", ".sh", ".js", ".mjs"}
SKIPPED_FOLDERS = {"build", "out", ".git", ".cache", "__pycache__", "node_modules"}


def files(root, *folders):
    """Files under the folders (default: all), in order of their path: what git tracks or would track, else a walk."""
    found = _git_files(root)
    if found is None:
        found = []
        for folder, inner, names in os.walk(root):
            inner[:] = [name for name in inner if name not in SKIPPED_FOLDERS]
            found += [Path(folder, name).relative_to(root) for name in names]
    wanted = [Path(folder) for folder in folders]
    return sorted(path for path in found
                  if (not wanted or any(folder in path.parents for folder in wanted)) and (root / path).is_file())


def _git_files(root):
    if not (root / ".git").exists():
        return None
    listing = subprocess.run(["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z", "--cached",
                              "--others", "--exclude-standard"], capture_output=True, check=True)
    return [Path(name) for name in listing.stdout.decode().split("\0") if name]


def cpp_files(root, *folders):
    return [path for path in files(root, *folders) if path.suffix in CPP]


def read(root, path):
    return (root / path).read_text(encoding="utf-8")


_TOKEN = re.compile(
    r'(?P<raw>R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)")|(?P<text>"(?:\\.|[^"\\\n])*")'
    r"|(?P<letter>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')|(?P<line>//[^\n]*)|(?P<block>/\*.*?\*/)", re.S)


def code_of(text):
    """C++ with comments and the insides of strings blanked; lines keep their numbers, #include lines their paths."""
    def blank(match):
        if match.lastgroup == "text" and re.search(r"#\s*include\s*$", text[max(0, match.start() - 20):match.start()]):
            return match.group()
        inside = "\n" * match.group().count("\n")
        if match.group("line") or match.group("block"):
            return inside or " "
        return '""' + inside
    return _TOKEN.sub(blank, text)


def includes(code):
    """(line, path, quoted) of each #include."""
    for number, line in enumerate(code.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(2), match.group(1) == '"'
