/// The scenario as it was written, unchecked: a tree of maps, lists and scalars, each with its place.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace hansa {

/// One node of the file. Keys keep their own place, their order, and may repeat (validation complains).
struct Node {
  enum class Form { null, scalar, list, map };
  struct Entry;
  Form form = Form::null;
  std::string text;     ///< of a scalar, unquoted
  bool quoted = false;  ///< a quoted scalar is text even where it looks like a number
  Place where;
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map

  /// The first value under `key`, or null.
  [[nodiscard]] Node const* find(std::string_view key) const noexcept;
  [[nodiscard]] Node* find(std::string_view key) noexcept;
};

struct Node::Entry {
  std::string key;
  Place where;
  Node value;
};

/// A file that a scenario was read from.
struct ScenarioFile {
  std::filesystem::path path;  ///< as in the places of its nodes
  std::string sha256;
};

struct ScenarioDraft {
  std::filesystem::path file;  ///< relative paths in its nodes are resolved against its folder
  Node root;                   ///< merged with its bases
  std::string sha256 = {};     ///< of the file's bytes, where it was read from one
  /// The bases, the nearest first. Relative paths in nodes from there are resolved against their folders.
  std::vector<ScenarioFile> bases = {};
  Complaints mistakes = {};  ///< of merging; validation adds them to its own
};

/// Sets the value at a dotted path ("policies.led.baseline"; a key with other characters in double quotes), making
/// maps on the way. `value.where` should say where the setting came from (`--set`). Errors: a malformed path, a step
/// into a scalar or list, and a policy, network, mechanism, collaboration or derived attribute that is not there.
void apply_setting(ScenarioDraft& draft, std::string_view path, Node value);

/// The keys of a dotted path. Errors: empty keys, unterminated quotes.
[[nodiscard]] std::vector<std::string> split_path(std::string_view path, Place const& where);

}  // namespace hansa
