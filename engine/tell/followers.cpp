/// Words, tables and trees of followers.
#include "tell/followers.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "tell/comparison_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_groups_told = 10;
constexpr std::size_t most_followers_told = 3;

/// The cities that a group alone changes most, the most often changed first.
std::vector<Index> changed_most(Following const& following, std::size_t group, Index cities, std::size_t most) {
  float const* const row = following.changed_alone.data() + group * cities;
  std::vector<Index> found;
  for (Index i = 0; i < cities; ++i) {
    if (row[i] > 0) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(), [&](Index a, Index b) { return row[a] > row[b]; });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace

std::string name_of(Cities const& cities, Index city) {
  TextColumn const* const names = cities.text("name");
  if (!names || names->code[city] < 0) return cities.id[city];
  return names->labels[static_cast<std::size_t>(names->code[city])];
}

std::string rivals_words(Rivals const& rivals, std::size_t funded) {
  std::string const cities = counted_words(static_cast<double>(funded), "city", "cities");
  return fmt::format(
      "{} random choices of {} lead to {} to {} followers, fewer than these in {:.0f} % of them; the {} best connected "
      "lead to {}, the {} most inclined by themselves to {}.",
      rivals.random.size(), cities,
      short_number(std::min_element(rivals.random.begin(), rivals.random.end(),
                                    [](auto const& a, auto const& b) { return a.mean < b.mean; })
                       ->mean),
      short_number(std::max_element(rivals.random.begin(), rivals.random.end(),
                                    [](auto const& a, auto const& b) { return a.mean < b.mean; })
                       ->mean),
      100 * rivals.beaten, funded, short_number(rivals.best_connected.mean), funded,
      short_number(rivals.most_inclined.mean));
}

std::vector<FollowingRow> following_rows(Following const& following, Cities const& cities) {
  std::vector<std::size_t> order(following.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return following.alone[a].mean > following.alone[b].mean; });
  if (order.size() > most_groups_told) order.resize(most_groups_told);
  std::vector<FollowingRow> rows;
  for (std::size_t const g : order) {
    std::vector<std::string> most;
    for (Index const i : changed_most(following, g, cities.size(), most_followers_told))
      most.push_back(fmt::format("{} {:.2f}", name_of(cities, i), following.changed_alone[g * cities.size() + i]));
    auto const city = std::find(cities.id.begin(), cities.id.end(), following.groups[g]);
    std::string const name =
        city == cities.id.end() ? following.groups[g] : name_of(cities, static_cast<Index>(city - cities.id.begin()));
    rows.push_back({name, following.alone[g], following.added[g], fmt::format("{}", fmt::join(most, ", "))});
  }
  return rows;
}

std::string following_table(Following const& following, Cities const& cities, std::string const& head) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({head, "followers alone", "added to the others", "whom it changes most often"});
  for (FollowingRow const& each : following_rows(following, cities))
    rows.push_back({"  " + each.name, signed_number(each.alone.mean), signed_number(each.added.mean), each.changed});
  return lay_out(rows, {Align::left, Align::right, Align::right, Align::left});
}

Node interval_node(Interval const& each) {
  return map_node({{"mean", number_node(each.mean)}, {"low", number_node(each.low)}, {"high", number_node(each.high)}});
}

Node rivals_node(Rivals const& rivals) {
  std::vector<Node> random;
  for (Interval const& each : rivals.random) random.push_back(interval_node(each));
  return map_node({{"replicates", number_node(rivals.replicates)},
                   {"chosen", interval_node(rivals.chosen)},
                   {"beaten", number_node(rivals.beaten)},
                   {"best_connected", interval_node(rivals.best_connected)},
                   {"most_inclined", interval_node(rivals.most_inclined)},
                   {"random", list_node(std::move(random))}});
}

Node following_node(Following const& following, Cities const& cities) {
  std::vector<Node> groups;
  for (std::size_t g = 0; g < following.groups.size(); ++g) {
    std::vector<Node> changed;
    for (Index const i : changed_most(following, g, cities.size(), 10))
      changed.push_back(map_node({{"city", text_node(cities.id[i])},
                                  {"share", number_node(double{following.changed_alone[g * cities.size() + i]})}}));
    groups.push_back(map_node({{"group", text_node(following.groups[g])},
                               {"alone", interval_node(following.alone[g])},
                               {"added", interval_node(following.added[g])},
                               {"changed", list_node(std::move(changed))}}));
  }
  return map_node({{"replicates", number_node(following.replicates)}, {"groups", list_node(std::move(groups))}});
}

}  // namespace hansa
