/// Values of the mechanisms on the tiny world. Cities: 0 a, 1 b, 2 c, 3 d.
#include "options.hpp"

#include <algorithm>
#include <cmath>

namespace hansa::exact {

namespace {

/// Observed weight of adopters, of all, and number of adopted sources on the network of the tiny world.
struct Seen {
  double adopted = 0, all = 0, count = 0;
};

Seen seen_by(View const& v) {
  switch (v.city) {
    case 1:
      return {v.adopted(0) + 3 * v.adopted(3), 4, v.adopted(0) + v.adopted(3)};
    case 2:
      return {2 * v.adopted(0) + v.adopted(1), 3, v.adopted(0) + v.adopted(1)};
    case 3:
      return {1.5 * v.adopted(1) + 0.5 * v.adopted(2), 2, v.adopted(1) + v.adopted(2)};
    default:
      return {};
  }
}

double share(View const& v) {
  Seen const seen = seen_by(v);
  return seen.all > 0 ? seen.adopted / seen.all : 0;
}

double sigma(double x) {
  return 1 / (1 + std::exp(-x));
}

/// The logistic of midpoint 0.4 and steepness 6, scaled to run from 0 to 1.
double scaled_logistic(double x) {
  double const low = sigma(-6 * 0.4), high = sigma(6 * 0.6);
  return (sigma(6 * (x - 0.4)) - low) / (high - low);
}

double others_in_all(View const& v) {
  return v.others();
}

/// Country X holds a and b, Y holds c alone, d is in none.
double others_in_country(View const& v) {
  return v.city == 0 ? v.adopted(1) : v.city == 1 ? v.adopted(0) : 0;
}

/// Regions: a and c, b and d.
double others_in_region(View const& v) {
  return v.adopted((v.city + 2) % 4);
}

/// Members of green at label t: a and d always, b from 2, c before 3.
bool in_green(int city, std::int32_t t) {
  return city == 0 || city == 3 || (city == 1 ? t >= 2 : t < 3);
}
bool in_red(int city) {
  return city >= 2;
}

/// Sums over the other members: the first as they have adopted, the second all.
struct Members {
  double adopted = 0, all = 0;
};

Members others_in_green(View const& v, std::array<double, cities> weight = {1, 1, 1, 1}) {
  Members sum;
  for (int other = 0; other < cities; ++other) {
    if (other == v.city || !in_green(other, v.t)) continue;
    sum.adopted += weight[static_cast<std::size_t>(other)] * v.adopted(other);
    sum.all += weight[static_cast<std::size_t>(other)];
  }
  return sum;
}

double green_share(View const& v) {
  if (!in_green(v.city, v.t)) return 0;
  return others_in_green(v).adopted / (others_in_green(v).all + 1);
}

double red_share(View const& v) {
  return in_red(v.city) ? v.adopted(v.city == 2 ? 3 : 2) / 2 : 0;
}

}  // namespace

std::vector<Option> exposure_options() {
  return {
      {"exposure: {network: ties}", share},
      {"exposure: {network: ties, normalize: weight}", [](View const& v) { return seen_by(v).adopted; }},
      {"exposure: {network: ties, normalize: count}", [](View const& v) { return seen_by(v).count; }},
      {"exposure: {network: ties, shape: log1p}", [](View const& v) { return std::log(1 + share(v)); }},
      {"exposure: {network: ties, shape: {power: 2}}", [](View const& v) { return share(v) * share(v); }},
      {"exposure: {network: ties, shape: {step: 0.75}}", [](View const& v) { return share(v) >= 0.75 ? 1.0 : 0.0; }},
      {"exposure: {network: ties, shape: {logistic: {midpoint: 0.4, steepness: 6}}}",
       [](View const& v) { return scaled_logistic(share(v)); }},
      {"exposure: {pool: all}", [](View const& v) { return others_in_all(v) / 3; }},
      {"exposure: {pool: all, normalize: count}", others_in_all},
      {"exposure: {pool: country}", others_in_country},
      {"exposure: {pool: {same: region}}", others_in_region},
      {"exposure: {pool: {network: ties}}", [](View const& v) { return seen_by(v).count / 2; }},
      {"exposure: {pool: {collaboration: green}}",
       [](View const& v) {
         Members const others = others_in_green(v);
         return in_green(v.city, v.t) && others.all > 0 ? others.adopted / others.all : 0.0;
       }},
      {"exposure: {pool: {collaboration: green}, normalize: weight, shape: log1p}",
       [](View const& v) { return in_green(v.city, v.t) ? std::log(1 + others_in_green(v).adopted) : 0.0; }},
  };
}

std::vector<Option> scale_options() {
  return {
      {"scale: {pool: all, progress_ratio: 0.5}", [](View const& v) { return std::log(1 + others_in_all(v)); }},
      {"scale: {pool: country, progress_ratio: 0.25}",
       [](View const& v) { return 2 * std::log(1 + others_in_country(v)); }},
      {"scale: {pool: {same: region}, progress_ratio: 0.5}",
       [](View const& v) { return std::log(1 + others_in_region(v)); }},
      {"scale: {pool: {network: ties}, progress_ratio: 0.5}",
       [](View const& v) { return std::log(1 + seen_by(v).count); }},
      {"scale: {pool: {collaboration: green}, progress_ratio: 0.5}",
       [](View const& v) { return in_green(v.city, v.t) ? std::log(1 + others_in_green(v).adopted) : 0.0; }},
      {"scale: {pool: all, shared: {fixed: 9, variable: 1}}",
       [](View const& v) { return std::log(10 / (1 + 9 / (1 + others_in_all(v)))); }},
      {"scale: {pool: {collaboration: green}, shared: {fixed: 9, variable: 1}}",
       [](View const& v) {
         return in_green(v.city, v.t) ? std::log(10 / (1 + 9 / (1 + others_in_green(v).adopted))) : 0.0;
       }},
  };
}

std::vector<Option> collective_options() {
  return {
      {"collective: {production: {power: 0.5}}",
       [](View const& v) { return std::sqrt(std::max(green_share(v), red_share(v))); }},
      {"collective: {production: {step: 0.5}}",
       [](View const& v) { return std::max(green_share(v), red_share(v)) >= 0.5 ? 1.0 : 0.0; }},
      {"collective: {production: {logistic: {midpoint: 0.4, steepness: 6}}}",
       [](View const& v) { return scaled_logistic(std::max(green_share(v), red_share(v))); }},
      {"collective: {production: {power: 2}, combine: sum}",
       [](View const& v) { return green_share(v) * green_share(v) + red_share(v) * red_share(v); }},
      {"collective: {production: {power: 1}, collaborations: [red]}", red_share},
      {"collective: {production: {power: 2}, incentive: marginal, collaborations: [green]}",
       [](View const& v) {
         if (!in_green(v.city, v.t)) return 0.0;
         double const own = 1 / (others_in_green(v).all + 1), s = green_share(v);
         return ((s + own) * (s + own) - s * s) / own;
       }},
      {"collective: {production: {power: 1}, excluding_self: true, collaborations: [green]}",
       [](View const& v) { return in_green(v.city, v.t) ? others_in_green(v).adopted / others_in_green(v).all : 0.0; }},
      {"collective: {production: {power: 1}, weight: votes, collaborations: [green]}",
       [](View const& v) {
         if (!in_green(v.city, v.t)) return 0.0;
         Members const others = others_in_green(v, votes);
         return others.adopted / (others.all + votes[static_cast<std::size_t>(v.city)]);
       }},
      {"collective: {production: {power: 1}, collaborations: [blue]}", [](View const&) { return 0.0; }},
  };
}

}  // namespace hansa::exact
