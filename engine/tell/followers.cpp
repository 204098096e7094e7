/// Words, tables and trees of followers.
#include "tell/followers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

std::int64_t reruns_in_all(Reruns const& reruns, std::int32_t Reruns::Count::*which) {
  std::int64_t sum = 0;
  for (Reruns::Count const& each : reruns.kinds) sum += each.*which;
  return sum;
}

}  // namespace

std::string name_of(Cities const& cities, Index city) {
  TextColumn const* const names = cities.text("name");
  if (!names || names->code[city] < 0) return cities.id[city];
  return names->labels[static_cast<std::size_t>(names->code[city])];
}

std::string rivals_words(Rivals const& rivals, std::size_t funded) {
  std::vector<double> means;
  for (Interval const& each : rivals.random)
    if (!std::isnan(each.mean)) means.push_back(each.mean);
  std::string const cities = counted_words(static_cast<double>(funded), "city", "cities");
  std::string text;
  if (!means.empty())
    text = fmt::format(
        "{} random choices of {} lead to {} to {} followers{}; ", means.size(), cities,
        short_number(*std::min_element(means.begin(), means.end())),
        short_number(*std::max_element(means.begin(), means.end())),
        std::isnan(rivals.beaten) ? "" : fmt::format(", fewer than these in {:.0f} % of them", 100 * rivals.beaten));
  return text + fmt::format("the {} best connected lead to {}, the {} most inclined by themselves to {}.", funded,
                            short_number(rivals.best_connected.mean), funded, short_number(rivals.most_inclined.mean));
}

std::string left_out_words(Reruns const& reruns) {
  constexpr std::size_t most = 3;
  std::vector<std::string> parts;
  if (!reruns.left_out.empty()) {
    std::vector<std::string> named;
    for (std::size_t k = 0; k < std::min(most, reruns.left_out.size()); ++k)
      named.push_back(fmt::format("{} ({})", reruns.left_out[k].rerun, reruns.left_out[k].why));
    std::string const more =
        reruns.left_out.size() > most ? fmt::format(" and {} more", reruns.left_out.size() - most) : "";
    parts.push_back(fmt::format("{} of {} reruns are left out, since a replicate failed: {}{}", reruns.left_out.size(),
                                reruns_in_all(reruns, &Reruns::Count::asked), fmt::join(named, ", "), more));
  }
  if (reruns.failed > 0)
    parts.push_back(fmt::format("{} of {} replicates failed without any rerun's seeds, and count in none",
                                reruns.failed, reruns.replicates + reruns.failed));
  return fmt::format("{}.", fmt::join(parts, "; "));
}

std::string reruns_words(Reruns const& reruns) {
  if (!reruns.none.empty())
    return fmt::format("Nothing tells who follows whom, nor what others would lead to, for want of reruns: {}.",
                       reruns.none);
  std::string const text = fmt::format(
      "What others would lead to, and who follows whom, is from {} reruns of {} replicates ({} random choices, {} of "
      "single groups alone, {} of all but one group, {} besides).",
      reruns_in_all(reruns, &Reruns::Count::made), reruns.replicates, reruns.kinds[4].made, reruns.kinds[5].made,
      reruns.kinds[6].made, reruns.kinds[0].made + reruns.kinds[1].made + reruns.kinds[2].made + reruns.kinds[3].made);
  bool const whole = reruns.left_out.empty() && reruns.failed == 0;
  return whole ? text : text + " " + left_out_words(reruns);
}

std::vector<FollowingRow> following_rows(Following const& following, Cities const& cities) {
  std::vector<std::size_t> order(following.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const known = [&](std::size_t g) {  // what is not known stands last
    double const mean = following.alone[g].mean;
    return std::isnan(mean) ? -std::numeric_limits<double>::infinity() : mean;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return known(a) > known(b); });
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
  Node made =
      map_node({{"mean", number_node(each.mean)}, {"low", number_node(each.low)}, {"high", number_node(each.high)}});
  if (each.draws) {
    BetweenDraws const& of = *each.draws;
    made.entries.push_back({"draws",
                            {},
                            map_node({{"low", number_node(of.low)},
                                      {"median", number_node(of.median)},
                                      {"high", number_node(of.high)},
                                      {"variance_share", number_node(of.share)},
                                      {"variance_share_error", number_node(of.share_error)}})});
  }
  return made;
}

Node reruns_node(Reruns const& reruns) {
  std::vector<Node> kinds, left_out;
  for (std::size_t k = 0; k < rerun_kinds.size(); ++k)
    kinds.push_back(map_node({{"kind", text_node(std::string(rerun_kinds[k]))},
                              {"asked", number_node(std::int64_t{reruns.kinds[k].asked})},
                              {"made", number_node(std::int64_t{reruns.kinds[k].made})}}));
  for (RerunLeftOut const& each : reruns.left_out)
    left_out.push_back(map_node({{"rerun", text_node(each.rerun)}, {"why", text_node(each.why)}}));
  return map_node({{"replicates", number_node(reruns.replicates)},
                   {"replicates_failed", number_node(reruns.failed)},
                   {"kinds", list_node(std::move(kinds))},
                   {"left_out", list_node(std::move(left_out))},
                   {"none", reruns.none.empty() ? Node() : text_node(reruns.none)}});
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
