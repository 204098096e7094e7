/// Tells a result: curves of adopters, groups, and what moved cities.
#include "tell/page_result.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/error.hpp"
#include "measures/quantiles.hpp"
#include "tell/page_parts.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_steps = 400;
constexpr double most_city_steps = 12e6;      ///< numbers of cities by step in a page
constexpr std::size_t most_single_runs = 30;  ///< drawn as lines
constexpr double no_page_number = std::numeric_limits<double>::quiet_NaN();

ResultPage paged(ResultReader const& reader) {
  ResultPage page{reader, {}, {}, reader.variables()};
  std::vector<std::int32_t> const status = reader.status(0, reader.replicates());
  for (std::size_t r = 0; r < status.size(); ++r)
    if (status[r] == 0) page.finished.push_back(static_cast<std::int64_t>(r));
  std::size_t const all = reader.time().size();
  double const numbers = std::max(1.0, static_cast<double>(page.cities()) * static_cast<double>(page.policies()));
  std::size_t const most =
      std::min(most_steps, std::max<std::size_t>(12, static_cast<std::size_t>(most_city_steps / numbers)));
  std::size_t const each = std::max<std::size_t>(1, (all + most - 1) / most);
  for (std::size_t back = 0; back < all; back += each) page.steps.push_back(all - 1 - back);
  std::ranges::reverse(page.steps);
  return page;
}

[[noreturn]] void refuse_lengths(ResultPage const& page, std::string const& variable) {
  throw Error({fmt::format("the variable '{}' does not have the lengths of its dimensions", variable),
               {page.reader.file().string()},
               "a result file of hansa was expected"});
}

/// Of the finished replicates: `take` gets the numbers of one.
template <class Take>
void for_each_replicate(ResultPage const& page, std::string const& variable, Take const& take) {
  std::vector<std::uint64_t> const lengths = page.reader.lengths(variable);
  std::size_t row = 1;
  for (std::size_t k = 1; k < lengths.size(); ++k) row *= lengths[k];
  std::int64_t const block = replicates_at_a_time(row), all = page.reader.replicates();
  std::size_t next = 0;
  for (std::int64_t first = 0; first < all; first += block) {
    std::int64_t const count = std::min(block, all - first);
    std::vector<double> const numbers = page.reader.values(variable, first, count);
    for (; next < page.finished.size() && page.finished[next] < first + count; ++next)
      take(&numbers[static_cast<std::size_t>(page.finished[next] - first) * row]);
  }
}

/// Replicates × columns of a variable: the numbers from `begin` on, at the steps that are shown.
std::vector<double> at_steps(ResultPage const& page, std::string const& variable, std::size_t begin) {
  std::vector<double> rows;
  for_each_replicate(page, variable, [&](double const* numbers) {
    for (std::size_t const t : page.steps) {
      double const value = numbers[begin + t];
      rows.push_back(value < 0 ? no_page_number : value);  // -1: missing
    }
  });
  return rows;
}

void add_runs(PageJson& to, std::vector<double> const& rows, std::size_t columns) {
  to.key("runs").begin_list();
  std::size_t const count = rows.size() / std::max<std::size_t>(1, columns);
  for (std::size_t r = 0; r < std::min(count, most_single_runs); ++r)
    to.value(std::vector<double>(rows.begin() + static_cast<std::ptrdiff_t>(r * columns),
                                 rows.begin() + static_cast<std::ptrdiff_t>((r + 1) * columns)));
  to.end_list();
}

/// A variable policy × … × time: the numbers from `begin` on at the steps that are shown; null if all are missing.
void add_observed(PageJson& to, ResultPage const& page, std::string const& variable, std::size_t begin,
                  std::vector<std::size_t> const& lengths) {
  to.key(variable.starts_with("observed_adopters_by") ? "observed" : variable);
  if (!page.reader.has(variable)) {
    to.null();
    return;
  }
  require_lengths(page, variable, lengths);
  std::vector<double> const all = page.reader.values(variable);
  std::vector<double> shown;
  for (std::size_t const t : page.steps) shown.push_back(all[begin + t] < 0 ? no_page_number : all[begin + t]);
  if (std::ranges::all_of(shown, [](double each) { return std::isnan(each); }))
    to.null();
  else
    to.value(shown);
}

