/// Counts over the rows of a study.
#include "study/power_rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

constexpr double normal_limit = 1.959963984540054;
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// Centre and reach of Wilson's interval.
std::pair<double, double> wilson(Rate const& rate) noexcept {
  double const p = rate.value(), z2 = normal_limit * normal_limit;
  double const scale = 1 / (1 + z2 / rate.of);
  double const reach = normal_limit * std::sqrt(p * (1 - p) / rate.of + z2 / (4 * rate.of * rate.of));
  return {scale * (p + z2 / (2 * rate.of)), scale * reach};
}

/// The size with which a mechanism acted in a cell, as the policies of the fit have it.
double size_in(PowerSpec const& spec, std::vector<std::string> const& policies, PowerCell const& cell,
               std::string const& mechanism) {
  for (std::size_t k = 0; k < spec.effects.size(); ++k) {
    bool const own = std::find(policies.begin(), policies.end(), spec.effects[k].policy) != policies.end();
    if (own && spec.effects[k].mechanism == mechanism) return cell.sizes[k];
  }
  return 0;
}

class CellCount {
 public:
  CellCount(PowerStudy const& study, PowerSpec const& spec, std::size_t fit, std::size_t cell)
      : study_(study), spec_(spec), fit_(study.fits[fit]), policies_(fit_.names) {
    made_.cell = cell;
    for (std::size_t h = 0; h < fit_.hypotheses.size(); ++h) {
      FittedRates one;
      one.hypothesis = h;
      one.holds = holds(h);
      for (std::string const& each : fit_.hypotheses[h].effects)
        one.effects.push_back({each, size_in(spec, policies_, study.cells[cell], each), {}, {}, 0});
      made_.fitted.push_back(std::move(one));
    }
  }

  CellRates count() {
    for (std::int64_t k = 0; k < study_.histories; ++k) {
      double const* const row = study_.row(made_.cell, k);
      if (!study_.has(made_.cell, k) || std::isnan(row[fit_.at])) continue;
      ++made_.histories;
      made_.adoptions += row[fit_.at];
      for (std::size_t h = 0; h < fit_.hypotheses.size(); ++h) add(row, h);
      choose(row);
    }
    made_.adoptions = made_.histories > 0 ? made_.adoptions / static_cast<double>(made_.histories) : no_number;
    for (FittedRates& each : made_.fitted) {
      double const estimated = static_cast<double>(each.ends[static_cast<std::size_t>(FitEnd::estimated)]);
      for (EffectRate& effect : each.effects) effect.mean = estimated > 0 ? effect.mean / estimated : no_number;
    }
    return std::move(made_);
  }

 private:
  /// Whether all that acted is in the hypothesis.
  [[nodiscard]] bool holds(std::size_t h) const {
    PowerCell const& cell = study_.cells[made_.cell];
    if (cell.from == PowerCell::From::world) return cell.strength == 0;
    auto const& own = fit_.hypotheses[h].effects;
    for (std::size_t k = 0; k < spec_.effects.size(); ++k) {
      bool const fitted = std::find(policies_.begin(), policies_.end(), spec_.effects[k].policy) != policies_.end();
      bool const has = std::find(own.begin(), own.end(), spec_.effects[k].mechanism) != own.end();
      if (fitted && cell.sizes[k] != 0 && !has) return false;
    }
    return true;
  }

  void add(double const* row, std::size_t h) {
    HypothesisLayout const& layout = fit_.hypotheses[h];
    FittedRates& rates = made_.fitted[h];
    rates.ends[static_cast<std::size_t>(row[layout.end()])] += 1;
    for (std::size_t e = 0; e < layout.effects.size(); ++e) {
      double const p = row[layout.p(e)], estimate = row[layout.estimate(e)];
      if (!std::isnan(estimate)) rates.effects[e].mean += estimate;
      if (std::isnan(p)) continue;
      bool const found = p < spec_.alpha;
      rates.effects[e].found.of += 1;
      rates.effects[e].positive.of += 1;
      rates.effects[e].found.found += found ? 1 : 0;
      rates.effects[e].positive.found += found && estimate > 0 ? 1 : 0;
    }
  }

  /// The lowest criterion; of equal ones the first with the fewest effects.
  void choose(double const* row) {
    bool const all = std::all_of(fit_.hypotheses.begin(), fit_.hypotheses.end(),
                                 [&](HypothesisLayout const& each) { return !std::isnan(row[each.aic()]); });
    if (!all) {
      ++made_.undecided;
      return;
    }
    auto const best = [&](auto const& criterion) {
      std::size_t found = 0;
      for (std::size_t h = 1; h < fit_.hypotheses.size(); ++h) {
        double const own = criterion(fit_.hypotheses[h]), least = criterion(fit_.hypotheses[found]);
        bool const simpler = fit_.hypotheses[h].effects.size() < fit_.hypotheses[found].effects.size();
        if (own < least || (own == least && simpler)) found = h;
      }
      return found;
    };
    ++made_.fitted[best([&](HypothesisLayout const& each) { return row[each.aic()]; })].by_aic;
    ++made_.fitted[best([&](HypothesisLayout const& each) { return row[each.bic()]; })].by_bic;
  }

  PowerStudy const& study_;
  PowerSpec const& spec_;
  FitLayout const& fit_;
  std::vector<std::string> const& policies_;
  CellRates made_;
};

