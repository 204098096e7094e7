/// Pairs of groups, each skipped through in pieces.
#include "world/stochastic_block.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/names.hpp"
#include "base/parallel.hpp"
#include "world/skips.hpp"

namespace hansa {
namespace {

/// All pairs of a target in one group and a source in another, or in the same.
struct Block {
  std::size_t targets;
  std::size_t sources;
  double probability;
};

/// Probabilities by (target's group, source's group); with `both_ways`, the smaller group first.
using Probabilities = std::map<std::pair<std::size_t, std::size_t>, double>;

class Groups {
 public:
  Groups(TextColumn const& column, Index cities) : labels_(column.labels), members_(column.labels.size()) {
    for (Index i = 0; i < cities; ++i) {
      if (column.code[i] >= 0) members_[static_cast<std::size_t>(column.code[i])].push_back(i);
    }
  }
  [[nodiscard]] std::vector<Index> const& members(std::size_t group) const { return members_[group]; }
  [[nodiscard]] std::string const& label(std::size_t group) const { return labels_[group]; }
  [[nodiscard]] std::optional<std::size_t> find(std::string const& label) const {
    auto const found = std::lower_bound(labels_.begin(), labels_.end(), label);
    if (found == labels_.end() || *found != label) return std::nullopt;
    return static_cast<std::size_t>(found - labels_.begin());
  }
  [[nodiscard]] std::string mend(std::string const& label) const {
    std::vector<std::string_view> const known(labels_.begin(), labels_.end());
    return known.empty() ? "no city has a value" : expected_one_of(label, known);
  }

 private:
  std::vector<std::string> const& labels_;
  std::vector<std::vector<Index>> members_;
};

std::optional<std::size_t> find_group(std::string const& label, Groups const& groups, StochasticBlockTies const& spec,
                                      Complaints& complaints) {
  std::optional<std::size_t> const found = groups.find(label);
  if (!found) {
    complaints.add("'" + label + "' is no value of attribute '" + spec.group.name + "' (probability)", spec.group.where,
                   groups.mend(label));
  }
  return found;
}

/// What is given, mirror images included; nothing after a complaint.
std::optional<Probabilities> resolve(StochasticBlockTies const& spec, Groups const& groups, Drawing const& drawing) {
  Probabilities given;
  std::size_t const before = drawing.complaints.size();
  for (auto const& [target, row] : spec.probability) {
    std::optional<std::size_t> const a = find_group(target, groups, spec, drawing.complaints);
    for (auto const& [source, probability] : row) {
      std::optional<std::size_t> const b = find_group(source, groups, spec, drawing.complaints);
      if (!(probability >= 0 && probability <= 1)) {
        drawing.complaints.add(
            "the probability of ties between '" + target + "' and '" + source + "' lies outside 0 to 1", drawing.where,
            "a number from 0 to 1 was expected");
      }
      if (a && b) given[{*a, *b}] = probability;
    }
  }
  Probabilities all;
  for (auto const& [groups_of, probability] : given) {
    auto const [a, b] = groups_of;
    auto const mirror = given.find({b, a});
    if (drawing.sense == Sense::one_way) {
      all[{a, b}] = probability;
      if (mirror == given.end()) all[{b, a}] = probability;
      continue;
    }
    if (mirror != given.end() && mirror->second != probability && a < b) {
      drawing.complaints.add("ties between '" + groups.label(a) + "' and '" + groups.label(b) +
                                 "' are undirected, but have two probabilities",
                             spec.group.where, "one number, or `directed: true`, was expected");
    }
    all[{std::min(a, b), std::max(a, b)}] = probability;
  }
  if (drawing.complaints.size() > before) return std::nullopt;
  return all;
}

double pairs_of(Block const& block, Groups const& groups, Sense sense) {
  double const rows = static_cast<double>(groups.members(block.targets).size());
  double const columns = static_cast<double>(groups.members(block.sources).size());
  if (block.targets != block.sources) return rows * columns;
  return rows * (rows - 1) / (sense == Sense::both_ways ? 2 : 1);
}

constexpr std::size_t rows_a_task = 4096;

/// Skips through the pairs of `rows_a_task` targets. Within one group, the target itself is left out, and all before it
/// where pairs are unordered.
void draw_rows(Block const& block, std::size_t piece, Groups const& groups, Drawing const& drawing,
               std::vector<Pair>& found) {
  std::vector<Index> const& targets = groups.members(block.targets);
  std::vector<Index> const& sources = groups.members(block.sources);
  bool const same = block.targets == block.sources;
  bool const triangle = same && drawing.sense == Sense::both_ways;
  auto const left_out = [&](std::size_t row) { return triangle ? row + 1 : same ? std::size_t{1} : 0; };
  std::uint64_t const key = mix64(drawing.key ^ hash_id(groups.label(block.targets)));
  Skips skips(mix64(key + hash_id(groups.label(block.sources))), piece, block.probability);
  std::size_t row = piece * rows_a_task;
  std::size_t const end = std::min(targets.size(), row + rows_a_task);
  std::uint64_t column = skips.next();
  while (true) {
    if (!triangle && sources.size() > left_out(row)) {
      std::uint64_t const length = sources.size() - left_out(row);
      row += column / length;
      column %= length;
    }
    while (row < end && column >= sources.size() - left_out(row)) column -= sources.size() - left_out(row++);
    if (row >= end) return;
    bool const shifted = triangle || (same && column >= row);
    found.push_back({sources[column + (shifted ? left_out(row) : 0)], targets[row]});
    column += 1 + skips.next();
  }
}

}  // namespace

PairParts draw_stochastic_block(StochasticBlockTies const& spec, Drawing const& drawing) {
  TextColumn const* column = require_text(drawing.cities, spec.group, "stochastic_block", drawing.complaints);
  if (column == nullptr) return {};
  Groups const groups(*column, drawing.cities.size());
  std::optional<Probabilities> const probabilities = resolve(spec, groups, drawing);
  if (!probabilities) return {};
  double expected = 0;
  std::vector<std::pair<Block, std::size_t>> tasks;
  for (auto const& [groups_of, probability] : *probabilities) {
    Block const block{groups_of.first, groups_of.second, probability};
    expected += probability * pairs_of(block, groups, drawing.sense);
    if (!(probability > 0)) continue;
    std::size_t const rows = groups.members(block.targets).size();
    for (std::size_t piece = 0; piece * rows_a_task < rows; ++piece) tasks.emplace_back(block, piece);
  }
  if (drawing.sense == Sense::both_ways) expected *= 2;
  if (!fits_layer(expected, drawing.where, drawing.complaints)) return {};
  PairParts parts(tasks.size());
  parallel_for(tasks.size(), drawing.threads, [&](std::size_t task) {
    draw_rows(tasks[task].first, tasks[task].second, groups, drawing, parts[task]);
  });
  return parts;
}

}  // namespace hansa
