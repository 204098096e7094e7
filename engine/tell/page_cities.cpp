/// Tells the cities of a result: who they are, how likely each has adopted by when, and what moved it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "tell/page_result.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_page_cities = 200'000;  ///< of which a page tells one by one
constexpr std::size_t most_page_beliefs = 4'000'000;

/// Years of cities of one policy, missing as the smallest number there is, as in the file.
constexpr std::int32_t never_in_file = std::numeric_limits<std::int32_t>::min();

std::vector<double> of_policy(ResultPage const& page, std::string const& variable, std::size_t policy) {
  require_lengths(page, variable, {page.policies(), page.cities()});
  std::vector<double> const all = page.reader.values(variable);
  auto const first = all.begin() + static_cast<std::ptrdiff_t>(policy * page.cities());
  return {first, first + static_cast<std::ptrdiff_t>(page.cities())};
}

/// Counts of one policy while replicates pass by.
class CityCounts {
 public:
  CityCounts(ResultPage const& page, std::size_t policy)
      : page_(page), policy_(policy), counts_(page.steps.size() * page.cities()), told_(page.cities()) {
    for (std::size_t const t : page.steps) labels_.push_back(page.reader.time()[t]);
    if (!page.reader.has("status_known")) return;
    std::vector<double> const known = of_policy(page, "status_known", policy);
    std::vector<double> const risk = of_policy(page, "at_risk", policy);
    for (std::size_t i = 0; i < told_.size(); ++i) told_[i] = known[i] == 1 && risk[i] > 0;
  }

  void read() {
    std::int64_t const all = page_.reader.replicates();
    std::int64_t const block = replicates_at_a_time(page_.policies() * page_.cities());
    std::size_t next = 0;
    for (std::int64_t first = 0; first < all; first += block) {
      std::int64_t const count = std::min(block, all - first);
      std::vector<std::int32_t> const times = page_.reader.adoption_time(first, count);
      for (; next < page_.finished.size() && page_.finished[next] < first + count; ++next)
        add(&times[(static_cast<std::size_t>(page_.finished[next] - first) * page_.policies() + policy_) *
                   page_.cities()]);
    }
    for (std::size_t t = 1; t < labels_.size(); ++t)
      for (std::size_t i = 0; i < page_.cities(); ++i)
        counts_[t * page_.cities() + i] += counts_[(t - 1) * page_.cities() + i];
  }

  /// Steps × cities: replicates in which the city has adopted by then.
  [[nodiscard]] std::vector<std::uint32_t> const& counts() const noexcept { return counts_; }
  [[nodiscard]] std::vector<bool> const& told() const noexcept { return told_; }
  /// Replicates × steps: adopters among the cities of which data tell.
  [[nodiscard]] std::vector<double> const& told_adopters() const noexcept { return told_adopters_; }

 private:
  void add(std::int32_t const* times) {
    std::vector<double> told(labels_.size());
    for (std::size_t i = 0; i < page_.cities(); ++i) {
      if (times[i] == never_in_file) continue;
      auto const at = static_cast<std::size_t>(std::ranges::lower_bound(labels_, times[i]) - labels_.begin());
      if (at == labels_.size()) continue;
      ++counts_[at * page_.cities() + i];
      if (told_[i]) ++told[at];
    }
    for (std::size_t t = 1; t < told.size(); ++t) told[t] += told[t - 1];
    told_adopters_.insert(told_adopters_.end(), told.begin(), told.end());
  }

  ResultPage const& page_;
  std::size_t policy_;
  std::vector<std::int32_t> labels_;
  std::vector<std::uint32_t> counts_;
  std::vector<bool> told_;
  std::vector<double> told_adopters_;
};

void add_told(PageJson& to, ResultPage const& page, std::size_t policy, CityCounts const& counted) {
  to.key("told");
  auto const cities = std::ranges::count(counted.told(), true);
  if (cities == 0 || !page.reader.has("observed_adoption_time")) {
    to.null();
    return;
  }
  std::vector<double> const seen = of_policy(page, "observed_adoption_time", policy);
  require_lengths(page, "observed_adopters", {page.policies(), page.reader.time().size()});
  std::vector<double> const all = page.reader.values("observed_adopters");
  std::vector<double> observed;
  for (std::size_t const t : page.steps) {
    double count = 0;
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (counted.told()[i] && seen[i] > never_in_file && seen[i] <= page.reader.time()[t]) ++count;
    bool const known = all[policy * page.reader.time().size() + t] >= 0;
    observed.push_back(known ? count : std::numeric_limits<double>::quiet_NaN());
  }
  to.begin_object().field("cities", cities).key("quantile");
  add_quantiles(to, counted.told_adopters(), page.steps.size());
  to.field("observed", observed).end_object();
}

