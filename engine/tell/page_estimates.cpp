/// Tells estimates: each coefficient with its error.
#include <cmath>
#include <variant>

#include "io/fit_file.hpp"
#include "tell/page_parts.hpp"

namespace hansa {

namespace {

void add_coefficients_of(PageJson& to, Estimates const& estimates) {
  std::size_t const count = estimates.values.size();
  to.key("coefficients").begin_list();
  for (std::size_t k = 0; k < count; ++k) {
    to.begin_object().field("term", estimates.terms[k]).field("estimate", estimates.values[k]);
    to.field("error", std::sqrt(estimates.covariance[k * count + k])).field("paths", estimates.paths[k]);
    to.field("logarithmic", !estimates.scales.empty() && estimates.scales[k].logarithmic).end_object();
  }
  to.end_list();
}

void add_fit_facts(PageJson& to, std::vector<FitFact> const& facts) {
  to.key("facts").begin_object();
  for (auto const& [name, value] : facts) std::visit([&](auto const& held) { to.field(name, held); }, value);
  to.end_object();
}

}  // namespace

void page_estimates(PageJson& to, PagedFile const& file) {
  FitFile const record = read_fit_file(file.file);
  to.begin_object();
  add_origin(to, file, {"estimates", {}, {}, record.engine_version, {}});
  to.key("fits").begin_list();
  for (FitRecord const& each : record.fits) {
    to.begin_object().field("name", each.estimates.name).field("link", each.estimates.link);
    add_coefficients_of(to, each.estimates);
    add_fit_facts(to, each.facts);
    to.end_object();
  }
  to.end_list().end_object();
}

}  // namespace hansa
