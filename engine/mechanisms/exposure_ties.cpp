/// Derives the ties that count: sources left out, weighed anew, at the steps at which that holds.
#include "mechanisms/exposure_ties.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "base/flat_math.hpp"
#include "world/fixed_point.hpp"
#include "world/pairs.hpp"
#include "world/spells.hpp"

namespace hansa {

namespace {

constexpr std::size_t padding = 64;

/// Takes pieces of ties, source by source, and makes a layer of them.
class LayerWriter {
 public:
  LayerWriter(NetworkLayer const& from, std::int32_t steps) : from_(from), steps_(steps) {
    layer_.name = from.name;
    layer_.hash = from.hash;
    layer_.timing = from.timing;
    layer_.redrawn = from.redrawn;
    layer_.first.push_back(0);
  }

  void add(Index target, std::int32_t first_step, std::int32_t last_step, double weight) {
    bool const goes_on = continues_ && layer_.target.back() == target && weights_.back() == weight &&
                         layer_.until.back() + 1 == first_step;
    if (goes_on) {
      layer_.until.back() = static_cast<std::int16_t>(last_step);
      return;
    }
    layer_.target.push_back(target);
    weights_.push_back(weight);
    layer_.from.push_back(static_cast<std::int16_t>(first_step));
    layer_.until.push_back(static_cast<std::int16_t>(last_step));
    continues_ = true;
  }
  void end_tie() { continues_ = false; }
  [[nodiscard]] std::size_t size() const noexcept { return layer_.target.size(); }
  void end_source() { layer_.first.push_back(static_cast<std::uint32_t>(layer_.target.size())); }

  /// `unit`: that of ties which all weigh one. Warns at `where` of ties that round to 0.
  NetworkLayer finish(std::optional<double> unit, Place const& where, Complaints& complaints) {
    if (unit) {
      layer_.unit = *unit;
    } else {
      weigh(where, complaints);
    }
    count();
    layer_.target.resize(layer_.target.size() + padding);
    if (!layer_.weight.empty()) layer_.weight.resize(layer_.target.size());
    return std::move(layer_);
  }

 private:
  /// Whole numbers for weights; ties that round to 0 go.
  void weigh(Place const& where, Complaints& complaints) {
    std::vector<std::size_t> rows(weights_.size() + 1);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    FixedPoint whole = to_fixed_point(weights_, rows);
    layer_.unit = whole.unit;
    bool const all_one = whole.unit == 1 && std::all_of(whole.weights.begin(), whole.weights.end(),
                                                        [](std::uint32_t weight) { return weight == 1; });
    if (all_one) return;
    std::uint32_t kept = 0;
    std::uint32_t row = 0;
    for (std::size_t source = 0; source + 1 < layer_.first.size(); ++source) {
      std::uint32_t const end = layer_.first[source + 1];
      for (; row < end; ++row) {
        if (whole.weights[row] == 0) continue;
        layer_.target[kept] = layer_.target[row];
        layer_.from[kept] = layer_.from[row];
        layer_.until[kept] = layer_.until[row];
        whole.weights[kept++] = whole.weights[row];
      }
      layer_.first[source + 1] = kept;
    }
    warn_of_vanished(whole.weights.size() - kept, layer_.name, where, complaints);
    for (auto* each : {&layer_.from, &layer_.until}) each->resize(kept);
    layer_.target.resize(kept);
    whole.weights.resize(kept);
    layer_.weight = std::move(whole.weights);
  }

  /// Sums by target at the first step, and what changes later.
  void count() {
    std::size_t const cities = layer_.first.size() - 1;
    layer_.in_weight.assign(cities, 0);
    layer_.in_degree.assign(cities, 0);
    for (Index source = 0; source < cities; ++source) {
      for (std::uint32_t e = layer_.first[source]; e < layer_.first[source + 1]; ++e) {
        std::uint32_t const weight = layer_.weighted() ? layer_.weight[e] : 1;
        Index const target = layer_.target[e];
        if (layer_.from[e] <= 1) {
          layer_.in_weight[target] += weight;
          ++layer_.in_degree[target];
        } else {
          layer_.changes.push_back({layer_.from[e], source, target, weight, +1});
        }
        if (layer_.until[e] < steps_) layer_.changes.push_back({layer_.until[e] + 1, source, target, weight, -1});
      }
    }
    std::sort(layer_.changes.begin(), layer_.changes.end(), [](TieChange const& a, TieChange const& b) {
      return std::tie(a.step, a.target, a.source, a.sign) < std::tie(b.step, b.target, b.source, b.sign);
    });
    bool const constant = layer_.changes.empty() && !from_.dated() &&
                          std::all_of(layer_.from.begin(), layer_.from.end(), [](auto step) { return step <= 1; });
    if (constant) {
      layer_.from = {};
      layer_.until = {};
    }
    layer_.narrow_ = largest_row(layer_, true) < std::uint64_t{1} << 31;
  }

