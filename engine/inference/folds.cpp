/// Folds by policies, cities and years.
#include "inference/folds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "inference/trials.hpp"

namespace hansa {

namespace {

/// A city or policy, and how often it adopted or was adopted.
struct Unit {
  Index id = 0;
  std::size_t events = 0;
};

std::vector<Unit> units_of(std::vector<Index> const& of_row, Design const& design) {
  std::map<Index, std::size_t> events;
  for (std::size_t r = 0; r < design.rows(); ++r) events[of_row[r]] += design.event[r] != 0 ? 1 : 0;
  std::vector<Unit> units;
  for (auto const& [id, count] : events) units.push_back({id, count});
  return units;
}

/// Position of the fold for each unit, in the order of `units`: those with events one after the other to the fold that
/// has the fewest, the others to the fold with the fewest units.
std::map<Index, std::size_t> dealt(std::vector<Unit> const& units, std::size_t folds) {
  std::vector<std::size_t> events(folds, 0), count(folds, 0);
  std::map<Index, std::size_t> fold_of;
  for (Unit const& unit : units) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < folds; ++k) {
      auto const load = [&](std::size_t fold) {
        return std::pair(unit.events > 0 ? events[fold] : std::size_t{0}, count[fold]);
      };
      if (load(k) < load(best)) best = k;
    }
    events[best] += unit.events;
    ++count[best];
    fold_of[unit.id] = best;
  }
  return fold_of;
}

std::vector<Fold> folds_by(std::vector<Index> const& of_row, std::map<Index, std::size_t> const& fold_of,
                           std::size_t folds) {
  std::vector<Fold> made(folds);
  for (std::size_t r = 0; r < of_row.size(); ++r) {
    std::size_t const own = fold_of.at(of_row[r]);
    for (std::size_t k = 0; k < folds; ++k) (k == own ? made[k].test : made[k].training).push_back(r);
  }
  return made;
}

std::size_t folds_among(std::size_t units, CrossValidation const& validation, std::string_view what) {
  require(units >= 2, fmt::format("there are no two {} to be left out in turn", what), {"hansa fit"},
          "leave cross_validation out, or leave something else out");
  return std::min(units, static_cast<std::size_t>(validation.folds));
}

std::vector<Fold> leave_policies(Design const& design, CrossValidation const& validation, FoldKeys const& keys) {
  std::vector<Unit> units = units_of(design.policy, design);
  std::sort(units.begin(), units.end(), [&](Unit const& a, Unit const& b) {
    return std::tie(b.events, keys.policies[a.id]) < std::tie(a.events, keys.policies[b.id]);
  });
  std::size_t const folds = folds_among(units.size(), validation, "policies");
  std::map<Index, std::size_t> const fold_of = dealt(units, folds);
  std::vector<Fold> made = folds_by(design.policy, fold_of, folds);
  for (std::size_t k = 0; k < folds; ++k) {
    std::vector<std::string> names;
    for (auto const& [policy, fold] : fold_of) {
      if (fold == k) names.push_back(keys.policies[policy]);
    }
    std::sort(names.begin(), names.end());
    made[k].label = fmt::format("{}", fmt::join(names, ", "));
  }
  return made;
}

std::vector<Fold> leave_cities(Design const& design, CrossValidation const& validation, FoldKeys const& keys) {
  std::vector<Unit> units = units_of(design.city, design);
  std::uint64_t const key = make_key(keys.seed, 0, Purpose::selection, hash_id("cross_validation"));
  std::map<Index, std::uint64_t> drawn;
  for (Unit const& unit : units) drawn[unit.id] = draw_bits(key, keys.cities[unit.id], 0, 0).low;
  std::sort(units.begin(), units.end(), [&](Unit const& a, Unit const& b) {
    return std::tie(b.events, drawn[a.id], keys.cities[a.id]) < std::tie(a.events, drawn[b.id], keys.cities[b.id]);
  });
  std::size_t const folds = folds_among(units.size(), validation, "cities");
  std::map<Index, std::size_t> const fold_of = dealt(units, folds);
  std::vector<Fold> made = folds_by(design.city, fold_of, folds);
  for (std::size_t k = 0; k < folds; ++k) {
    auto const cities =
        std::count_if(fold_of.begin(), fold_of.end(), [&](auto const& each) { return each.second == k; });
    made[k].label = fmt::format("{} {}", cities, cities == 1 ? "city" : "cities");
  }
  return made;
}

std::vector<Fold> leave_years(Design const& design, CrossValidation const& validation) {
  std::vector<std::int32_t> known(design.rows());  // per row: when its trial ends
  std::vector<std::size_t> const starts = trial_starts(design);
  for (std::size_t t = 0; t + 1 < starts.size(); ++t) {
    std::fill(known.begin() + static_cast<std::ptrdiff_t>(starts[t]),
              known.begin() + static_cast<std::ptrdiff_t>(starts[t + 1]), design.period[starts[t + 1] - 1]);
  }
  std::set<std::int32_t> const distinct(known.begin(), known.end());
  std::vector<std::int32_t> const periods(distinct.begin(), distinct.end());
  require(periods.size() >= 2, "there is nothing before the decisions that would be left out", {"hansa fit"},
          "leave cross_validation out, or begin the fit earlier");
  std::size_t const folds = std::min(periods.size() - 1, static_cast<std::size_t>(validation.folds));
  std::size_t const length = periods.size() / (folds + 1);
  std::vector<Fold> made(folds);
  for (std::size_t k = 0; k < folds; ++k) {
    std::size_t const first = periods.size() - (folds - k) * length;
    std::int32_t const from = periods[first], until = periods[first + length - 1];
    made[k].label = from == until ? fmt::format("{}", from) : fmt::format("{} to {}", from, until);
    for (std::size_t r = 0; r < design.rows(); ++r) {
      if (known[r] < from) made[k].training.push_back(r);
      if (known[r] >= from && known[r] <= until) made[k].test.push_back(r);
    }
  }
  return made;
}

}  // namespace

std::vector<Fold> make_folds(Design const& design, CrossValidation const& validation, FoldKeys const& keys) {
  switch (validation.leave) {
    case LeaveOut::policies:
      return leave_policies(design, validation, keys);
    case LeaveOut::cities:
      return leave_cities(design, validation, keys);
    case LeaveOut::years:
      break;
  }
  return leave_years(design, validation);
}

}  // namespace hansa
