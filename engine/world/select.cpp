/// Finds the cities that a selector describes.
#include "world/select.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/names.hpp"
#include "base/random.hpp"
#include "world/centrality.hpp"
#include "world/panel.hpp"
#include "world/rows.hpp"
#include "world/ties_in_force.hpp"

namespace hansa {
namespace {

/// Walks down a selector. Sets are flags per city, so that and, or, not are loops over cities.
class Selection {
 public:
  using Flags = std::vector<std::uint8_t>;

  Selection(World const& world, std::int32_t at, std::string_view key, Complaints& complaints, int threads)
      : world_(world),
        cities_(world.cities),
        at_(at),
        key_(make_key(0, 0, Purpose::selection, hash_id(key))),
        complaints_(complaints),
        threads_(threads) {}

  Flags find(Selector const& selector) {
    using Form = Selector::Form;
    switch (selector.form) {
      case Form::all:
        return all();
      case Form::ids:
        return named(selector);
      case Form::where:
        return matching(selector);
      case Form::top:
        return top(selector);
      case Form::random:
        return random(selector);
      case Form::members:
        return members(selector);
      case Form::neighbours:
        return neighbours(selector);
      case Form::any_of:
        return any_of(selector);
      case Form::all_of:
        return all_of(selector);
      case Form::none_of:
        return none_of(selector);
    }
    return none();
  }

 private:
  [[nodiscard]] Flags all() const { return Flags(cities_.size(), 1); }
  [[nodiscard]] Flags none() const { return Flags(cities_.size(), 0); }

  Flags named(Selector const& selector) {
    Flags found = none();
    for (Reference const& id : selector.names) {
      if (std::optional<Index> const city = cities_.find(id.name)) {
        found[*city] = 1;
      } else if (cities_.complete) {
        bool const told = !complaints_.is_full(id.where);
        complaints_.add("unknown city '" + id.name + "'", id.where, told ? mend_for_city(cities_, id.name) : "");
      }
    }
    return found;
  }

  Flags matching(Selector const& selector) {
    Flags found = all();
    for (Condition const& condition : selector.conditions) {
      Flags const holds = matching(condition);
      for (Index i = 0; i < cities_.size(); ++i) found[i] &= holds[i];
    }
    return found;
  }

  Flags matching(Condition const& condition) {
    std::string const& name = condition.attribute.name;
    if (std::vector<double> const* values = cities_.number(name)) {
      return numbers_matching(condition, values_at(*values, later(cities_.later_numbers, name), at_));
    }
    if (TextColumn const* text = cities_.text(name)) return texts_matching(condition, *text);
    complaints_.add("unknown attribute '" + name + "'", condition.attribute.where,
                    expected_one_of(name, cities_.attribute_names()));
    return none();
  }

  /// What changes after the start of an attribute; null where nothing does.
  template <class Map>
  static auto later(Map const& changes, std::string const& name) -> decltype(&changes.begin()->second) {
    auto const found = changes.find(name);
    return found == changes.end() ? nullptr : &found->second;
  }

  Flags numbers_matching(Condition const& condition, std::vector<double> const& values) {
    std::vector<double> wanted;
    for (Reference const& value : condition.values) {
      if (std::optional<double> const number = parse_number(value.name)) {
        wanted.push_back(*number);
      } else {
        complaints_.add("attribute '" + condition.attribute.name + "' is numeric, '" + value.name + "' is not",
                        value.where, "a number was expected");
      }
    }
    double const lowest = condition.lowest.value_or(-std::numeric_limits<double>::infinity());
    double const highest = condition.highest.value_or(std::numeric_limits<double>::infinity());
    Flags found = none();
    for (Index i = 0; i < cities_.size(); ++i) {
      bool const listed =
          condition.values.empty() || std::find(wanted.begin(), wanted.end(), values[i]) != wanted.end();
      found[i] = listed && values[i] >= lowest && values[i] <= highest;  // false for a missing value
    }
    return found;
  }

