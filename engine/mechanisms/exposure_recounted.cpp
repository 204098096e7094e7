/// Exposure along ties with dynamics of which only some count, or which are weighed by more than their strength.
/// Each step adds up, target by target and in the order of its ties,
///   E = sum_j w_ij a_j s_ij A_j / sum_j w_ij a_j,
/// j over the sources that compare as asked; or -ln(1 - β w_ij a_j s_ij), the hazard of a contagion whose chance a tie
/// of strength s passes on in part. Products that are all decimals of at most 6 places are added as whole numbers, so
/// that shares of full strength compare equal to what they are.
#include <algorithm>
#include <cmath>

#include "mechanisms/exposure_ages.hpp"
#include "mechanisms/exposure_network.hpp"

namespace hansa {

namespace {

class RecountedExposure final : public TermOf<RecountedExposure> {
 public:
  RecountedExposure(NetworkLayer const& layer, TieChoice choice, Normalize normalize, ShapeFunction shape,
                    Fading fading, TermContext const& context)
      : layer_(layer),
        choice_(std::move(choice)),
        normalize_(normalize),
        shape_(shape),
        fading_(fading),
        earlier_(context),
        visits_(std::any_of(context.networks.begin(), context.networks.end(),
                            [&](NetworkSpec const& each) {
                              return each.name == layer.name && each.dynamics && each.dynamics->visits;
                            })),
        world_(context.world) {}

