/// Ties that begin and end by interventions.
#include "world/tie_changes.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/counted.hpp"
#include "world/file_ties.hpp"
#include "world/spells.hpp"

namespace hansa {

namespace {

/// More pairs at once are a slip: they would fill the memory before they fill a layer.
constexpr double most_pairs = 1e8;

bool is_before(Tie const& tie, Pair const& pair) noexcept {
  return std::tie(tie.source, tie.target) < std::tie(pair.source, pair.target);
}

Pair reversed(Pair const& pair) noexcept {
  return {pair.target, pair.source};
}

std::vector<std::uint8_t> flags_of(std::vector<Index> const& cities, Index all) {
  std::vector<std::uint8_t> flags(all, 0);
  for (Index const city : cities) flags[city] = 1;
  return flags;
}

/// The cities of these pairs, ascending.
template <class Rows>
std::vector<Index> ends_of(Rows const& rows) {
  std::vector<Index> cities;
  for (auto const& each : rows) {
    cities.push_back(each.source);
    cities.push_back(each.target);
  }
  std::sort(cities.begin(), cities.end());
  cities.erase(std::unique(cities.begin(), cities.end()), cities.end());
  return cities;
}

/// Which pairs of cities an intervention unties.
class Untied {
 public:
  Untied(Reach const& reach, Index cities) : source_(flags_of(reach.sources, cities)) {
    target_ = flags_of(reach.targets, cities);
  }
  explicit Untied(std::vector<Pair> pairs) : pairs_(std::move(pairs)) { std::sort(pairs_.begin(), pairs_.end()); }

  [[nodiscard]] bool holds(Pair const& pair) const {
    if (!source_.empty()) return source_[pair.source] != 0 && target_[pair.target] != 0;
    return std::binary_search(pairs_.begin(), pairs_.end(), pair);
  }

 private:
  std::vector<std::uint8_t> source_, target_;  // per city; or:
  std::vector<Pair> pairs_;
};

/// The changes of one network at one date.
class LayerChange {
 public:
  LayerChange(NetworkLayer& layer, NetworkSpec const& spec, std::int32_t at, World& world, std::vector<Tie>& pieces,
              Complaints& complaints)
      : layer_(layer), spec_(spec), at_(at), world_(world), complaints_(complaints), kept_(pieces) {
    step_ = at - world.start + 1 + (spec.timing == TieTiming::lagged ? 1 : 0);
  }

  void make(std::vector<InterventionSpec const*> const& acts, Clock const& clock, Tables const& tables) {
    if (step_ > clock.steps()) return warn_of_no_decision(acts);
    for (InterventionSpec const* each : acts) {
      if (auto const* act = std::get_if<RemoveTiesSpec>(&each->act)) remove(*each, *act, tables);
    }
    if (kept_.empty()) kept_ = ties_of(layer_);
    end_removed();
    for (InterventionSpec const* each : acts) {
      if (auto const* act = std::get_if<AddTiesSpec>(&each->act)) add(*each, *act, clock, tables);
    }
    bool const removed = std::any_of(removals_.begin(), removals_.end(), [](auto const& each) { return each.met; });
    if (!removed && added_.empty()) return;
    warn_of_repetitions(acts);
    kept_.insert(kept_.end(), added_.begin(), added_.end());
    for (Tie each : added_) {
      if (spec_.directed) break;
      std::swap(each.source, each.target);
      kept_.push_back(each);
    }
    std::sort(kept_.begin(), kept_.end(), [](Tie const& a, Tie const& b) {
      return std::tie(a.source, a.target, a.from) < std::tie(b.source, b.target, b.from);
    });
    layer_ = with_ties(layer_, kept_, spec_.where, complaints_);
  }

 private:
  struct Removal {
    InterventionSpec const* by;
    Untied untied;
    bool met = false;  ///< some tie of it ends
  };

  [[nodiscard]] std::string name() const { return "network '" + layer_.name + "'"; }

  void warn_of_no_decision(std::vector<InterventionSpec const*> const& acts) {
    for (InterventionSpec const* each : acts)
      complaints_.warn("'" + each->name + "' changes " + name() + " in the last step", each->where,
                       "its ties are lagged: decisions would see that in the step after");
  }

  void remove(InterventionSpec const& spec, RemoveTiesSpec const& act, Tables const& tables) {
    if (!act.file) {
      removals_.push_back({&spec, Untied(world_.reached.at(spec.name), world_.cities.size())});
      return;
    }
    std::vector<Pair> pairs = read_pairs(*act.file, world_.cities, tables, complaints_);
    world_.reached.at(spec.name).cities = ends_of(pairs);
    removals_.push_back({&spec, Untied(std::move(pairs))});
  }