  Flags texts_matching(Condition const& condition, TextColumn const& text) {
    if (condition.lowest || condition.highest) {
      complaints_.add("attribute '" + condition.attribute.name + "' is text and has no range",
                      condition.attribute.where, "a value or a list of values was expected");
      return none();
    }
    Flags found = none();
    std::vector<std::int32_t> const codes =
        values_at(text.code, later(cities_.later_texts, condition.attribute.name), at_);
    for (Reference const& value : condition.values) {
      auto const label = std::lower_bound(text.labels.begin(), text.labels.end(), value.name);
      if (label == text.labels.end() || *label != value.name) {
        std::vector<std::string_view> const known(text.labels.begin(), text.labels.end());
        complaints_.warn("no city has '" + condition.attribute.name + "' '" + value.name + "'", value.where,
                         expected_one_of(value.name, known));
        continue;
      }
      auto const code = static_cast<std::int32_t>(label - text.labels.begin());
      for (Index i = 0; i < cities_.size(); ++i) found[i] |= codes[i] == code;
    }
    return found;
  }

  /// The cities to choose from: the part of `among`, or all.
  Flags among(Selector const& selector) { return selector.parts.empty() ? all() : find(selector.parts.front()); }

  /// The first `selector.count` of the candidates, which must be enough.
  Flags first_of(Selector const& selector, std::vector<Index> const& candidates) {
    if (selector.count > candidates.size()) {
      complaints_.add(std::to_string(selector.count) + " cities are wanted, but there are " +
                          std::to_string(candidates.size()) + " to choose from",
                      selector.where, "a number up to that was expected");
      return none();
    }
    Flags found = none();
    for (std::size_t k = 0; k < selector.count; ++k) found[candidates[k]] = 1;
    return found;
  }

  Flags top(Selector const& selector) {
    Flags const pool = among(selector);
    if (selector.by.name.empty()) return pool;  // it was complained of when it was read
    std::vector<double> const values = selector.centrality ? central(selector) : values_of(selector.by);
    if (values.empty()) return none();
    std::vector<Index> candidates;
    for (Index i = 0; i < cities_.size(); ++i) {
      if (pool[i] && !std::isnan(values[i])) candidates.push_back(i);
    }
    std::stable_sort(candidates.begin(), candidates.end(), [&](Index a, Index b) { return values[a] > values[b]; });
    if (selector.centrality) warn_of_idle(selector, candidates, values);
    return first_of(selector, candidates);
  }

  /// The values of a numeric attribute; none after a complaint.
  std::vector<double> values_of(Reference const& attribute) {
    std::vector<double> const* start = cities_.number(attribute.name);
    if (start) return values_at(*start, later(cities_.later_numbers, attribute.name), at_);
    (void)require_number(cities_, attribute, "top", complaints_);
    return {};
  }

  /// How central all cities are; nothing after a complaint.
  std::vector<double> central(Selector const& selector) {
    NetworkLayer const* const layer = fixed_network(selector.by);
    if (!layer) return {};
    TiesInForce const ties(*layer, step());
    CentralityScores scores = centrality_scores(*selector.centrality, ties, layer->name, cities_.hash, threads_);
    if (auto const* const problem = std::get_if<std::string>(&scores)) {
      complaints_.add(*problem, selector.by.where, "degree, strength, pagerank or betweenness was expected");
      return {};
    }
    return std::get<std::vector<double>>(std::move(scores));
  }

  /// Cities chosen only because their ids come first: those behind nobody.
  void warn_of_idle(Selector const& selector, std::vector<Index> const& candidates, std::vector<double> const& values) {
    if (selector.count > candidates.size()) return;  // complained of
    NetworkLayer const& layer = *world_.network(selector.by.name);
    TiesInForce const ties(layer, step());
    auto const end = candidates.begin() + static_cast<std::ptrdiff_t>(selector.count);
    auto const idle =
        std::count_if(candidates.begin(), end, [&](Index i) { return values[i] == 0 || ties.observers(i).empty(); });
    if (idle == 0) return;
    complaints_.warn(std::to_string(idle) + " of the " + std::to_string(selector.count) +
                         " cities that are most central in network '" + layer.name +
                         "' are not central at all there, and taken in order of their ids",
                     selector.where, "fewer cities were expected, or another network");
  }

  Flags random(Selector const& selector) {
    Flags const pool = among(selector);
    std::vector<Index> candidates;
    std::vector<std::uint64_t> hash(cities_.size());
    for (Index i = 0; i < cities_.size(); ++i) {
      hash[i] = mix64(key_ ^ cities_.hash[i]);
      if (pool[i]) candidates.push_back(i);
    }
    std::stable_sort(candidates.begin(), candidates.end(), [&](Index a, Index b) { return hash[a] < hash[b]; });
    return first_of(selector, candidates);
  }

