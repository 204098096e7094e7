/// Writes a tree out, each scalar with the folder that its file would be in.
#include "scenario/world_key.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <system_error>

#include <fmt/format.h>

namespace hansa {

namespace {

// What is not named here counts, so that a key that is new to the format does.
constexpr std::string_view apart_in_scenario[] = {
    "title", "purpose", "patterns", "sources",   "replicates", "currency",  "output", "interventions",
    "fit",   "base",    "remove",   "resources", "sweep",      "calibrate", "power",  "stats"};
constexpr std::string_view apart_in_policy[] = {"rule",  "baseline",    "attributes",        "trend",
                                                "merit", "threshold",   "frailty",           "mechanisms",
                                                "cost",  "abandonment", "when_unaffordable", "reinvention"};

template <std::size_t n>
bool is_among(std::string_view const (&names)[n], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class KeyWriter {
 public:
  std::string write(Node const& root) {
    for (Node::Entry const& each : root.entries) {
      if (is_among(apart_in_scenario, each.key)) continue;
      add_text(each.key);
      if (each.key == "policies") {
        policies(each.value);
      } else {
        add(each.value);
      }
    }
    return std::move(key_);
  }

 private:
  void policies(Node const& node) {
    open(node);
    for (Node::Entry const& policy : node.entries) {
      add_text(policy.key);
      open(policy.value);
      for (Node::Entry const& each : policy.value.entries) {
        if (is_among(apart_in_policy, each.key)) continue;
        add_text(each.key);
        add(each.value);
      }
      key_ += '}';
    }
    key_ += '}';
  }

  void add(Node const& node) {
    open(node);
    for (Node const& each : node.items) add(each);
    for (Node::Entry const& each : node.entries) {
      add_text(each.key);
      add(each.value);
    }
    key_ += '}';
  }

  void open(Node const& node) {
    key_ += fmt::format("{}{}", static_cast<int>(node.form), node.quoted ? 'q' : 'p');
    if (node.form == Node::Form::scalar) {
      add_text(node.text);
      add_text(folder_of(node.where.file));
    }
    key_ += '{';
  }

  /// Length first, so that no text can stand for two.
  void add_text(std::string_view text) { key_ += fmt::format("{}:{}", text.size(), text); }

  std::string const& folder_of(std::string const& file) {
    auto const [found, is_new] = folders_.try_emplace(file);
    if (is_new) {
      std::error_code none;
      std::filesystem::path const folder = std::filesystem::path(file).parent_path();
      found->second = std::filesystem::weakly_canonical(folder.empty() ? "." : folder, none).string();
    }
    return found->second;
  }

  std::string key_;
  std::map<std::string, std::string> folders_;
};

}  // namespace

std::string world_key(ScenarioDraft const& draft) {
  return KeyWriter().write(draft.root);
}

}  // namespace hansa