  [[nodiscard]] bool unties(Removal const& removal, Pair const& pair) const {
    return removal.untied.holds(pair) || (!spec_.directed && removal.untied.holds(reversed(pair)));
  }

  /// Ends what is removed, and counts pairs for each removal.
  void end_removed() {
    if (removals_.empty()) return;
    std::vector<std::size_t> pairs(removals_.size(), 0);
    std::vector<Pair> last(removals_.size(), Pair{0, 0});  // no tie is a city's to itself
    for (Tie& tie : kept_) {
      if (tie.until < step_) continue;
      Pair const pair{tie.source, tie.target};
      // Of an undirected network each pair is counted once, though it is stored both ways.
      bool const counts = spec_.directed || pair.source < pair.target || !has_reverse(pair);
      bool ends = false;
      for (std::size_t k = 0; k < removals_.size(); ++k) {
        if (!unties(removals_[k], pair)) continue;
        ends = removals_[k].met = true;
        if (counts && last[k] != pair) ++pairs[k];
        last[k] = pair;
      }
      if (ends) tie.until = static_cast<std::int16_t>(step_ - 1);
    }
    std::erase_if(kept_, [](Tie const& tie) { return tie.until < tie.from; });
    for (std::size_t k = 0; k < removals_.size(); ++k) {
      InterventionSpec const& by = *removals_[k].by;
      world_.reached.at(by.name).changed = pairs[k];
      if (removals_[k].met) continue;
      complaints_.warn("'" + by.name + "' removes no tie of " + name() + ": none of these holds in " +
                           std::to_string(at_) + " or later",
                       by.where, "nothing changes");
    }
  }

  [[nodiscard]] bool has_reverse(Pair const& pair) const {
    auto const begin = layer_.target.begin() + layer_.first[pair.target];
    auto const end = layer_.target.begin() + layer_.first[pair.target + 1];
    return std::binary_search(begin, end, pair.source);
  }

  void add(InterventionSpec const& spec, AddTiesSpec const& act, Clock const& clock, Tables const& tables) {
    std::size_t const before = added_.size();
    if (act.file)
      add_rows(spec, *act.file, clock, tables);
    else
      add_pairs(spec, act.weight);
    auto const begin = added_.begin() + static_cast<std::ptrdiff_t>(before);
    auto const doubled = std::count_if(begin, added_.end(), [&](Tie const& tie) { return is_tied(tie); });
    world_.reached.at(spec.name).changed = added_.size() - before;
    if (doubled == 0) return;
    complaints_.warn("'" + spec.name + "': " + counted(doubled, "pair of cities is", "pairs of cities are") +
                         " tied in " + name() + " already",
                     spec.where, "the weights add, as those of duplicate rows");
  }

  /// Whether a tie that is kept holds while this one does.
  [[nodiscard]] bool is_tied(Tie const& tie) const {
    Pair const pair{tie.source, tie.target};
    auto found = std::lower_bound(kept_.begin(), kept_.end(), pair, is_before);
    for (; found != kept_.end() && found->source == pair.source && found->target == pair.target; ++found) {
      if (found->from <= tie.until && tie.from <= found->until) return true;
    }
    return false;
  }

  void add_rows(InterventionSpec const& spec, FileRef const& file, Clock const& clock, Tables const& tables) {
    std::vector<Tie> ties = read_ties({file}, spec_, world_.cities, tables, clock, complaints_).ties;
    Place const rows{file.given, 0, 0};
    std::size_t const selves = std::erase_if(ties, [](Tie const& tie) { return tie.source == tie.target; });
    if (selves > 0)
      complaints_.warn("'" + spec.name + "': " +
                           counted(selves, "tie of a city to itself", "ties of cities to themselves") + " dropped",
                       rows);
    std::erase_if(ties, [](Tie const& tie) { return tie.weight == 0; });
    std::size_t const past = std::erase_if(ties, [&](Tie const& tie) { return tie.until < step_; });
    if (past > 0)
      complaints_.warn("'" + spec.name + "': " + counted(past, "tie ends", "ties end") + " before " +
                           std::to_string(at_) + ", when it begins to hold",
                       rows, "left out");
    world_.reached.at(spec.name).cities = ends_of(ties);
    for (Tie& tie : ties) {
      if (!spec_.directed && tie.source > tie.target) std::swap(tie.source, tie.target);
      tie.from = std::max(tie.from, static_cast<std::int16_t>(step_));
      added_.push_back(tie);
    }
  }

