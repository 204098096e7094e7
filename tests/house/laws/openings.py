"""Openings: every source file opens with one plain sentence that says what it is."""

import re

import source

_SHAPES = {
    ".cpp": r"///? (.+?)\n(?!//)|///? (.+?)\n(?=//)",
    ".hpp": r"///? (.+?)\n(?!//)|///? (.+?)\n(?=//)",
    ".js": r"// (.+?)\n",
    ".mjs": r"// (.+?)\n",
    ".py": r'(?:#![^\n]*\n)?(?:"""|# )(.+?)(?:"""|\n)',
    "": r"(?:#![^\n]*\n)?#'? (.+?)\n",
}


def check(root, build):
    for path in source.files(root):
        known = path.suffix in source.CPP | source.SCRIPTS or path.name in ("CMakeLists.txt", "run", "clean_root")
        if not known:
            continue
        sentence = _opening(source.read(root, path), _SHAPES.get(path.suffix, _SHAPES[""]))
        if sentence is None:
            yield f"{path}: does not open with a comment"
        elif not re.search(r"\w[\"')`]*[.:;?]", sentence) or len(sentence.split()) < 3:
            yield f"{path}: opens with '{sentence[:60]}', a sentence was expected"


def _opening(text, shape):
    """The first block of comment lines, joined."""
    if not re.match(shape, text):
        return None
    lines = []
    for line in text.split("\n"):
        if line.startswith("#!"):
            continue
        if not re.match(r"//|#|\"\"\"", line) and not (lines and lines[0].startswith('"""') and '"""' not in lines[-1][3:]):
            break
        lines.append(line)
    return " ".join(line.strip("/#\"' ") for line in lines)
