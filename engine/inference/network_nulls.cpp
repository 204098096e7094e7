/// Draws networks, makes their covariates, and fits.
#include "inference/network_nulls.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "base/random.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/penalised_ratio.hpp"
#include "inference/ranking.hpp"
#include "inference/reduced_scenario.hpp"
#include "inference/shaped_designs.hpp"
#include "scenario/shape_parameter.hpp"
#include "world/null_networks.hpp"

namespace hansa {

namespace {

constexpr double no_null_value = std::numeric_limits<double>::quiet_NaN();

/// What one network, that of the data or a drawn one, comes to.
struct NullDraw {
  double statistic = no_null_value;  ///< NaN: no estimates
  std::vector<double> estimates;
};

/// One network's mechanisms.
class NetworkUse {
 public:
  NetworkUse(NullSubject const& subject, std::string const& network) : subject_(subject), network_(network) {
    std::vector<Schema const*> const known = schemas(subject.question.catalogue);
    ShapeParameter wanted;
    wanted.network = network;
    for (PolicyId const policy : subject.policies)
      for (std::string const& each : users_of(wanted, subject.question.scenario->policies[policy.value], known))
        mechanisms_.insert(each);
    for (std::size_t c = 0; c < subject.observed.coefficients.size(); ++c) {
      bool const own = mechanisms_.count(subject.observed.coefficients[c].mechanism) > 0;
      (own ? columns_ : others_).push_back(c);
    }
    if (subject.options.penalty == Penalty::none && !columns_.empty())
      without_ = fit_event_history(with_columns(subject.observed.design, others_), subject.options);
    reduced_ = reduced_scenario(*subject.question.scenario, subject.policies, mechanisms_);
  }

  [[nodiscard]] std::vector<std::size_t> const& columns() const noexcept { return columns_; }

  [[nodiscard]] NullDraw own() const { return judged(subject_.observed.design); }

  /// The same with another layer in the network's place; nothing where that changes who is at risk.
  [[nodiscard]] std::optional<NullDraw> with(NetworkLayer layer) const {
    FitQuestion const& question = subject_.question;
    World world = *question.world;
    for (NetworkLayer& each : world.networks)
      if (each.name == network_) each = std::move(layer);
    Complaints complaints;
    Sources const sources = question.scored == Scored::data ? Sources::known : Sources::all;
    Model const model = compile(reduced_, world, question.catalogue, complaints, sources);
    complaints.throw_if_any();
    ObservedDesign const made =
        build_design(reduced_, world, model, subject_.histories, design_order(question, subject_.policies));
    Design design = subject_.observed.design;
    if (rows_digest(made.design) != rows_digest(design)) return std::nullopt;
    for (std::size_t const c : columns_) {
      auto const from = std::find(made.design.names.begin(), made.design.names.end(), design.names[c]);
      if (from == made.design.names.end()) return std::nullopt;
      design.x.col(static_cast<Eigen::Index>(c)) =
          made.design.x.col(static_cast<Eigen::Index>(from - made.design.names.begin()));
    }
    return judged(design);
  }

 private:
  [[nodiscard]] NullDraw judged(Design const& design) const {
    EventHistoryFit const full = fit_event_history(design, subject_.options);
    NullDraw draw;
    std::optional<ChiSquareTest> const test = subject_.options.penalty == Penalty::none
                                                  ? likelihood_ratio_test(full, without_)
                                                  : penalised_ratio_test(design, full, others_);
    if (!full.estimated() || !test) return draw;
    draw.statistic = test->statistic;
    for (std::size_t const c : columns_) draw.estimates.push_back(full.coefficients[static_cast<Eigen::Index>(c)]);
    return draw;
  }