void add_column(PageJson& to, ResultPage const& page, char const* variable) {
  to.key(variable);
  if (!page.reader.has(variable)) {
    to.null();
    return;
  }
  require_lengths(page, variable, {page.cities()});
  to.value(page.reader.values(variable));
}

}  // namespace

void add_cities(PageJson& to, ResultPage const& page) {
  bool const some = page.cities() <= most_page_cities;
  to.key("cities").begin_object().field("count", page.cities()).field("listed", some);
  if (some) {
    to.field("id", page.reader.cities());
    for (char const* const name : {"city_name", "country", "region"}) {
      to.key(name);
      if (page.reader.has(name))
        to.value(require_texts(page, name, page.cities()));
      else
        to.null();
    }
    for (char const* const name : {"lat", "lon", "population"}) add_column(to, page, name);
  }
  to.end_object();
}

void add_city_histories(PageJson& to, ResultPage const& page, std::size_t policy) {
  if (!page.reader.has("adoption_time")) {
    to.key("counts").null().key("told").null();
    return;
  }
  CityCounts counted(page, policy);
  counted.read();
  add_told(to, page, policy, counted);
  bool const some = page.cities() <= most_page_cities;
  bool const small = page.finished.size() <= std::numeric_limits<std::uint16_t>::max();
  to.field("count_bytes", small ? 2 : 4).key("counts");
  if (!some)
    to.null();
  else if (small)
    to.packed(std::vector<std::uint16_t>(counted.counts().begin(), counted.counts().end()));
  else
    to.packed(counted.counts());
  std::vector<double> risk = of_policy(page, "at_risk", policy);
  to.field("at_risk", std::vector<std::int64_t>{std::ranges::count(risk, 0.0), std::ranges::count(risk, 1.0),
                                                std::ranges::count(risk, 2.0)});
  if (!some) return;
  to.key("city_at_risk").begin_list();
  for (double const each : risk) to.value(static_cast<std::int64_t>(each));
  to.end_list().key("observed_adoption_time");
  if (!page.reader.has("observed_adoption_time")) {
    to.null();
    return;
  }
  to.begin_list();
  for (double const each : of_policy(page, "observed_adoption_time", policy))
    if (each > never_in_file)
      to.value(static_cast<std::int64_t>(each));
    else
      to.null();
  to.end_list();
}

void add_city_causes(PageJson& to, ResultPage const& page, std::size_t policy) {
  to.key("causes");
  if (!page.reader.has("event_count") || page.cities() > most_page_cities) {
    to.null();
    return;
  }
  std::size_t const mechanisms = page.reader.labels("mechanism").size();
  std::vector<std::uint32_t> counts(page.cities() * mechanisms);
  for (std::int64_t first = 0; first < page.reader.replicates(); first += 25) {
    std::int64_t const count = std::min<std::int64_t>(25, page.reader.replicates() - first);
    for (ResultEvent const& each : page.reader.events(first, count))
      if (each.policy == static_cast<std::int32_t>(policy) && each.mechanism >= 0)
        ++counts[static_cast<std::size_t>(each.city) * mechanisms + static_cast<std::size_t>(each.mechanism)];
  }
  to.packed(counts);
}

void add_city_beliefs(PageJson& to, ResultPage const& page, std::size_t policy) {
  std::size_t const cities = page.cities(), steps = page.reader.time().size();
  to.key("beliefs");
  if (!page.reader.has("belief_mean") || page.finished.empty() || page.steps.size() * cities > most_page_beliefs) {
    to.null();
    return;
  }
  require_rows(page, "belief_mean", {page.policies(), steps, cities});
  std::vector<double> sums(page.steps.size() * cities);
  for (std::int64_t const r : page.finished) {
    std::vector<double> const all = page.reader.values("belief_mean", r, 1);
    for (std::size_t t = 0; t < page.steps.size(); ++t)
      for (std::size_t i = 0; i < cities; ++i)
        sums[t * cities + i] += all[(policy * steps + page.steps[t]) * cities + i];
  }
  std::vector<float> means;
  for (double const each : sums) means.push_back(static_cast<float>(each / static_cast<double>(page.finished.size())));
  if (std::ranges::all_of(means, [](float each) { return std::isnan(each); }))
    to.null();
  else
    to.packed(means);
}

}  // namespace hansa
