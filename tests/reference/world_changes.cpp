/// Goes from date to date.
#include "reference/world_changes.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "reference/tie_rows.hpp"
#include "world/select.hpp"

namespace hansa::reference {

namespace {

using Cities = std::set<Index>;

/// A network as a list of ties, each direction of its own.
struct Ties {
  NetworkSpec const* spec = nullptr;
  std::vector<Tie> list;
  bool changed = false;  ///< from what the data say, whose unit of weights is that of single rows
};

class Stage {
 public:
  Stage(Scenario const& scenario, World const& data, Tables const& tables)
      : scenario_(scenario), data_(data), tables_(tables) {
    for (NetworkSpec const& spec : scenario.networks) {
      if (changes(spec.name)) ties_[spec.name] = {&spec, list_of(*data.network(spec.name)), false};
    }
    for (Collaboration const& each : data.collaborations) {
      spells_[each.name] = each.members;
      departures_[each.name] = {};
      dissolved_[each.name] = each.dissolved;
    }
  }

  Acted act() {
    Acted acted;
    for (std::int32_t t = scenario_.clock.start; t <= scenario_.clock.end; ++t) {
      World const seen = snapshot(t, false);
      std::vector<InterventionSpec const*> now;
      for (InterventionSpec const& each : scenario_.interventions) {
        if (each.at != t) continue;
        now.push_back(&each);
        choose(each, seen, acted);
      }
      // Of one date: who leaves, who joins, what ends; ties that go, ties that come.
      for (auto const* each : now) leave(*each, t);
      for (auto const* each : now) join(*each, t);
      for (auto const* each : now) dissolve(*each, t);
      for (auto const* each : now) untie(*each, t);
      for (auto const* each : now) tie(*each, t);
    }
    acted.world = snapshot(scenario_.clock.end, true);
    return acted;
  }

 private:
  [[nodiscard]] bool changes(std::string const& network) const {
    return std::any_of(scenario_.interventions.begin(), scenario_.interventions.end(), [&](auto const& each) {
      auto const* add = std::get_if<AddTiesSpec>(&each.act);
      auto const* remove = std::get_if<RemoveTiesSpec>(&each.act);
      return (add && add->network.name == network) || (remove && remove->network.name == network);
    });
  }

  static std::vector<Tie> list_of(NetworkLayer const& layer) {
    std::vector<Tie> list;
    for (Index source = 0; source + 1 < layer.first.size(); ++source) {
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
        double const whole = layer.weighted() ? layer.weight[k] : 1;
        bool const parts = layer.unit < 1;
        Tie tie{source, layer.target[k], parts ? whole / std::nearbyint(1 / layer.unit) : whole * layer.unit};
        if (layer.dated()) tie.from = layer.from[k], tie.until = layer.until[k];
        list.push_back(tie);
      }
    }
    return list;
  }

  /// First step whose decisions see ties of label `t`.
  static int step(Ties const& ties, std::int32_t t, std::int32_t start) {
    return t - start + 1 + (ties.spec->timing == TieTiming::lagged ? 1 : 0);
  }

  /// The world at label `t`: members as if they had always been so, or with all dates; ties with their dates, since all
  /// of them share one unit of weights.
  [[nodiscard]] World snapshot(std::int32_t t, bool dated) const {
    World world = data_;
    for (Collaboration& each : world.collaborations) {
      if (dated && each.recruits) {
        for (auto const& [label, city] : departures_.at(each.name)) each.departures.push_back({label, city});
        each.dissolved = dissolved_.at(each.name);
      }
      each.members.clear();
      for (Membership const& spell : spells_.at(each.name)) {
        if (dated)
          each.members.push_back(spell);
        else if (spell.joined <= t && t < spell.left)
          each.members.push_back({spell.city});
      }
      std::sort(each.members.begin(), each.members.end(), [](Membership const& a, Membership const& b) {
        return a.city != b.city ? a.city < b.city : a.joined < b.joined;
      });
    }
    for (NetworkLayer& layer : world.networks) {
      auto const found = ties_.find(layer.name);
      if (found == ties_.end() || !found->second.changed) continue;
      Complaints ignored;
      TieTiming const timing = layer.timing;
      layer = make_layer(layer.name, found->second.list, world.cities.size(), {}, ignored);
      layer.timing = timing;
    }
    return world;
  }

  void choose(InterventionSpec const& each, World const& seen, Acted& acted) {
    Complaints ignored;
    auto const found = [&](Selector const& selector, std::string const& key) {
      std::vector<Index> const cities = select(selector, seen, each.at, key, ignored);
      return Cities(cities.begin(), cities.end());
    };
    if (each.policy()) acted.chosen[each.name] = select(*each.cities(), seen, each.at, each.name, ignored);
    if (auto const* act = std::get_if<JoinSpec>(&each.act)) sources_[each.name] = found(act->cities, each.name);
    if (auto const* act = std::get_if<LeaveSpec>(&each.act)) sources_[each.name] = found(act->cities, each.name);
    std::visit(
        [&](auto const& act) {
          if constexpr (requires { act.sources; }) {
            if (act.file) return;
            sources_[each.name] = found(act.sources, each.name);
            targets_[each.name] = found(act.targets, each.name + ".targets");
          }
        },
        each.act);
  }

  [[nodiscard]] bool is_member(std::string const& name, Index city, std::int32_t t) const {
    std::vector<Membership> const& spells = spells_.at(name);
    return std::any_of(spells.begin(), spells.end(), [&](Membership const& spell) {
      return spell.city == city && spell.joined <= t && t < spell.left;
    });
  }