  NullSubject const& subject_;
  std::string network_;
  std::set<std::string> mechanisms_;
  std::vector<std::size_t> columns_, others_;
  EventHistoryFit without_;
  Scenario reduced_;
};

/// Per city: whom it may change places with.
std::vector<std::int32_t> strata_of(NullSubject const& subject, NullsSpec const& spec) {
  Cities const& cities = subject.question.world->cities;
  std::vector<std::int32_t> strata(cities.size(), 0);
  TextColumn const* const column = spec.within ? cities.text(spec.within->name) : nullptr;
  for (Index i = 0; i < cities.size() && column != nullptr; ++i) strata[i] = 2 * (column->code[i] + 1);
  std::vector<std::uint8_t> decides(cities.size(), 0);
  for (Index const city : subject.observed.design.city) decides[city] = 1;
  for (Index i = 0; i < cities.size(); ++i) strata[i] += decides[i];
  return strata;
}

/// Empty: nothing keeps the network from the test.
std::string why_not(FitQuestion const& question, NetworkLayer const& layer, NullTest::Kind kind) {
  auto const spec = std::find_if(question.scenario->networks.begin(), question.scenario->networks.end(),
                                 [&](NetworkSpec const& each) { return each.name == layer.name; });
  if (spec != question.scenario->networks.end() && spec->dynamics)
    return "its ties live, so that who is tied to whom depends on the history";
  if (kind == NullTest::Kind::rewirings && !layer.group.empty()) return "it has complete groups, and no ties to rewire";
  return {};
}

void summarise(NullTest& test, std::vector<NullDraw> const& draws) {
  std::size_t const terms = test.terms.size();
  test.null_means.assign(terms, 0);
  test.null_deviations.assign(terms, 0);
  for (NullDraw const& each : draws) {
    bool const fails = std::isnan(each.statistic);
    test.failed += fails ? 1 : 0;
    test.reached += fails || each.statistic >= test.statistic ? 1 : 0;
    if (fails) continue;
    test.null.push_back(each.statistic);
    for (std::size_t k = 0; k < terms; ++k) test.null_means[k] += each.estimates[k];
  }
  auto const n = static_cast<double>(test.null.size());
  for (double& each : test.null_means) each /= n;
  for (NullDraw const& each : draws)
    for (std::size_t k = 0; k < terms && !std::isnan(each.statistic); ++k)
      test.null_deviations[k] += (each.estimates[k] - test.null_means[k]) * (each.estimates[k] - test.null_means[k]);
  for (double& each : test.null_deviations) each = n > 1 ? std::sqrt(each / (n - 1)) : no_null_value;
  std::sort(test.null.begin(), test.null.end());
}

NullTest test_of(NullSubject const& subject, NetworkUse const& use, NetworkLayer const& layer, NullTest::Kind kind,
                 NullsSpec const& spec, std::uint64_t seed, int threads) {
  NullTest test;
  test.kind = kind;
  test.network = layer.name;
  for (std::size_t const c : use.columns()) test.terms.push_back(subject.observed.design.names[c]);
  test.untested = why_not(subject.question, layer, kind);
  if (!test.untested.empty()) return test;
  NullDraw const own = use.own();
  if (std::isnan(own.statistic)) {
    test.untested = "the fit, or that without the network, has no estimates";
    return test;
  }
  test.statistic = own.statistic;
  test.estimates = own.estimates;
  bool const permutes = kind == NullTest::Kind::permutations;
  auto const count = static_cast<std::size_t>(permutes ? spec.permutations : spec.rewirings);
  std::vector<std::int32_t> const strata = strata_of(subject, spec);
  std::vector<std::optional<NullDraw>> draws(count);
  parallel_for(count, threads, [&](std::size_t k) {
    std::uint64_t const key = make_key(seed, k, permutes ? Purpose::relabelling : Purpose::rewiring, layer.hash);
    draws[k] = use.with(permutes ? relabelled(layer, exchange_within(strata, subject.question.world->cities.hash, key))
                                 : rewired(layer, key));
  });
  std::vector<NullDraw> made;
  for (std::optional<NullDraw>& each : draws) {
    if (!each) {
      test.untested = "other ties change who is at risk";
      return test;
    }
    made.push_back(*std::move(each));
  }
  summarise(test, made);
  return test;
}

}  // namespace

double NullTest::p() const noexcept {
  if (!untested.empty()) return no_null_value;
  auto const drawn = static_cast<double>(null.size() + failed);
  return (static_cast<double>(reached) + 1) / (drawn + 1);
}

double NullTest::null_quantile(double q) const noexcept {
  if (null.empty()) return no_null_value;
  auto const at = static_cast<std::size_t>(std::ceil(q * static_cast<double>(null.size())));
  return null[std::clamp<std::size_t>(at, 1, null.size()) - 1];
}

void check_nulls(FitSpec const& spec, World const& world, Complaints& complaints) {
  if (!spec.nulls) return;
  if (spec.imputations > 0)
    complaints.add("tests against drawn networks are of one set of rows, and each imputation has its own",
                   spec.nulls->where, "leave out nulls or imputations");
  if (spec.nulls->within && world.cities.text(spec.nulls->within->name) == nullptr)
    complaints.add(fmt::format("'{}' is no text attribute of the cities", spec.nulls->within->name),
                   spec.nulls->within->where, "cities change places within the values of one");
}

std::vector<NullTest> null_tests(NullSubject const& subject, NullsSpec const& spec, std::uint64_t seed, int threads) {
  std::vector<NullTest> tests;
  for (NetworkLayer const& layer : subject.question.world->networks) {
    NetworkUse const use(subject, layer.name);
    if (use.columns().empty()) continue;
    for (NullTest::Kind const kind : {NullTest::Kind::permutations, NullTest::Kind::rewirings})
      if ((kind == NullTest::Kind::permutations ? spec.permutations : spec.rewirings) > 0)
        tests.push_back(test_of(subject, use, layer, kind, spec, seed, threads));
  }
  return tests;
}

std::vector<NullTest> null_tests(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                 FittedPolicies const& fitted, int threads) {
  if (!question.spec.nulls) return {};
  EventHistoryOptions options = fitted.report.options;
  options.clusters.clear();
  options.intervals = Intervals::wald;
  std::uint64_t const seed = question.scenario->seed;
  if (fitted.report.fit.shapes.empty())
    return null_tests({question, policies, question.histories, fitted.observed, options}, *question.spec.nulls, seed,
                      threads);
  FitQuestion const shaped = with_shapes(question, fitted.report.fit.shapes);
  return null_tests({shaped, policies, shaped.histories, fitted.observed, options}, *question.spec.nulls, seed,
                    threads);
}

}  // namespace hansa
