/// Finds whose group a label names.
#include "io/seed_groups.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "io/hdf5_read.hpp"

namespace hansa {

namespace {

std::vector<Index> const& funded_of(std::size_t number, Comparison const& of) {
  std::size_t const policies = of.policies.size();
  return of.what_ifs[number / policies].policies[number % policies].followers.funded;
}

bool is_funded(std::string const& id, std::size_t number, Comparison const& of, Cities const& cities) {
  std::optional<Index> const city = cities.find(id);
  if (!city) return false;
  std::vector<Index> const& among = funded_of(number, of);
  return std::binary_search(among.begin(), among.end(), *city);
}

}  // namespace

std::optional<std::string> group_of(std::string const& label, std::size_t number, Comparison const& of) {
  std::size_t const policies = of.policies.size();
  std::string const head = of.scenarios[number / policies + 1] + " " + of.policies[number % policies] + " ";
  bool const is_its = !funded_of(number, of).empty() && label.starts_with(head);
  return is_its ? std::optional(label.substr(head.size())) : std::nullopt;
}

std::size_t owner_of(std::string const& label, std::size_t from, Comparison const& of, Cities const& cities) {
  std::optional<std::size_t> best;
  std::pair<bool, std::size_t> rank;
  for (std::size_t number = from; number < of.what_ifs.size() * of.policies.size(); ++number) {
    std::optional<std::string> const group = group_of(label, number, of);
    if (!group) continue;
    std::pair<bool, std::size_t> const its{is_funded(*group, number, of, cities), label.size() - group->size()};
    if (!best || its > rank) {
      best = number;
      rank = its;
    }
  }
  if (!best) h5_refuse(fmt::format("the label '{}' is of no what-if that funds cities", label));
  return *best;
}

}  // namespace hansa