  void leave(InterventionSpec const& each, std::int32_t t) {
    auto const* act = std::get_if<LeaveSpec>(&each.act);
    if (!act) return;
    for (Index const city : sources_[each.name]) departures_.at(act->collaboration.name).emplace(t, city);
    for (Membership& spell : spells_.at(act->collaboration.name)) {
      bool const is_now = spell.joined <= t && t < spell.left;
      if (is_now && sources_[each.name].count(spell.city) > 0) spell.left = t;
    }
    forget_empty(act->collaboration.name);
  }

  void join(InterventionSpec const& each, std::int32_t t) {
    auto const* act = std::get_if<JoinSpec>(&each.act);
    if (!act) return;
    std::string const& name = act->collaboration.name;
    std::int32_t const end = data_.collaboration(name)->dissolved;
    for (Index const city : sources_[each.name]) {
      if (is_member(name, city, t)) continue;
      Membership* next = nullptr;
      for (Membership& spell : spells_.at(name)) {
        bool const later = spell.city == city && spell.joined > t;
        if (later && (!next || spell.joined < next->joined)) next = &spell;
      }
      if (next)
        next->joined = t;
      else
        spells_.at(name).push_back({city, t, end});
    }
  }

  void dissolve(InterventionSpec const& each, std::int32_t t) {
    auto const* act = std::get_if<DissolveSpec>(&each.act);
    if (!act) return;
    for (Membership& spell : spells_.at(act->collaboration.name)) spell.left = std::min(spell.left, t);
    dissolved_[act->collaboration.name] = std::min(dissolved_[act->collaboration.name], t);
    forget_empty(act->collaboration.name);
  }

  void forget_empty(std::string const& name) {
    std::erase_if(spells_.at(name), [](Membership const& spell) { return spell.left <= spell.joined; });
  }

  void untie(InterventionSpec const& each, std::int32_t t) {
    auto const* act = std::get_if<RemoveTiesSpec>(&each.act);
    if (!act) return;
    Ties& ties = ties_.at(act->network.name);
    int const now = step(ties, t, scenario_.clock.start);
    if (now > scenario_.clock.steps()) return;  // no decision sees it
    std::vector<TieRow> const rows = act->file ? tie_rows(*act->file, tables_, data_) : std::vector<TieRow>();
    auto const named = [&](Index source, Index target) {
      if (act->file)
        return std::ranges::any_of(rows,
                                   [&](TieRow const& row) { return row.source == source && row.target == target; });
      return sources_[each.name].count(source) > 0 && targets_[each.name].count(target) > 0;
    };
    std::vector<Tie> left;
    for (Tie tie : ties.list) {
      bool const goes = named(tie.source, tie.target) || (!ties.spec->directed && named(tie.target, tie.source));
      bool const ends = goes && tie.until >= now;
      if (ends) tie.until = static_cast<std::int16_t>(now - 1);
      ties.changed = ties.changed || ends;
      if (tie.from <= tie.until) left.push_back(tie);
    }
    ties.list = left;
  }

  void tie(InterventionSpec const& each, std::int32_t t) {
    auto const* act = std::get_if<AddTiesSpec>(&each.act);
    if (!act) return;
    Ties& ties = ties_.at(act->network.name);
    int const now = step(ties, t, scenario_.clock.start);
    if (now > scenario_.clock.steps()) return;
    if (act->file) return tie_by_rows(ties, *act->file, now);
    std::set<std::pair<Index, Index>> pairs;
    for (Index const source : sources_[each.name]) {
      for (Index const target : targets_[each.name]) {
        if (source != target) pairs.emplace(source, target);
        if (source != target && !ties.spec->directed) pairs.emplace(target, source);
      }
    }
    ties.changed = ties.changed || !pairs.empty();
    for (auto const& [source, target] : pairs)
      ties.list.push_back({source, target, act->weight, static_cast<std::int16_t>(now)});
  }

  /// Ties as rows date them, but none before it is added.
  void tie_by_rows(Ties& ties, FileRef const& file, int now) {
    bool const lagged = ties.spec->timing == TieTiming::lagged;
    int const last = static_cast<int>(scenario_.clock.steps());
    auto const clamped = [&](std::int32_t label) {
      return static_cast<int>(
          std::clamp<std::int64_t>(std::int64_t{label} - scenario_.clock.start + 1 + (lagged ? 1 : 0), -1, last + 1));
    };
    for (TieRow const& row : tie_rows(file, tables_, data_)) {
      int const from = std::max(now, clamped(row.from)), until = clamped(row.until);
      bool const to_the_end = until > last || (until == last && !lagged);
      if (row.source == row.target || row.weight == 0 || from > last || until < from) continue;
      Tie tie{row.source, row.target, row.weight, static_cast<std::int16_t>(from)};
      if (!to_the_end) tie.until = static_cast<std::int16_t>(until);
      ties.list.push_back(tie);
      std::swap(tie.source, tie.target);
      if (!ties.spec->directed) ties.list.push_back(tie);
      ties.changed = true;
    }
  }

  Scenario const& scenario_;
  World const& data_;
  Tables const& tables_;
  std::map<std::string, Ties> ties_;  // of networks that change
  std::map<std::string, std::vector<Membership>> spells_;
  std::map<std::string, std::set<std::pair<std::int32_t, Index>>> departures_;  // who leaves, member or not
  std::map<std::string, std::int32_t> dissolved_;
  std::map<std::string, Cities> sources_, targets_;  // of interventions; members in `sources_`
};

}  // namespace

Acted act_out(Scenario const& scenario, World const& data, Tables const& tables) {
  return Stage(scenario, data, tables).act();
}

}  // namespace hansa::reference