  NetworkLayer const& from_;
  std::int32_t steps_;
  NetworkLayer layer_;
  std::vector<double> weights_;
  bool continues_ = false;
};

void complain_of_chance(double beta, double weight, NetworkLayer const& network, Index source, Index target,
                        World const& world, Place const& where, Complaints& complaints) {
  auto const& id = world.cities.id;
  complaints.add("transmission " + std::to_string(beta) + " times the weight " + std::to_string(weight) +
                     " of the tie from '" + id[source] + "' to '" + id[target] + "' in network '" + network.name +
                     "' is no chance",
                 where, "a product below 1 was expected: lower the transmission or the weights");
}

/// Whether ties weigh something other than 1 in some replicate.
bool weighs(NetworkLayer const& network, World const& world) {
  return network.weighted() || std::any_of(world.redrawn.begin(), world.redrawn.end(), [&](NetworkSpec const& spec) {
           return spec.name == network.name && !std::holds_alternative<std::monostate>(spec.weight);
         });
}

}  // namespace

WeightUnit WeightUnit::of(double unit) noexcept {
  double const inverse = 1 / unit;
  if (unit < 1 && inverse < std::numeric_limits<double>::infinity()) return {1, __builtin_nearbyint(inverse)};
  return {unit, 1};
}

double product(double a, double b) noexcept {
  double const plain = a * b;
  double const decimal = __builtin_nearbyint(plain * 1e6) / 1e6;
  return __builtin_fabs(plain - decimal) <= 0x1p-51 * plain ? decimal : plain;
}

double as_hazard(double chance) noexcept {
  return -flat::log1p(-chance);
}

std::uint64_t largest_row(NetworkLayer const& layer, bool weights) {
  std::vector<std::uint64_t> sum;
  if (layer.dated()) {
    sum.assign(layer.in_degree.size(), 0);
    for (std::uint32_t e = 0; e < layer.ties(); ++e) {
      sum[layer.target[e]] += weights && layer.weighted() ? layer.weight[e] : 1;
    }
  } else if (!weights) {
    sum.assign(layer.in_degree.begin(), layer.in_degree.end());
  }
  std::vector<std::uint64_t> const& rows = sum.empty() ? layer.in_weight.values() : sum;
  return rows.empty() ? 0 : *std::max_element(rows.begin(), rows.end());
}

NetworkLayer ObservedTies::derive(NetworkLayer const& from, Complaints& complaints) const {
  LayerWriter writer(from, steps_);
  bool refused = false;
  WeightUnit const unit = WeightUnit::of(from.unit);
  std::vector<std::int32_t> turns;
  auto const add_piece = [&](Index source, Index target, std::uint32_t whole, std::int32_t begin, std::int32_t end) {
    if (choice_.only != Only::all &&
        !counts(choice_.only, choice_.compared->at(source, begin), choice_.compared->at(target, begin))) {
      return;
    }
    double weight = choice_.weights ? unit(whole) : 1;
    if (choice_.weight) weight = product(weight, choice_.weight->at(source, begin));
    if (choice_.transmission && !even_unit_) {
      double const chance = *choice_.transmission * weight;
      if (!(chance < 1) && !refused) {
        complain_of_chance(*choice_.transmission, weight, from, source, target, *world_, choice_.where, complaints);
      }
      refused = refused || !(chance < 1);
      weight = chance < 1 ? as_hazard(chance) : 1;
    }
    if (weight > 0) writer.add(target, begin, end, weight);
  };
  Index const cities = static_cast<Index>(from.in_degree.size());
  for (Index source = 0; source < cities; ++source) {
    bool const counts_at_all = choice_.known.empty() || choice_.known[source] != 0;
    for (std::uint32_t e = from.first[source]; counts_at_all && e < from.first[source + 1]; ++e) {
      std::int32_t const begin = from.dated() ? std::max<std::int32_t>(from.from[e], 1) : 1;
      std::int32_t const end = from.dated() ? std::min<std::int32_t>(from.until[e], steps_) : steps_;
      if (begin > end) continue;
      turns.assign(1, begin);
      if (choice_.compared) choice_.compared->add_turns(source, begin, end, turns);
      if (choice_.compared) choice_.compared->add_turns(from.target[e], begin, end, turns);
      if (choice_.weight) choice_.weight->add_turns(source, begin, end, turns);
      std::sort(turns.begin(), turns.end());
      turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
      turns.push_back(end + 1);
      for (std::size_t k = 0; k + 1 < turns.size(); ++k) {
        add_piece(source, from.target[e], from.weighted() ? from.weight[e] : 1, turns[k], turns[k + 1] - 1);
      }
      writer.end_tie();
    }
    writer.end_source();
    if (refused || !fits_layer(static_cast<double>(writer.size()), choice_.where, complaints)) return {};
  }
  return writer.finish(even_unit_, choice_.where, complaints);
}

std::optional<ObservedTies> ObservedTies::make(NetworkLayer const& network, TieChoice choice,
                                               TermContext const& context, Complaints& complaints) {
  std::size_t const before = complaints.size();
  ObservedTies ties(network, std::move(choice), context);
  TieChoice const& chosen = ties.choice_;
  ties.may_weigh_ = chosen.weight || (chosen.weights && weighs(network, context.world));
  ties.turns_ =
      (chosen.compared && !chosen.compared->changes().empty()) || (chosen.weight && !chosen.weight->changes().empty());
  bool const even = !ties.may_weigh_;
  if (chosen.transmission && even) {
    if (*chosen.transmission >= 1) {
      complaints.add("transmission " + std::to_string(*chosen.transmission) + " is no chance below 1", chosen.where,
                     "every tie of network '" + network.name + "' weighs 1: a number below 1 was expected");
      return std::nullopt;
    }
    ties.even_unit_ = as_hazard(*chosen.transmission);
  }
  bool const weighed_anew = chosen.transmission || !chosen.weights;
  if (chosen.only != Only::all || chosen.weight || !chosen.known.empty() ||
      (weighs(network, context.world) && weighed_anew)) {
    ties.derived_ = ties.derive(network, complaints);
  }
  if (complaints.size() != before) return std::nullopt;
  return ties;
}

NetworkLayer const& ObservedTies::of(Outset const& outset, NetworkLayer& own) const {
  if (!redrawn()) return layer();
  NetworkLayer const& drawn = outset.network(*network_);
  if (!derived_) return drawn;
  Complaints complaints;
  own = derive(drawn, complaints);
  complaints.throw_if_any();
  return own;
}

}  // namespace hansa