/// Of one sign; 0 belongs to both.
void add_detectable(FitRates& rates, PowerStudy const& study, std::size_t h, std::size_t effect, double sign) {
  std::vector<std::pair<double, double>> power, low, high;
  bool any = false;
  std::string mechanism;
  for (CellRates const& each : rates.cells) {
    PowerCell const& cell = study.cells[each.cell];
    if (cell.from != PowerCell::From::hypothesis || cell.index != h) continue;
    EffectRate const& own = each.fitted[h].effects[effect];
    mechanism = own.mechanism;
    if (sign * own.size < 0 || !(own.found.of > 0)) continue;
    any = any || own.size != 0;
    double const size = sign * own.size;
    power.emplace_back(size, own.found.value());
    low.emplace_back(size, own.found.lower());
    high.emplace_back(size, own.found.upper());
  }
  auto const [least, most] = std::minmax_element(power.begin(), power.end());
  if (!any || least->first == most->first) return;  // one size is no curve
  auto const signed_reach = [&](std::vector<std::pair<double, double>> const& curve) {
    Reached found = reached(curve, wanted_power);
    found.size *= sign;
    return found;
  };
  rates.detectable.push_back({h, mechanism, signed_reach(power), signed_reach(high), signed_reach(low)});
}

/// Histories of a cell in which the first hypothesis beats the second.
void count_right(PowerStudy const& study, FitLayout const& fit, std::size_t cell, std::size_t truth, std::size_t other,
                 ToldApart& told) {
  for (std::int64_t k = 0; k < study.histories; ++k) {
    double const* const row = study.row(cell, k);
    if (!study.has(cell, k) || std::isnan(row[fit.at])) continue;
    double const own = row[fit.hypotheses[truth].aic()], rival = row[fit.hypotheses[other].aic()];
    if (std::isnan(own) || std::isnan(rival)) {
      ++told.undecided;
      continue;
    }
    told.right.of += 1;
    told.right.found += own < rival ? 1 : own == rival ? 0.5 : 0;
  }
}

void add_told_apart(FitRates& rates, PowerStudy const& study, std::size_t fit) {
  for (std::size_t a = 0; a < rates.cells.size(); ++a) {
    for (std::size_t b = a + 1; b < rates.cells.size(); ++b) {
      PowerCell const &first = study.cells[rates.cells[a].cell], &second = study.cells[rates.cells[b].cell];
      bool const both = first.from == PowerCell::From::hypothesis && second.from == PowerCell::From::hypothesis;
      if (!both || first.index == second.index) continue;
      auto const levels = [&](std::size_t h) {
        return std::count_if(study.cells.begin(), study.cells.end(), [&](PowerCell const& each) {
          return each.from == PowerCell::From::hypothesis && each.index == h;
        });
      };
      bool const matched = first.level == second.level || levels(first.index) == 1 || levels(second.index) == 1;
      if (!matched) continue;
      ToldApart told{rates.cells[a].cell, rates.cells[b].cell, {}, 0, 0};
      told.adoptions = 0.5 * (rates.cells[a].adoptions + rates.cells[b].adoptions);
      count_right(study, study.fits[fit], told.first, first.index, second.index, told);
      count_right(study, study.fits[fit], told.second, second.index, first.index, told);
      rates.told_apart.push_back(told);
    }
  }
}

}  // namespace

double Rate::value() const noexcept {
  return of > 0 ? found / of : no_number;
}
double Rate::error() const noexcept {
  return of > 0 ? std::sqrt(value() * (1 - value()) / of) : no_number;
}
double Rate::lower() const noexcept {
  if (!(of > 0)) return no_number;
  auto const [centre, reach] = wilson(*this);
  return found == 0 ? 0 : std::max(centre - reach, 0.0);
}
double Rate::upper() const noexcept {
  if (!(of > 0)) return no_number;
  auto const [centre, reach] = wilson(*this);
  return found == of ? 1 : std::min(centre + reach, 1.0);
}

Reached reached(std::vector<std::pair<double, double>> curve, double power) {
  if (curve.empty()) return {};
  std::sort(curve.begin(), curve.end());
  // Pools of sizes whose rates would fall.
  std::vector<std::pair<double, std::size_t>> pools;  // mean, how many
  for (auto const& [size, rate] : curve) {
    pools.emplace_back(rate, 1);
    while (pools.size() > 1 && pools[pools.size() - 2].first > pools.back().first) {
      auto const [mean, count] = pools.back();
      pools.pop_back();
      auto& before = pools.back();
      double const n = static_cast<double>(before.second), m = static_cast<double>(count);
      before = {(before.first * n + mean * m) / (n + m), before.second + count};
    }
  }
  std::size_t at = 0;
  for (auto const& [mean, count] : pools)
    for (std::size_t k = 0; k < count; ++k) curve[at++].second = mean;
  if (curve.front().second >= power) return {Reached::Where::below, curve.front().first};
  for (std::size_t k = 1; k < curve.size(); ++k) {
    if (curve[k].second < power) continue;
    double const part = (power - curve[k - 1].second) / (curve[k].second - curve[k - 1].second);
    return {Reached::Where::at, curve[k - 1].first + part * (curve[k].first - curve[k - 1].first)};
  }
  return {Reached::Where::beyond, curve.back().first};
}

std::vector<FitRates> rates_of(PowerStudy const& study, PowerSpec const& spec) {
  std::vector<FitRates> all;
  for (std::size_t f = 0; f < study.fits.size(); ++f) {
    FitRates rates;
    rates.name = study.fits[f].name;
    rates.observed = study.observed[f];
    for (std::size_t c = 0; c < study.cells.size(); ++c) rates.cells.push_back(CellCount(study, spec, f, c).count());
    for (std::size_t h = 0; h < study.hypotheses.size(); ++h)
      for (std::size_t e = 0; e < study.fits[f].hypotheses[h].effects.size(); ++e)
        for (double const sign : {1.0, -1.0}) add_detectable(rates, study, h, e, sign);
    add_told_apart(rates, study, f);
    all.push_back(std::move(rates));
  }
  return all;
}

}  // namespace hansa
