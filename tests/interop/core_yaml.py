"""YAML 1.2 with its core schema, as editors read it: PyYAML alone takes `on` for true and 1e-3 for a text."""

import re

import yaml


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        """Keys are texts, as in JSON; a repeated one is a mistake."""
        mapping = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str) or key in mapping:
                raise yaml.constructor.ConstructorError(None, None, "a key that is no text or is repeated", key_node.start_mark)
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


_Loader.yaml_implicit_resolvers = {}
for _tag, _shape, _first in (
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+0123456789.")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_shape), _first)
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def load(text):
    """The value of one document. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)
