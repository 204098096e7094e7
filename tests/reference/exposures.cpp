/// Exposure and competition, source by source.
#include "reference/exposures.hpp"

#include <algorithm>
#include <cmath>

#include "base/flat_math.hpp"
#include "reference/formulas.hpp"
#include "reference/rules.hpp"

namespace hansa::reference {

namespace {

/// Who counts, and with what weight before it is rounded.
struct Source {
  Index city;
  double weight;
  double strength = 1;
};

class Exposure {
 public:
  Exposure(Parameters const& given, Facts const& facts) : given_(given), facts_(facts) {
    weighed_ = given.has("source_weight");
    contagion_ = given.has("transmission");
    if (given.has("network")) network_ = given.reference("network").name;
    if (given.has("pool") && given.pool("pool").of == Pool::Of::network) network_ = given.pool("pool").name.name;
    along_ties_ = !network_.empty() && facts.network(network_).group.empty();
  }

  [[nodiscard]] std::vector<Source> sources(Index city, std::int32_t t) const {
    std::vector<Source> found;
    if (along_ties_) {
      NetworkFacts const& network = facts_.network(network_);
      for (TieFact const& tie : facts_.ties(network_, city, t)) {
        bool const weighs = given_.has("network");  // else a pool: each counts once
        double const weight = weighs ? weight_of(tie, network) : 1, strength = weighs ? tie.strength : 1;
        if (!compares(tie.source, city, t)) continue;
        if (contagion_ && lives())
          found.push_back(
              {tie.source, -flat::log1p(-given_.number("transmission") * raw(tie.source, weight, t) * strength)});
        else
          found.push_back({tie.source, weight_at(tie.source, weight, t), strength});
      }
      return found;
    }
    Pool const pool = given_.has("pool") ? given_.pool("pool") : Pool{Pool::Of::network, given_.reference("network")};
    auto const others = facts_.others(pool, city, t);
    if (!others) return found;
    for (Index other : *others) {
      if (compares(other, city, t)) found.push_back({other, weight_at(other, 1, t)});
    }
    return found;
  }

  /// Whether ties have a strength of their own.
  [[nodiscard]] bool lives() const { return along_ties_ && facts_.network(network_).living.has_value(); }

  /// Whole numbers for weights, by the rule of layers: decimals as they are, else parts of a power of two.
  [[nodiscard]] Rounding rounding() const {
    std::vector<double> all;
    if (along_ties_) {
      for (std::int32_t t = facts_.clock().start; t <= facts_.clock().end; ++t) {
        for (Index city = 0; city < facts_.cities(); ++city) {
          for (Source const& source : sources(city, t)) all.push_back(source.weight);
        }
      }
      if (!weighed_ && contagion_ && even()) return Rounding{all.empty() ? 1 : all.front(), 1, false};
    } else {
      for (Index city = 0; city < facts_.cities(); ++city) all.push_back(weight_at(city, 1, facts_.clock().start));
      bool const even = std::all_of(all.begin(), all.end(), [&](double weight) { return weight == all.front(); });
      if (contagion_ && even) return Rounding{all.front(), 1, false};
      if (!weighed_ && !contagion_) return {};
    }
    return round(all);
  }

 private:
  [[nodiscard]] bool compares(Index source, Index city, std::int32_t t) const {
    for (std::string const how : {"larger", "smaller", "same", "different"}) {
      if (!given_.has("only." + how)) continue;
      std::string const& name = given_.reference("only." + how).name;
      if (facts_.is_text(name)) {
        std::string const a = facts_.text(name, source, t), b = facts_.text(name, city, t);
        return !a.empty() && !b.empty() && (a == b) == (how == "same");
      }
      double const a = facts_.number(name, source, t), b = facts_.number(name, city, t);
      return how == "larger" ? a > b : how == "smaller" ? a < b : (a == b) == (how == "same");
    }
    return true;
  }

