/// Sweeps over the dates of each pair of cities.
#include "world/spells.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "base/counted.hpp"

namespace hansa {
namespace {

/// The rows of one pair, from their first date to their last.
class Sweep {
 public:
  Sweep(Merged& into, std::size_t most_weights) : into_(into), most_weights_(most_weights) {}

  /// False if the rows overlap so often that their spells hold too many weights.
  [[nodiscard]] bool run(std::span<Tie const> rows) {
    dates_.clear();
    active_.clear();
    for (Tie const& row : rows) {
      dates_.push_back(row.from);
      dates_.push_back(row.until + 1);
    }
    std::sort(dates_.begin(), dates_.end());
    dates_.erase(std::unique(dates_.begin(), dates_.end()), dates_.end());
    std::size_t const before = into_.ties.size();
    auto next = rows.begin();
    for (std::size_t k = 0; k + 1 < dates_.size(); ++k) {
      std::erase_if(active_, [&](Tie const& row) { return row.until < dates_[k]; });
      auto const end = std::find_if(next, rows.end(), [&](Tie const& row) { return row.from > dates_[k]; });
      if (next != end) admit({next, end});
      next = end;
      if (active_.empty()) continue;
      add(static_cast<std::int16_t>(dates_[k]), static_cast<std::int16_t>(dates_[k + 1] - 1), before);
      if (into_.weights.size() > most_weights_) return false;
    }
    return true;
  }

 private:
  /// Weights stay sorted, so that their sum is that of any order of rows.
  void admit(std::span<Tie const> rows) {
    active_.insert(active_.end(), rows.begin(), rows.end());
    std::sort(active_.begin(), active_.end(), [](Tie const& a, Tie const& b) { return a.weight < b.weight; });
  }
  void add(std::int16_t from, std::int16_t until, std::size_t before) {
    if (into_.ties.size() > before && into_.ties.back().until + 1 == from && continues()) {
      into_.ties.back().until = until;
      return;
    }
    into_.ties.push_back({active_.front().source, active_.front().target, 0, from, until});
    for (Tie const& row : active_) into_.weights.push_back(row.weight);
    into_.first.push_back(into_.weights.size());
  }
  [[nodiscard]] bool continues() const {
    std::span<double const> const last(into_.weights.begin() + static_cast<std::ptrdiff_t>(into_.first.end()[-2]),
                                       into_.weights.end());
    return std::equal(last.begin(), last.end(), active_.begin(), active_.end(),
                      [](double weight, Tie const& row) { return weight == row.weight; });
  }

  Merged& into_;
  std::size_t most_weights_;
  std::vector<int> dates_;
  std::vector<Tie> active_;
};

/// Rows that overlap an earlier one.
std::size_t count_overlaps(std::span<Tie const> rows) {
  std::size_t count = 0;
  int until = 0;
  for (Tie const& row : rows) {
    if (row.from <= until) ++count;
    until = std::max<int>(until, row.until);
  }
  return count;
}

}  // namespace

std::optional<Merged> merge_spells(std::vector<Tie> const& ties, std::string const& name, Place const& where,
                                   Complaints& complaints) {
  Merged merged;
  merged.ties.reserve(ties.size());
  merged.weights.reserve(ties.size());
  merged.first.reserve(ties.size() + 1);
  Sweep sweep(merged, 64 * ties.size() + (std::size_t{1} << 22));
  std::size_t repetitions = 0;
  for (std::size_t begin = 0, end = 0; begin < ties.size(); begin = end) {
    while (end < ties.size() && ties[end].source == ties[begin].source && ties[end].target == ties[begin].target) ++end;
    std::span<Tie const> const rows(&ties[begin], end - begin);
    repetitions += count_overlaps(rows);
    if (sweep.run(rows)) continue;
    complaints.add("network '" + name + "' ties the same two cities for too many times that overlap", where,
                   "one row for each time in which a tie holds was expected");
    return std::nullopt;
  }
  if (repetitions > 0) {
    complaints.warn("network '" + name + "': " + counted(repetitions, "duplicate tie", "duplicate ties") +
                        " added to the weight of the first",
                    where);
  }
  return merged;
}

void list_changes(NetworkLayer& layer) {
  if (!layer.dated()) return;
  for (Index source = 0; source + 1 < layer.first.size(); ++source) {
    for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
      std::uint32_t const weight = layer.weighted() ? layer.weight[k] : 1;
      if (layer.from[k] > 1) layer.changes.push_back({layer.from[k], source, layer.target[k], weight, +1});
      if (layer.until[k] < for_ever) layer.changes.push_back({layer.until[k] + 1, source, layer.target[k], weight, -1});
    }
  }
  std::sort(layer.changes.begin(), layer.changes.end(), [](TieChange const& a, TieChange const& b) {
    return std::tie(a.step, a.target, a.source, a.sign) < std::tie(b.step, b.target, b.source, b.sign);
  });
}

void check_sums(NetworkLayer& layer, Place const& where, Complaints& complaints) {
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  constexpr std::uint64_t most_narrow = std::uint64_t{1} << 31;
  std::uint64_t largest = 0;
  for (std::uint64_t sum : layer.in_weight) largest = std::max(largest, sum);
  if (layer.dated()) {
    std::vector<std::uint64_t> sums = layer.in_weight;
    for (TieChange const& change : layer.changes) {
      sums[change.target] += change.sign > 0 ? change.weight : -std::uint64_t{change.weight};
      largest = std::max(largest, sums[change.target]);
    }
  }
  // 2^32 ties of at most 2^32 - 1 each stay below 2^64, so that no sum has wrapped round.
  if (largest > most) {
    complaints.add("network '" + layer.name + "': the weights of one city's ties add up to too much", where,
                   "use weights with fewer digits");
  }
  layer.narrow_ = largest < most_narrow;
}

}  // namespace hansa