  Flags members(Selector const& selector) {
    Flags found = none();
    for (Reference const& name : selector.names) {
      Collaboration const* collaboration = world_.collaboration(name.name);
      if (!collaboration) {
        std::vector<std::string_view> known;
        for (Collaboration const& each : world_.collaborations) known.push_back(each.name);
        complaints_.add("unknown collaboration '" + name.name + "'", name.where, expected_one_of(name.name, known));
        continue;
      }
      if (collaboration->recruits && at_ > world_.start)
        complaints_.add("who is a member of '" + name.name + "' in " + std::to_string(at_) +
                            " is known only within the run, and not the same in all replicates: it recruits",
                        name.where,
                        "name the cities, or select members in " + std::to_string(world_.start) + ", the first step");
      for (Membership const& member : collaboration->members) {
        if (member.joined <= at_ && at_ < member.left) found[member.city] = 1;
      }
    }
    return found;
  }

  /// A network whose ties are stored, and the same in all replicates; null after a complaint.
  NetworkLayer const* fixed_network(Reference const& name) {
    NetworkLayer const* const layer = world_.network(name.name);
    if (!layer) {
      std::vector<std::string_view> known;
      for (NetworkLayer const& each : world_.networks) known.push_back(each.name);
      complaints_.add("unknown network '" + name.name + "'", name.where, expected_one_of(name.name, known));
    } else if (!layer->group.empty()) {
      complaints_.add("network '" + name.name + "' is complete groups, which are never stored as ties", name.where,
                      "choose by the attribute: {where: {ATTRIBUTE: VALUE}}");
    } else if (layer->redrawn) {
      complaints_.add("network '" + name.name + "' is drawn anew in each replicate, but a set of cities only once",
                      name.where, "leave out 'redraw: replicate'");
    }
    return layer && layer->group.empty() && !layer->redrawn ? layer : nullptr;
  }

  /// The step at which ties are looked at.
  [[nodiscard]] std::int32_t step() const noexcept { return at_ - world_.start + 1; }

  Flags neighbours(Selector const& selector) {
    Flags const of = among(selector);
    Flags found = none();
    for (Reference const& name : selector.names) {
      NetworkLayer const* const layer = fixed_network(name);
      if (!layer) continue;
      TiesInForce const ties(*layer, step());
      for (Index source = 0; source < cities_.size(); ++source) {
        for (Index const target : ties.observers(source)) {
          found[source] |= of[target];
          found[target] |= of[source];
        }
      }
    }
    for (Index i = 0; i < cities_.size(); ++i) found[i] &= !of[i];
    return found;
  }

  Flags any_of(Selector const& selector) {
    Flags found = none();
    for (Selector const& part : selector.parts) {
      Flags const one = find(part);
      for (Index i = 0; i < cities_.size(); ++i) found[i] |= one[i];
    }
    return found;
  }

  Flags all_of(Selector const& selector) {
    Flags found = all();
    for (Selector const& part : selector.parts) {
      Flags const one = find(part);
      for (Index i = 0; i < cities_.size(); ++i) found[i] &= one[i];
    }
    return found;
  }

  Flags none_of(Selector const& selector) {
    Flags found = any_of(selector);
    for (std::uint8_t& flag : found) flag = !flag;
    return found;
  }

  World const& world_;
  Cities const& cities_;
  std::int32_t at_;
  std::uint64_t key_;
  Complaints& complaints_;
  int threads_;
};

}  // namespace

std::vector<Index> select(Selector const& selector, World const& world, std::int32_t at, std::string_view key,
                          Complaints& complaints, int threads) {
  std::size_t const before = complaints.size();
  Selection::Flags const flags = Selection(world, at, key, complaints, threads).find(selector);
  std::vector<Index> found;
  for (Index i = 0; i < world.cities.size(); ++i) {
    if (flags[i]) found.push_back(i);
  }
  if (found.empty() && complaints.size() == before) {
    complaints.warn("no city is selected", selector.where, "check the conditions");
  }
  return found;
}

}  // namespace hansa