  [[nodiscard]] double weight_at(Index source, double weight, std::int32_t t) const {
    weight = raw(source, weight, t);
    return contagion_ ? -flat::log1p(-given_.number("transmission") * weight) : weight;
  }

  [[nodiscard]] double raw(Index source, double weight, std::int32_t t) const {
    if (weighed_) {
      weight *= facts_.number(given_.reference("source_weight").name, source, t);
      double const decimal = std::nearbyint(weight * 1e6) / 1e6;
      if (std::fabs(weight - decimal) < 4.5e-16 * weight) weight = decimal;
    }
    return weight;
  }

  /// Whether every tie of the network counts one.
  [[nodiscard]] bool even() const {
    if (!given_.has("network")) return true;
    NetworkFacts const& network = facts_.network(network_);
    return network.unit == 1 && std::all_of(network.in_ties.begin(), network.in_ties.end(), [](auto const& row) {
             return std::all_of(row.begin(), row.end(), [](TieFact const& tie) { return tie.units == 1; });
           });
  }

  [[nodiscard]] static Rounding round(std::vector<double> const& all) {
    double const most = all.empty() ? 0 : *std::max_element(all.begin(), all.end());
    for (double power : {1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6}) {
      bool const decimal =
          std::all_of(all.begin(), all.end(), [&](double w) { return std::nearbyint(w * power) / power == w; });
      if (decimal && std::nearbyint(most * power) <= 4294967295.0) return Rounding{1, power, true};
      if (decimal) break;
    }
    if (most == 0) return {};
    return Rounding{std::ldexp(1.0, std::ilogb(most) - 23), 1, true};
  }

  Parameters const& given_;
  Facts const& facts_;
  std::string network_;
  bool along_ties_ = false;
  bool weighed_ = false;
  bool contagion_ = false;
};

}  // namespace

double exposure(MechanismSpec const& mechanism, Facts const& facts, Standing const& standing, Index city,
                std::int32_t t) {
  Parameters const& given = mechanism.parameters;
  Exposure const seen(given, facts);
  Rounding const& rounding = facts.rounding(mechanism, [&] { return seen.lives() ? Rounding{} : seen.rounding(); });
  std::string const normalize = given.has("transmission") ? "weight" : given.text("normalize");
  bool const lives = seen.lives(), fades = given.has("half_life");
  long double top = 0, all = 0;
  for (Source const& source : seen.sources(city, t)) {
    long double whole = normalize == "count" ? 1 : lives ? source.weight : rounding.whole(source.weight);
    all += whole;
    if (!standing.adopted[source.city]) continue;
    if (normalize != "count") whole *= source.strength;
    std::int32_t const age = t - 1 - standing.since[source.city];
    top += fades ? whole * std::exp2(-static_cast<long double>(age) / given.number("half_life")) : whole;
  }
  double e = static_cast<double>(top);
  if (normalize == "share")
    e = all == 0 ? 0 : static_cast<double>(fades || lives ? top / all : e / static_cast<double>(all));
  if (normalize == "weight" && !lives) e = rounding.weight(e);
  return shaped(given.has("transmission") ? Shape{} : given.shape("shape"), e);
}

double attempts_along(MechanismSpec const& mechanism, double strength, Facts const& facts, Index city, std::int32_t t,
                      std::function<bool(Index source)> const& is_fresh) {
  std::string const& name = mechanism.parameters.reference("network").name;
  std::vector<std::int32_t> const& group = facts.network(name).group;
  double sum = 0;
  for (TieFact const& tie : facts.ties(name, city, t)) {
    if (is_fresh(tie.source)) sum += attempt(strength, weight_of(tie, facts.network(name)) * tie.strength);
  }
  for (Index mate = 0; mate < group.size(); ++mate) {
    bool const together = group[city] >= 0 && group[mate] == group[city];
    if (together && mate != city && is_fresh(mate)) sum += attempt(strength, 1);
  }
  return sum;
}

}  // namespace hansa::reference