  /// Complains where β w a is no chance.
  void check(NetworkLayer const& ties, Complaints& complaints) const {
    if (!choice_.transmission) return;
    double const most = *choice_.transmission * heaviest(ties);
    if (most < 1) return;
    complaints.add("transmission " + std::to_string(*choice_.transmission) + " times a weight in network '" +
                       layer_.name + "' is " + std::to_string(most),
                   choice_.where, "a product below 1 was expected: lower the transmission or the weights");
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Sums>(); }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& sums = static_cast<Sums&>(kept);
    NetworkLayer const& ties = outset.network(layer_);
    Complaints complaints;
    if (layer_.redrawn) check(ties, complaints);
    complaints.throw_if_any();
    std::size_t const cities = world_.cities.size();
    sums.living = outset.living_ties(layer_);
    sums.unit = WeightUnit::of(ties.unit);
    if (sums.scale == 0 || layer_.redrawn) sums.scale = scale_of(ties);
    sums.exposure.assign(cities, 0);
    sums.since.assign(cities, not_adopted);
    sums.step = 0;
  }

  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    auto& sums = static_cast<Sums&>(kept);
    for (Event const& event : events) {
      std::int32_t const age = sums.step == 0 ? earlier_.age(event) : 0;
      sums.since[event.city] = event.sign > 0 ? sums.step - age : not_adopted;
    }
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    for (Index target = 0; target < sums.exposure.size(); ++target) {
      double const exposure = exposure_of(sums, target, moment.step);
      if (exposure == sums.exposure[target]) continue;
      sums.exposure[target] = exposure;
      touched.add(target);
    }
    sums.step = moment.step + 1;
  }
  std::size_t bytes_per_city() const noexcept override { return sizeof(double) + sizeof(std::int32_t); }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& sums = static_cast<Sums const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(shape_(sums.exposure[cities[k]]));
  }

 private:
  struct Sums final : Kept {
    std::vector<double> exposure;
    std::vector<std::int32_t> since;  // per source: step of its adoption
    LivingTies const* living = nullptr;
    WeightUnit unit;
    double scale = 0;       // of products of weights; 0: not known yet
    std::int32_t step = 0;  // whose events come next
  };

  /// w a of a tie in the decisions of a step.
  [[nodiscard]] double weight(double tie, Index source, std::int32_t step) const {
    double const own = choice_.weights ? tie : 1;
    return choice_.weight ? product(own, choice_.weight->at(source, step)) : own;
  }

  [[nodiscard]] bool counts_at(Index source, Index target, std::int32_t step) const {
    if (!choice_.known.empty() && choice_.known[source] == 0) return false;
    return choice_.only == Only::all ||
           counts(choice_.only, choice_.compared->at(source, step), choice_.compared->at(target, step));
  }

  /// As the decisions of `end` + 1 see it.
  [[nodiscard]] double exposure_of(Sums const& sums, Index target, std::int32_t end) const {
    double top = 0, below = 0;
    sums.living->for_each_source(target, [&](std::uint32_t tie, Index source) {
      if (!counts_at(source, target, end + 1)) return;
      double const plain = weight(sums.unit(sums.living->weight_of(tie)), source, end + 1);
      double const all = normalize_ == Normalize::count ? 1 : whole(sums, plain);
      below += all;
      if (sums.since[source] == not_adopted) return;
      bool const by_strength = choice_.weights && normalize_ != Normalize::count;
      double const strength = by_strength ? static_cast<double>(sums.living->strength(tie, end)) * 0x1p-63 : 1;
      double const worth = faded(end - sums.since[source]);
      top +=
          choice_.transmission ? as_hazard(*choice_.transmission * plain * strength) * worth : all * strength * worth;
    });
    if (choice_.transmission || normalize_ == Normalize::count) return top;
    if (normalize_ == Normalize::weight) return top / sums.scale;
    return below == 0 ? 0 : top / below;
  }

  /// Exactly 1 at age 0.
  [[nodiscard]] double faded(std::int32_t age) const noexcept {
    return static_cast<double>(fading_.at_age(age)(std::uint64_t{1} << 62)) * 0x1p-62;
  }

  [[nodiscard]] static double whole(Sums const& sums, double weight) noexcept {
    return sums.scale == 1 ? weight : __builtin_nearbyint(weight * sums.scale);
  }

  /// use(w a) of all ties that may count: those of the layer, and one of weight 1 from each city where visits begin
  /// ties; not those of sources of whom nothing is known.
  template <class Use>
  void for_each_weight(NetworkLayer const& ties, Use const& use) const {
    WeightUnit const unit = WeightUnit::of(ties.unit);
    auto const all_of = [&](double tie, Index source) {
      use(weight(tie, source, 1));
      if (!choice_.weight) return;
      auto const& changes = choice_.weight->changes();
      auto each = std::lower_bound(changes.begin(), changes.end(), source,
                                   [](AttributeCourse::Change const& a, Index b) { return a.city < b; });
      for (; each != changes.end() && each->city == source; ++each) use(weight(tie, source, each->step));
    };
    for (Index source = 0; source < world_.cities.size(); ++source) {
      if (!choice_.known.empty() && choice_.known[source] == 0) continue;
      if (visits_) all_of(1, source);
      for (std::uint32_t e = ties.first[source]; e < ties.first[source + 1]; ++e)
        all_of(unit(ties.weighted() ? ties.weight[e] : 1), source);
    }
  }

  [[nodiscard]] double heaviest(NetworkLayer const& ties) const {
    double most = 0;
    for_each_weight(ties, [&](double weight) { most = std::max(most, weight); });
    return most;
  }

  /// 10^6 where all weights are decimals of at most 6 places, and small enough; else 1.
  [[nodiscard]] double scale_of(NetworkLayer const& ties) const {
    bool decimal = true;
    for_each_weight(ties, [&](double weight) {
      decimal = decimal && weight < 1e6 && __builtin_nearbyint(weight * 1e6) / 1e6 == weight;
    });
    return decimal ? 1e6 : 1;
  }

  NetworkLayer const& layer_;
  TieChoice choice_;
  Normalize normalize_;
  ShapeFunction shape_;
  Fading fading_;
  EarlierAdoptions earlier_;
  bool visits_;  // ties may begin by them
  World const& world_;
};

}  // namespace

std::unique_ptr<Term> make_recounted_exposure(NetworkLayer const& layer, TieChoice choice, Normalize normalize,
                                              ShapeFunction shape, Fading fading, TermContext const& context,
                                              Complaints& complaints) {
  std::size_t const before = complaints.size();
  auto made = std::make_unique<RecountedExposure>(layer, std::move(choice), normalize, shape, fading, context);
  made->check(layer, complaints);
  if (complaints.size() != before) return nullptr;
  return made;
}

}  // namespace hansa