/// When half of all cities have the policy, over the replicates that come so far.
void add_half(PageJson& to, ResultPage const& page, std::size_t policy) {
  std::vector<std::int32_t> const& time = page.reader.time();
  std::vector<double> reached;
  double const half = 0.5 * static_cast<double>(page.cities());
  for_each_replicate(page, "adopters", [&](double const* numbers) {
    for (std::size_t t = 0; t < time.size(); ++t) {
      if (numbers[policy * time.size() + t] < half) continue;
      reached.push_back(time[t]);
      return;
    }
  });
  std::ranges::sort(reached);
  to.key("half").begin_object().field("reached", reached.size());
  to.field("low", quantile(reached, 0.05)).field("median", quantile(reached, 0.5));
  to.field("high", quantile(reached, 0.95)).end_object();
}

void add_groups(PageJson& to, ResultPage const& page, std::size_t policy) {
  constexpr std::string_view beginning = "adopters_by_";
  std::size_t const steps = page.reader.time().size();
  to.key("groups").begin_list();
  for (std::string const& name : page.names) {
    if (!name.starts_with(beginning)) continue;
    std::string const attribute = name.substr(beginning.size());
    std::vector<std::string> const labels = page.reader.labels("group_" + attribute);
    require_rows(page, name, {page.policies(), labels.size(), steps});
    to.begin_object().field("attribute", attribute).field("variable", name).key("of").begin_list();
    for (std::size_t g = 0; g < labels.size(); ++g) {
      std::size_t const begin = (policy * labels.size() + g) * steps;
      to.begin_object().field("label", labels[g]).key("quantile");
      add_quantiles(to, at_steps(page, name, begin), page.steps.size());
      add_observed(to, page, "observed_adopters_by_" + attribute, begin, {page.policies(), labels.size(), steps});
      to.end_object();
    }
    to.end_list().end_object();
  }
  to.end_list();
}

/// Adoptions attributed to each mechanism: by step, the mean; and over all steps, mean and quantiles over replicates.
void add_attribution(PageJson& to, ResultPage const& page, std::size_t policy) {
  to.key("attribution");
  if (!page.reader.has("new_adoptions_by_mechanism")) {
    to.null();
    return;
  }
  std::size_t const mechanisms = page.reader.labels("mechanism").size(), steps = page.reader.time().size();
  require_lengths(page, "new_adoptions_by_mechanism", {page.policies(), mechanisms, steps});
  require_rows(page, "new_adoptions_by_mechanism_total", {page.policies(), mechanisms});
  std::vector<double> const all = page.reader.values("new_adoptions_by_mechanism");
  to.begin_object().key("by_step").begin_list();
  for (std::size_t m = 0; m < mechanisms; ++m) {
    auto const first = all.begin() + static_cast<std::ptrdiff_t>((policy * mechanisms + m) * steps);
    std::vector<double> shown;
    std::size_t from = 0;
    for (std::size_t const t : page.steps) {  // steps that are left out count with the next one that is shown
      double sum = 0;
      for (; from <= t; ++from) sum += first[static_cast<std::ptrdiff_t>(from)];
      shown.push_back(sum);
    }
    to.value(shown);
  }
  std::vector<double> rows;
  for_each_replicate(page, "new_adoptions_by_mechanism_total", [&](double const* numbers) {
    rows.insert(rows.end(), numbers + policy * mechanisms, numbers + (policy + 1) * mechanisms);
  });
  to.end_list().key("total").begin_list();
  for (std::size_t m = 0; m < mechanisms; ++m) {
    double sum = 0;
    for (std::size_t k = m; k < rows.size(); k += mechanisms) sum += rows[k];
    to.value(sum / std::max<double>(1, static_cast<double>(page.finished.size())));
  }
  to.end_list().key("quantile");
  add_quantiles(to, rows, mechanisms);
  to.end_object();
}

