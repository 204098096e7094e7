/// Tells estimates: each coefficient with its error, hypotheses beside one another, and how well histories are
/// reproduced.
#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include "calibration/population.hpp"
#include "io/fit_file.hpp"
#include "io/goodness_file.hpp"
#include "io/hypotheses_file.hpp"
#include "tell/page_parts.hpp"

namespace hansa {

namespace {

/// What holds 95 % of the particles' weight, where draws are particles.
void add_posterior_interval(PageJson& to, Estimates const& estimates, std::size_t k) {
  if (estimates.weights.empty()) return;
  std::vector<double> values;
  for (std::size_t i = 0; i < estimates.weights.size(); ++i)
    values.push_back(estimates.particles[i * estimates.values.size() + k]);
  to.field("low", weighted_quantile(values, estimates.weights, 0.025));
  to.field("high", weighted_quantile(values, estimates.weights, 0.975));
}

void add_coefficients_of(PageJson& to, Estimates const& estimates) {
  std::size_t const count = estimates.values.size();
  to.key("coefficients").begin_list();
  for (std::size_t k = 0; k < count; ++k) {
    to.begin_object().field("term", estimates.terms[k]).field("estimate", estimates.values[k]);
    to.field("error", std::sqrt(estimates.covariance[k * count + k])).field("paths", estimates.paths[k]);
    add_posterior_interval(to, estimates, k);
    to.field("logarithmic", !estimates.scales.empty() && estimates.scales[k].logarithmic).end_object();
  }
  to.end_list();
}

void add_fit_facts(PageJson& to, std::vector<FitFact> const& facts) {
  to.key("facts").begin_object();
  for (auto const& [name, value] : facts) std::visit([&](auto const& held) { to.field(name, held); }, value);
  to.end_object();
}

/// Those of one fit; null where none were compared.
void add_hypotheses_of(PageJson& to, std::optional<HypothesesRecord> const& record, std::string const& fit) {
  to.key("hypotheses");
  auto const of_fit = [&](RankedRecord const& each) { return record->fits[static_cast<std::size_t>(each.fit)] == fit; };
  if (!record || std::ranges::none_of(record->ranked, of_fit)) {
    to.null();
    return;
  }
  to.begin_list();
  for (RankedRecord const& each : record->ranked) {
    if (!of_fit(each)) continue;
    to.begin_object().field("name", each.name).field("failure", each.failure).field("parameters", each.parameters);
    to.field("log_likelihood", each.log_likelihood).field("aic", each.aic).field("aic_difference", each.aic_difference);
    to.field("weight", each.weight).field("bic", each.bic).field("bic_difference", each.bic_difference);
    to.field("against", each.against).field("ratio", each.ratio).field("ratio_degrees", each.ratio_degrees);
    to.field("ratio_p", each.ratio_p).field("left_out_log", each.left_out_log);
    to.field("left_out_rank", each.left_out_rank).end_object();
  }
  to.end_list();
}

void add_goodness_of(PageJson& to, std::optional<GoodnessRecord> const& record) {
  to.key("goodness");
  if (!record) {
    to.null();
    return;
  }
  to.begin_object().field("histories", record->histories).field("failed", record->failed).key("parts").begin_list();
  for (std::size_t part = 0; part < record->parts.size(); ++part) {
    to.begin_object().field("name", record->parts[part]).field("p", record->p[part]).key("values").begin_list();
    for (std::size_t k = 0; k < record->names.size(); ++k) {
      if (static_cast<std::size_t>(record->part_of[k]) != part) continue;
      to.begin_object().field("name", record->names[k].substr(record->parts[part].size() + 1));
      to.field("observed", record->observed[k]).field("mean", record->mean[k]);
      to.field("low", record->low[k]).field("high", record->high[k]);
      to.field("lower", record->lower[k]).field("upper", record->upper[k]).end_object();
    }
    to.end_list().end_object();
  }
  to.end_list().end_object();
}

}  // namespace

void page_estimates(PageJson& to, PagedFile const& file) {
  FitFile const record = read_fit_file(file.file);
  std::optional<HypothesesRecord> const hypotheses = read_hypotheses(file.file);
  to.begin_object();
  add_origin(to, file, {"estimates", {}, {}, record.engine_version, {}});
  to.key("fits").begin_list();
  for (FitRecord const& each : record.fits) {
    to.begin_object().field("name", each.estimates.name).field("link", each.estimates.link);
    to.field("posterior", !each.estimates.weights.empty());
    add_coefficients_of(to, each.estimates);
    add_fit_facts(to, each.facts);
    add_hypotheses_of(to, hypotheses, each.estimates.name);
    to.end_object();
  }
  to.end_list().field("notes", hypotheses ? hypotheses->notes : std::vector<std::string>());
  add_goodness_of(to, read_goodness(file.file));
  to.end_object();
}

}  // namespace hansa
