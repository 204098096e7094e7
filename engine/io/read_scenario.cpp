/// Follows the bases of a scenario file to the last one, and merges them on the way back.
#include "io/read_scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "io/bytes.hpp"
#include "io/yaml.hpp"
#include "scenario/what_if.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bases = 32;

std::size_t count_values(Node const& node) {
  std::size_t count = 1;
  for (Node const& item : node.items) count += count_values(item);
  for (Node::Entry const& entry : node.entries) count += 1 + count_values(entry.value);
  return count;
}

bool is_same_file(fs::path const& a, fs::path const& b) {
  std::error_code problem;
  return a.lexically_normal() == b.lexically_normal() || fs::equivalent(a, b, problem);
}

/// A scenario file and its bases, none merged.
class Chain {
 public:
  explicit Chain(ScenarioDraft draft, std::uintmax_t bytes) : draft_(std::move(draft)), bytes_(bytes) {
    paths_.push_back(draft_.file);
    roots_.push_back(std::move(draft_.root));
    values_ = count_values(roots_.back());
  }

  void follow() {
    while (std::optional<BaseName> const base = base_of(roots_.back())) add(*base);
  }

  [[nodiscard]] ScenarioDraft merged() {
    Node root = std::move(roots_.back());
    for (std::size_t k = roots_.size() - 1; k-- > 0;)
      root = merge(std::move(root), std::move(roots_[k]), draft_.mistakes);
    draft_.root = std::move(root);
    return std::move(draft_);
  }

 private:
  void add(BaseName const& base) {
    fs::path const path = (paths_.back().parent_path() / base.given).lexically_normal();
    refuse_circle(path, base.where);
    require(paths_.size() <= most_bases, fmt::format("the scenario has more than {} bases", most_bases), base.where,
            "merge some of them");
    std::string const bytes = read_bytes(path, most_scenario_bytes, base.where);
    bytes_ += bytes.size();
    require(bytes_ <= most_scenario_bytes,
            fmt::format("the scenario and its bases have more than {} bytes", most_scenario_bytes), base.where);
    Node root = parse_yaml(bytes, path).root;
    require(root.form == Node::Form::map, "the base is no scenario", {path.string(), 1, 1},
            "a map with keys such as time, cities, policies was expected");
    values_ += count_values(root);
    require(values_ <= most_scenario_values,
            fmt::format("the scenario and its bases have more than {} values", most_scenario_values), base.where);
    draft_.bases.push_back({path, sha256(bytes)});
    paths_.push_back(path);
    roots_.push_back(std::move(root));
  }

  void refuse_circle(fs::path const& path, Place const& where) const {
    bool meets = false;
    std::string chain;
    for (fs::path const& each : paths_) {
      meets = meets || is_same_file(each, path);
      chain += each.string() + " -> ";
    }
    require(!meets, fmt::format("the bases go in a circle: {}{}", chain, path.string()), where,
            "a scenario without a base was expected at the end");
  }

  ScenarioDraft draft_;
  std::uintmax_t bytes_;
  std::vector<fs::path> paths_;
  std::vector<Node> roots_;
  std::size_t values_ = 0;
};

}  // namespace

ScenarioDraft parse_scenario(std::string_view text, std::filesystem::path const& name) {
  ScenarioDraft draft = parse_yaml(text, name);
  draft.sha256 = sha256(text);
  Chain chain(std::move(draft), text.size());
  chain.follow();
  return chain.merged();
}

ScenarioDraft read_scenario(std::filesystem::path const& file) {
  return parse_scenario(read_bytes(file, most_scenario_bytes, {file.string(), 0, 0}), file);
}

}  // namespace hansa
