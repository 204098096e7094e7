/// One set of rows, many fits.
#include "study/power_fits.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "inference/hypothesis_tests.hpp"
#include "inference/penalised_ratio.hpp"

namespace hansa {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

FitEnd end_of(EventHistoryFit const& fit) {
  if (fit.estimated()) return FitEnd::estimated;
  if (fit.separation != Separation::none) return FitEnd::separation;
  return fit.aliased.empty() ? FitEnd::other : FitEnd::rank;
}

/// Fits of subsets of the columns of one design, each made once.
class SubsetFits {
 public:
  SubsetFits(ObservedDesign const& whole, EventHistoryOptions const& options) : whole_(whole), options_(options) {}

  using Columns = std::vector<std::size_t>;

  /// All that are no mechanism's, and those of these mechanisms but one.
  [[nodiscard]] Columns columns(std::vector<std::string> const& mechanisms, std::string const& but = {}) const {
    Columns chosen;
    for (std::size_t c = 0; c < whole_.coefficients.size(); ++c) {
      std::string const& own = whole_.coefficients[c].mechanism;
      bool const named = std::find(mechanisms.begin(), mechanisms.end(), own) != mechanisms.end();
      if (own.empty() || (named && own != but)) chosen.push_back(c);
    }
    return chosen;
  }
  [[nodiscard]] EventHistoryFit const& of(Columns const& columns) {
    auto const [found, fresh] = made_.try_emplace(columns);
    if (fresh) found->second = fit_event_history(with_columns(whole_.design, columns), options_);
    return found->second;
  }
  /// Positions in `columns` of those of a mechanism.
  [[nodiscard]] Columns own(Columns const& columns, std::string const& mechanism) const {
    Columns positions;
    for (std::size_t k = 0; k < columns.size(); ++k)
      if (whole_.coefficients[columns[k]].mechanism == mechanism) positions.push_back(k);
    return positions;
  }

  [[nodiscard]] std::optional<ChiSquareTest> test(std::vector<std::string> const& mechanisms, std::string const& effect,
                                                  PowerTest how) {
    Columns const with = columns(mechanisms);
    EventHistoryFit const& full = of(with);
    Columns const tested = own(with, effect);
    if (!full.estimated() || tested.empty()) return std::nullopt;
    if (how == PowerTest::wald) return wald_test(full, tested);
    if (options_.penalty == Penalty::none) return likelihood_ratio_test(full, of(columns(mechanisms, effect)));
    Columns kept;
    for (std::size_t k = 0; k < with.size(); ++k)
      if (std::find(tested.begin(), tested.end(), k) == tested.end()) kept.push_back(k);
    return penalised_ratio_test(with_columns(whole_.design, with), full, kept);
  }

 private:
  ObservedDesign const& whole_;
  EventHistoryOptions options_;
  std::map<Columns, EventHistoryFit> made_;
};

bool has_mechanism(FitQuestion const& question, std::vector<PolicyId> const& policies, std::string const& name) {
  return std::any_of(policies.begin(), policies.end(), [&](PolicyId policy) {
    auto const& mechanisms = question.scenario->policies[policy.value].mechanisms;
    return std::any_of(mechanisms.begin(), mechanisms.end(), [&](auto const& each) { return each.name == name; });
  });
}

}  // namespace

PowerFits::PowerFits(FitQuestion const& question, std::vector<Hypothesis> const& hypotheses, PowerTest test)
    : question_(question), test_(test) {
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    FitLayout layout{name_of_fit(question, policies), policies, {}, width_, {}};
    for (PolicyId const policy : policies) layout.names.push_back(question.scenario->policies[policy.value].name);
    ++width_;
    for (Hypothesis const& each : hypotheses) {
      HypothesisLayout one{{}, width_};
      for (Reference const& mechanism : each.mechanisms)
        if (has_mechanism(question, policies, mechanism.name)) one.effects.push_back(mechanism.name);
      width_ += 3 + 2 * one.effects.size();
      layout.hypotheses.push_back(std::move(one));
    }
    layout_.push_back(std::move(layout));
  }
}

void PowerFits::fill(std::vector<ObservedHistory> const& histories, std::span<double> row) const {
  std::fill(row.begin(), row.end(), nothing);
  for (FitLayout const& layout : layout_) {
    ObservedDesign const whole = design_of(question_, layout.policies, histories);
    EventHistoryOptions options = options_of(question_, layout.policies);
    options.intervals = Intervals::wald;
    if (test_ == PowerTest::likelihood_ratio) options.clusters.clear();
    SubsetFits fits(whole, options);
    row[layout.at] =
        static_cast<double>(std::count(whole.design.event.begin(), whole.design.event.end(), std::uint8_t{1}));
    for (HypothesisLayout const& each : layout.hypotheses) {
      SubsetFits::Columns const columns = fits.columns(each.effects);
      EventHistoryFit const& fit = fits.of(columns);
      row[each.end()] = static_cast<double>(end_of(fit));
      if (!fit.estimated()) continue;
      row[each.aic()] = fit.aic();
      row[each.bic()] = fit.bic();
      for (std::size_t e = 0; e < each.effects.size(); ++e) {
        SubsetFits::Columns const own = fits.own(columns, each.effects[e]);
        if (!own.empty()) row[each.estimate(e)] = fit.coefficients[static_cast<Eigen::Index>(own.front())];
        if (auto const found = fits.test(each.effects, each.effects[e], test_)) row[each.p(e)] = found->p;
      }
    }
  }
}

void check_power_fits(FitQuestion const& question, Complaints& complaints) {
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    if (design_order(question, policies).own_columns)
      complaints.add("policies that compete within a step have no hypotheses of their own", question.spec.where,
                     "name others in 'policies' of 'fit', or pool them");
  }
  if (!question.spec.profile.empty())
    complaints.add("a study of power takes shape parameters as they are written", question.spec.profile.front().where,
                   "leave out 'profile': --set fit.profile=[]");
}

std::size_t scored_adoptions(DesignOrder const& order, ObservedHistory const& history) {
  return static_cast<std::size_t>(
      std::count_if(history.events.begin(), history.events.end(), [&](DatedEvent const& each) {
        return each.event.sign > 0 && each.step >= order.from && each.step <= order.until &&
               history.covers(each.event.city);
      }));
}

}  // namespace hansa
