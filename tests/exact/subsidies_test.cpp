/// Subsidies against enumerated laws: at the first step, mid-way and at the last one, with a budget that ends on the
/// way.
#include <cmath>
#include <functional>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr double full_price = 100;

/// What a funder pays of a price that halves with every doubling of 1 + N, while the budget lasts.
struct Fund {
  std::int32_t from, until;
  std::string cities;  ///< "bc"
  double share, amount, budget;
  bool by_step;
  [[nodiscard]] bool has(int city, std::int32_t t) const {
    return from <= t && t <= until && cities.find(static_cast<char>('a' + city)) != std::string::npos;
  }
  [[nodiscard]] double of(double price) const { return std::min(share * price + amount, 0.99 * price); }
};

/// The price for a city in step t: N others adopted before.
double price_at(Times const& times, int city, std::int32_t t) {
  double others = 0;
  for (int other = 0; other < cities; ++other) {
    std::int32_t const time = times[static_cast<std::size_t>(other)];
    others += other != city && time != never && time < t ? 1 : 0;
  }
  return full_price / (1 + others);
}

/// What has been paid when the decisions of t are made: everybody who adopted in a step in force, or had it then.
double paid_before(Fund const& fund, Times const& times, std::int32_t t) {
  double paid = 0;
  for (std::int32_t step = first_label; step < t; ++step) {
    if (paid >= fund.budget) break;
    for (int city = 0; city < cities; ++city) {
      std::int32_t const time = times[static_cast<std::size_t>(city)];
      bool const pays = time != never && (fund.by_step ? time <= step : time == step);
      if (pays && fund.has(city, step)) paid += fund.of(price_at(times, city, step));
    }
  }
  return paid;
}

/// ln(c_ref / c_net).
double cut_of(Fund const& fund, View const& view) {
  double const price = price_at(view.times, view.city, view.t);
  bool const on = fund.has(view.city, view.t) && paid_before(fund, view.times, view.t) < fund.budget;
  return std::log(full_price / (price - (on ? fund.of(price) : 0)));
}

struct SubsidisedRule {
  std::string yaml;
  std::function<double(double m)> pressure;
  Chance chance;
};

std::vector<SubsidisedRule> rules_with_prices() {
  auto const affine = [](double baseline, double strength) {
    return [=](double m) { return baseline + strength * m; };
  };
  return {
      {"rule: logit, baseline: -2, STRENGTH 0.8}", affine(-2, 0.8), logit()},
      {"rule: cloglog, baseline: -2, STRENGTH 0.6}", affine(-2, 0.6), cloglog()},
      {"rule: additive, baseline: -1.6094379124341003, STRENGTH 0.3}", affine(0.2, 0.3), additive()},
      {"rule: linear, baseline: 0.1, STRENGTH 0.12}", affine(0.1, 0.12), linear()},
      {"rule: threshold, threshold: {uniform: [0.25, 3.25]}, STRENGTH 0.9}", affine(0, 0.9),
       threshold([](int, double x) { return std::min(1.0, std::max(0.0, (x - 0.25) / 3)); })},
  };
}

void check_fund(Fund const& fund) {
  for (SubsidisedRule rule : rules_with_prices()) {
    CAPTURE(rule.yaml);
    std::string const scale = "{scale: {pool: all, progress_ratio: 0.5}, strength:";
    std::string mechanisms = "mechanisms: {m: " + scale;
    rule.yaml.replace(rule.yaml.find("STRENGTH"), 8, mechanisms);
    std::string ids;
    for (char const id : fund.cities) ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id);
    test::Texts texts = world_with(fmt::format("  p: {{{}}}, adopters: [a], cost: {{amount: {}{}}}}}\n", rule.yaml,
                                               full_price, fund.by_step ? ", per: step" : ""));
    std::string const pays =
        fund.share > 0 ? fmt::format("share: {}", fund.share) : fmt::format("amount: {}", fund.amount);
    texts.yaml +=
        fmt::format("interventions:\n  - {{at: {}, until: {}, subsidy: {{policy: p, {}, budget: {}, cities: [{}]}}}}\n",
                    fund.from, fund.until, pays, fund.budget, ids);
    Law const law{
        [&](View const& view) { return rule.pressure(cut_of(fund, view)); }, rule.chance, {0, never, never, never}, {}};
    check_fit(texts, enumerate(law));
  }
}

}  // namespace

TEST_CASE("a subsidy in any steps, under every rule that knows prices, has the enumerated law") {
  for (auto const& [from, until] :
       {std::pair{first_label, first_label}, {2, 2}, {2, last_label}, {last_label, last_label}}) {
    check_fund({from, until, "bc", 0.6, 0, 1e9, false});
    check_fund({from, until, "bcd", 0, 18, 1e9, true});
  }
}

TEST_CASE("a budget that is spent on the way, or not, has the enumerated law") {
  // Each adoption of step 1 costs 50: one takes 30 of the budget, two take it all; in 2 the price is 33 or 25.
  check_fund({1, 3, "bcd", 0.6, 0, 45, false});
  check_fund({1, 3, "bcd", 0.6, 0, 30, false});
  check_fund({1, 3, "bd", 0, 20, 39, false});
  // The early adopter, a, takes from it in every step.
  check_fund({1, 3, "abcd", 0.4, 0, 100, true});
}

}  // namespace hansa::exact
