/// Ties that gain and lose strength, tie by tie.
#include <algorithm>
#include <cmath>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "reference/facts.hpp"
#include "world/sphere.hpp"

namespace hansa::reference {

namespace {

using Rows = std::vector<std::vector<TieFact>>;  // by target

/// Whom each city visits at a label, of the ties that there are.
class Visiting {
 public:
  Visiting(VisitsSpec const& spec, World const& world, std::uint64_t key, std::uint32_t step, Rows const& rows)
      : spec_(spec), world_(world), key_(key), step_(step), rows_(rows) {
    Complaints complaints;
    if (spec.decay_km) places_ = place_on_sphere(world.cities, {}, complaints);
  }

  [[nodiscard]] double draw(Index city, std::uint32_t word) const {
    return draw_uniform(key_, hash_id(world_.cities.id[city]), step_, word);
  }

  [[nodiscard]] std::optional<Index> host(Index city, std::vector<int> const& policies) const {
    if (draw(city, 1) < spec_.closure) {
      auto const friend_of = one_of(city, draw(city, 2));
      return friend_of ? one_of(*friend_of, draw(city, 3)) : std::nullopt;
    }
    double all = 0;
    for (int const each : policies) all += weight(each);
    for (std::uint32_t k = 0; k < 32; ++k) {
      double const at = draw(city, 5 + 2 * k) * all;
      double sum = 0;
      Index there = 0;
      for (; there < policies.size(); ++there)
        if (at < (sum += weight(policies[there]))) break;
      if (there >= policies.size() || there == city) continue;
      if (!spec_.decay_km) return there;
      double const km = great_circle_km(places_[city], places_[there]);
      if (draw(city, 6 + 2 * k) < flat::exp(-km / *spec_.decay_km)) return there;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] double weight(int policies) const { return flat::pow(1.0 + policies, spec_.prestige); }
  [[nodiscard]] std::optional<Index> one_of(Index city, double u) const {
    if (rows_[city].empty()) return std::nullopt;
    return rows_[city][static_cast<std::size_t>(u * static_cast<double>(rows_[city].size()))].source;
  }

  VisitsSpec const& spec_;
  World const& world_;
  std::uint64_t key_;
  std::uint32_t step_;
  Rows const& rows_;
  std::vector<Point> places_;
};

bool observes(Rows const& rows, Index city, Index source) {
  return std::any_of(rows[city].begin(), rows[city].end(), [&](TieFact const& tie) { return tie.source == source; });
}

void use(DynamicsSpec const& spec, std::vector<Adoption> const& adoptions, TieFact& tie) {
  tie.strength *= 1 - spec.decay;
  for (Adoption const& each : adoptions)
    if (each.now[tie.target] && each.before[tie.source]) tie.strength = 1 - (1 - tie.strength) * (1 - spec.reinforce);
}

}  // namespace

void Facts::live(std::int32_t t, std::vector<Adoption> const& adoptions, std::vector<int> const& policies) {
  auto const step = static_cast<std::uint32_t>(t - scenario_.clock.start + 1);
  for (NetworkSpec const& spec : scenario(t).networks) {
    if (!spec.dynamics) continue;
    NetworkFacts& facts = networks_.at(spec.name);
    Rows& rows = *facts.living;
    if (facts.seen) facts.seen = rows;
    std::int32_t const late = facts.seen ? 1 : 0;
    for (auto& row : rows)
      for (TieFact& tie : row) use(*spec.dynamics, adoptions, tie);
    if (spec.dynamics->visits) {
      VisitsSpec const& visits = *spec.dynamics->visits;
      Rows const before = rows;
      auto const key =
          make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::visit, hash_id(spec.name));
      Visiting const visiting(visits, world_, key, step, before);
      auto const one = static_cast<std::uint64_t>(std::max(1.0, std::nearbyint(1 / facts.unit)));
      auto const add = [&](Index target, Index source) {
        if (observes(rows, target, source)) return;
        TieFact tie{source, target, one};
        tie.rank = (std::int64_t{step} << 32) + static_cast<std::int64_t>(rows[target].size());
        rows[target].push_back(tie);
      };
      for (Index city = 0; city < cities(); ++city) {
        if (!(visiting.draw(city, 0) < -flat::expm1(-visits.rate))) continue;
        auto const host = visiting.host(city, policies);
        if (!host || *host == city) continue;
        add(city, *host);
        if (visiting.draw(city, 4) < visits.reciprocal) add(*host, city);
      }
    }
    for (auto& row : rows)
      std::erase_if(row, [&](TieFact const& tie) { return tie.strength < spec.dynamics->floor * (1 - 1e-12); });
    auto const next = static_cast<std::int32_t>(step) + 1 + late;
    for (Index city = 0; city < cities(); ++city) {
      std::erase_if(rows[city], [&](TieFact const& tie) { return tie.until < next; });
      for (TieFact const& tie : facts.in_ties[city])
        if (tie.from == next && next <= tie.until) rows[city].push_back(tie);
      std::sort(rows[city].begin(), rows[city].end(), [](auto const& a, auto const& b) { return a.rank < b.rank; });
    }
  }
}

}  // namespace hansa::reference