  void add_pairs(InterventionSpec const& spec, double weight) {
    Reach const& reach = world_.reached.at(spec.name);
    double const pairs = static_cast<double>(reach.sources.size()) * static_cast<double>(reach.targets.size());
    if (pairs > most_pairs) {
      complaints_.add("'" + spec.name + "' adds ties from " + std::to_string(reach.sources.size()) + " cities to " +
                          std::to_string(reach.targets.size()),
                      spec.where, "at most 10^8 pairs were expected: choose fewer sources or targets");
      return;
    }
    std::vector<std::uint8_t> const source = flags_of(reach.sources, world_.cities.size()),
                                    target = flags_of(reach.targets, world_.cities.size());
    for (Index const from : reach.sources) {
      for (Index const to : reach.targets) {
        bool const mirrored = !spec_.directed && from > to && source[to] != 0 && target[from] != 0;
        if (from == to || mirrored) continue;
        bool const turned = !spec_.directed && from > to;
        added_.push_back({turned ? to : from, turned ? from : to, weight, static_cast<std::int16_t>(step_), for_ever});
      }
    }
  }

  /// Pairs that are added several times.
  void warn_of_repetitions(std::vector<InterventionSpec const*> const& acts) {
    std::sort(added_.begin(), added_.end(), [](Tie const& a, Tie const& b) {
      return std::tie(a.source, a.target, a.from) < std::tie(b.source, b.target, b.from);
    });
    std::size_t repeated = 0;
    for (std::size_t k = 1; k < added_.size(); ++k) {
      Tie const &a = added_[k - 1], &b = added_[k];
      repeated += a.source == b.source && a.target == b.target && b.from <= a.until ? 1 : 0;
    }
    if (repeated == 0) return;
    complaints_.warn(name() + ": " + counted(repeated, "tie that is", "ties that are") + " added in " +
                         std::to_string(at_) + (repeated == 1 ? " repeats another" : " repeat others"),
                     acts.front()->where, "the weights add, as those of duplicate rows");
  }

  NetworkLayer& layer_;
  NetworkSpec const& spec_;
  std::int32_t at_;
  std::int32_t step_;  // the first whose decisions see the change
  World& world_;
  Complaints& complaints_;
  std::vector<Tie>& kept_;  // of the layer, sorted
  std::vector<Removal> removals_;
  std::vector<Tie> added_;  // of an undirected network each pair once, the smaller city first
};

NetworkSpec const* spec_of(Reference const& network, Scenario const& scenario) {
  auto const found = std::find_if(scenario.networks.begin(), scenario.networks.end(),
                                  [&](NetworkSpec const& each) { return each.name == network.name; });
  return found == scenario.networks.end() ? nullptr : &*found;
}

/// The network that an intervention changes; nullptr if it changes none.
Reference const* network_of(InterventionSpec const& spec) {
  if (auto const* act = std::get_if<AddTiesSpec>(&spec.act)) return &act->network;
  if (auto const* act = std::get_if<RemoveTiesSpec>(&spec.act)) return &act->network;
  return nullptr;
}

}  // namespace

void change_ties(std::span<InterventionSpec const* const> acts, Scenario const& scenario, Tables const& tables,
                 World& world, TiePieces& pieces, Complaints& complaints) {
  std::map<std::string, std::vector<InterventionSpec const*>> by_network;
  for (InterventionSpec const* each : acts) {
    if (Reference const* network = network_of(*each)) by_network[network->name].push_back(each);
  }
  for (auto const& [name, changes] : by_network) {
    auto const layer = std::find_if(world.networks.begin(), world.networks.end(),
                                    [&](NetworkLayer const& each) { return each.name == name; });
    NetworkSpec const* const spec = spec_of({name, {}}, scenario);
    bool const fits = spec != nullptr && layer != world.networks.end() && layer->group.empty() && !layer->redrawn;
    if (!fits) continue;  // complained of when it was read
    LayerChange(*layer, *spec, changes.front()->at, world, pieces[name], complaints)
        .make(changes, scenario.clock, tables);
  }
}

void check_rows_of_ties(InterventionSpec const& spec, Scenario const& scenario, Tables const& tables,
                        Complaints& complaints) {
  Cities unread;
  unread.complete = false;
  Reference const* const network = network_of(spec);
  if (network == nullptr || spec.file() == nullptr) return;
  NetworkSpec const* const changed = spec_of(*network, scenario);
  if (std::holds_alternative<RemoveTiesSpec>(spec.act))
    (void)read_pairs(*spec.file(), unread, tables, complaints);
  else if (changed != nullptr)
    (void)read_ties({*spec.file()}, *changed, unread, tables, scenario.clock, complaints);
}

}  // namespace hansa