void add_policy(PageJson& to, ResultPage const& page, std::size_t policy) {
  std::size_t const begin = policy * page.reader.time().size();
  std::vector<double> const rows = at_steps(page, "adopters", begin);
  to.begin_object().field("name", page.reader.policies()[policy]).key("quantile");
  add_quantiles(to, rows, page.steps.size());
  add_runs(to, rows, page.steps.size());
  add_half(to, page, policy);
  add_observed(to, page, "observed_adopters", begin, {page.policies(), page.reader.time().size()});
  add_groups(to, page, policy);
  add_attribution(to, page, policy);
  add_city_histories(to, page, policy);
  add_city_causes(to, page, policy);
  add_city_beliefs(to, page, policy);
  to.end_object();
}

void add_facts(PageJson& to, ResultPage const& page) {
  ResultReader const& reader = page.reader;
  auto const text = [&](std::string const& name) {
    to.field(name, reader.has_attribute(name) ? reader.text(name) : std::string());
  };
  text("currency");
  text("parameters_drawn_from");
  text("compiler");
  text("scenario_bases");
  to.field("unit", reader.time_unit()).field("asked", reader.number("replicates"));
  to.field("finished", page.finished.size()).field("complete", reader.number("complete") == 1);
  to.field("failed", reader.replicates() - static_cast<std::int64_t>(page.finished.size()));
  std::vector<std::int32_t> shown;
  for (std::size_t const t : page.steps) shown.push_back(reader.time()[t]);
  to.field("time", shown).field("all_steps", reader.time().size());
  to.field("left", reader.has("abandonments"));
  to.field("mechanisms", reader.has("mechanism") ? reader.labels("mechanism") : std::vector<std::string>());
}

}  // namespace

void require_lengths(ResultPage const& page, std::string const& variable, std::vector<std::size_t> const& lengths) {
  std::vector<std::uint64_t> const found = page.reader.lengths(variable);
  if (!std::ranges::equal(found, lengths)) refuse_lengths(page, variable);
}

void require_rows(ResultPage const& page, std::string const& variable, std::vector<std::size_t> const& others) {
  std::vector<std::uint64_t> const found = page.reader.lengths(variable);
  if (found.empty() || found[0] < static_cast<std::uint64_t>(page.reader.replicates()) ||
      !std::ranges::equal(found.begin() + 1, found.end(), others.begin(), others.end()))
    refuse_lengths(page, variable);
}

std::vector<std::string> require_texts(ResultPage const& page, std::string const& variable, std::size_t count) {
  std::vector<std::string> found = page.reader.labels(variable);
  if (found.size() != count) refuse_lengths(page, variable);
  return found;
}

std::int64_t replicates_at_a_time(std::size_t numbers_of_one) noexcept {
  return std::max<std::int64_t>(
      1, std::int64_t{10'000'000} / std::max<std::int64_t>(1, static_cast<std::int64_t>(numbers_of_one)));
}

void add_quantiles(PageJson& to, std::vector<double> const& rows, std::size_t columns) {
  std::vector<std::vector<double>> ascending(columns);
  for (std::size_t k = 0; k < rows.size(); ++k)
    if (!std::isnan(rows[k])) ascending[k % columns].push_back(rows[k]);
  for (std::vector<double>& each : ascending) std::ranges::sort(each);
  to.begin_list();
  for (double const percent : page_quantiles) {
    to.begin_list();
    for (std::vector<double> const& each : ascending) to.value(quantile(each, percent / 100));
    to.end_list();
  }
  to.end_list();
}

void page_result(PageJson& to, PagedFile const& file) {
  ResultReader const reader(file.file, Expect::counted);  // read_file_contents has seen its seal
  ResultPage const page = paged(reader);
  auto const text = [&](char const* name) { return reader.has_attribute(name) ? reader.text(name) : std::string(); };
  to.begin_object();
  add_origin(to, file, {"result", text("title"), text("seed"), text("engine_version"), text("engine_commit")});
  add_facts(to, page);
  add_cities(to, page);
  to.key("policies").begin_list();
  for (std::size_t p = 0; p < page.policies(); ++p) add_policy(to, page, p);
  to.end_list();
  add_series(to, page);
  add_interventions(to, page);
  to.end_object();
}

}  // namespace hansa
