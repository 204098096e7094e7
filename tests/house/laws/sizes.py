"""Sizes: no file of 400 lines or more, no function of more than 60 lines."""

import re

import source

FILE_LINES = 400
FUNCTION_LINES = 60
_SCRIPT = {".js", ".mjs"}
_SCRIPT_FUNCTION = re.compile(r"^((?:export )?(?:async )?function\b|  (?:async |get |static )*\w+\(.*\) \{$)")
_SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b|^\s*extern\s*\"\"\s*$")


def check(root, build):
    for path in source.files(root):
        if path.suffix in source.CPP | source.SCRIPTS or path.name in ("CMakeLists.txt", "run"):
            text = source.read(root, path)
            count = text.count("\n")
            if count >= FILE_LINES:
                yield f"{path}: {count} lines, fewer than {FILE_LINES} are allowed"
            if path.suffix in _SCRIPT:
                for line, length in script_functions(text):
                    if length > FUNCTION_LINES:
                        yield f"{path}:{line}: a function of {length} lines, at most {FUNCTION_LINES} are allowed"
            if path.suffix in source.CPP:
                for line, length in functions(source.code_of(text)):
                    if length > FUNCTION_LINES:
                        yield f"{path}:{line}: a function of {length} lines, at most {FUNCTION_LINES} are allowed"


def script_functions(text):
    """(first line, number of lines) of each function and method of JavaScript, by the indentation that prettier gives."""
    first, end = None, None
    for number, line in enumerate(text.split("\n"), 1):
        if first is None and _SCRIPT_FUNCTION.match(line) and not re.match(r"  (if|for|while|switch)\b", line):
            first, end = number, "  }" if line.startswith("  ") else "}"
        if first is not None and line == end:
            yield first, number - first + 1
            first = None


def functions(code):
    """(first line, number of lines) of each body that stands in a namespace or class and is no initialiser."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", code, flags=re.M)
    stack, head, head_line, line = [], "", None, 1
    for letter in code:
        if letter == "{":
            kind = _kind(stack, head)
            stack.append((kind, head_line or line))
            head, head_line = "", None
        elif letter == "}":
            kind, first = stack.pop() if stack else ("inside", line)
            if kind == "function":
                yield first, line - first + 1
            # the braces of a member initialiser or of a default argument do not end the head of their function
            head, head_line = (" ", first) if kind == "initialiser" else ("", None)
        elif letter == ";" and head.count("(") <= head.count(")"):
            head, head_line = "", None
        else:
            if head_line is None and not letter.isspace():
                head_line = line
            head += letter
        line += letter == "\n"


def _kind(stack, head):
    if stack and stack[-1][0] != "scope":
        return "inside"
    parameters = re.sub(r"\btemplate\s*<[^{;]*?>(?=\s*(?:requires|class|struct|\w))", "", head)
    if _SCOPE.search(parameters) and not re.search(r"\)\s*(const|noexcept|override|final|\s)*$", parameters):
        return "scope"
    if re.search(r"(?<![=!<>+\-*/&|^])=\s*(\w[\w:<>, ]*)?$", head) or head.count("(") > head.count(")"):
        return "initialiser"
    if re.search(r"[:,]\s*[\w:]+\s*$", head) and ")" in head or not head.strip():
        return "initialiser" if head.strip() else "function"
    return "function" if "(" in head else "initialiser"
