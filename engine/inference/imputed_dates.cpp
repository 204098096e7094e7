/// Which dates can be, how likely they are, and draws of them.
#include "inference/imputed_dates.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "base/random.hpp"
#include "inference/risk_rows.hpp"

namespace hansa {

namespace {

/// 0 for all that is before time begins.
std::int32_t step_of_event(std::int32_t label, Clock const& clock) noexcept {
  return std::max(label - clock.start + 1, 0);
}

constexpr std::int32_t most_labels = 10'000;

void refuse_endless(Observation const& row, World const& world) {
  std::int32_t const labels = row.as_written - *row.after;
  if (labels <= most_labels) return;
  throw Error(Complaint{fmt::format("an adoption of '{}' has {} dates that can be, too many to draw one of them",
                                    world.cities.id[row.city], labels),
                        row.where, fmt::format("at most {} were expected: a later 'after'", most_labels)});
}

/// Labels at which an adoption can be dated: where the city is at risk, or beyond time's ends, where nobody knows.
std::vector<std::int32_t> possible_labels(Observation const& row, PolicyModel const& policy, Clock const& clock) {
  std::vector<std::int32_t> all, open;
  for (std::int32_t label = *row.after + 1; label <= row.as_written; ++label) {
    all.push_back(label);
    bool const inside = label >= clock.start && label <= clock.end;
    if (!inside || is_open(policy, row.city, step_of_event(label, clock))) open.push_back(label);
  }
  return open.empty() ? all : open;
}

/// Rows of interval-censored adoptions by policy, city and label.
using RowOf = std::map<std::tuple<Index, Index, std::int32_t>, Eigen::Index>;

RowOf spell_rows(Design const& design) {
  RowOf rows;
  for (std::size_t r = 0; r < design.rows(); ++r) {
    if (design.spell[r] >= 0) rows[{design.policy[r], design.city[r], design.period[r]}] = static_cast<Eigen::Index>(r);
  }
  return rows;
}

std::vector<double> equal_chances(std::size_t count) {
  return std::vector<double>(count, 1 / static_cast<double>(count));
}

/// Chances of adopting first at each label, scaled to a sum of 1.
std::vector<double> along(UnknownDate const& date, RowOf const& rows, Eigen::VectorXd const& chance) {
  std::vector<double> made;
  double left = 1, sum = 0;
  for (std::int32_t const label : date.labels) {
    auto const found = rows.find({date.policy.value, date.city, label});
    if (found == rows.end()) return equal_chances(date.labels.size());
    made.push_back(left * chance[found->second]);
    left *= 1 - chance[found->second];
    sum += made.back();
  }
  if (!(sum > 0)) return equal_chances(date.labels.size());
  for (double& each : made) each /= sum;
  return made;
}

std::int32_t drawn_label(UnknownDate const& date, std::vector<double> const& chances, double uniform) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < date.labels.size(); ++k) {
    sum += chances[k];
    if (uniform < sum) return date.labels[k];
  }
  return date.labels.back();
}

/// Puts an adoption at a label, or takes it out of a time that ends before.
void set_date(std::vector<DatedEvent>& events, UnknownDate const& date, std::int32_t label, Clock const& clock) {
  std::erase_if(events, [&](DatedEvent const& each) {
    return each.event.city == date.city && each.event.episode == date.episode && each.event.sign > 0;
  });
  if (label <= clock.end) events.push_back({step_of_event(label, clock), label, {date.city, date.episode, +1}});
}

}  // namespace

std::vector<UnknownDate> unknown_dates(FitQuestion const& question) {
  std::vector<UnknownDate> dates;
  Clock const& clock = question.model.clock;
  for (Index p = 0; p < question.histories.size(); ++p) {
    std::vector<Observation> const& rows = question.world->records.at(p).observed;
    std::int32_t episode = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      episode = k > 0 && rows[k - 1].city == rows[k].city ? episode + 1 : 0;
      if (!rows[k].after || rows[k].as_written - *rows[k].after < 2) continue;
      refuse_endless(rows[k], *question.world);
      std::vector<std::int32_t> labels = possible_labels(rows[k], question.model.policies[p], clock);
      bool const matters = !labels.empty() && labels.front() <= clock.end && labels.back() >= clock.start;
      if (matters) dates.push_back({PolicyId{p}, rows[k].city, episode, std::move(labels)});
    }
  }
  return dates;
}

DateChances date_chances(std::vector<UnknownDate> const& dates, Design const& design, FitLink link,
                         Eigen::VectorXd const& coefficients) {
  RowOf const rows = spell_rows(design);
  Eigen::VectorXd const chance = chances(design, link, coefficients);
  DateChances made;
  for (UnknownDate const& date : dates) made.push_back(along(date, rows, chance));
  return made;
}

std::vector<ObservedHistory> completed_histories(FitQuestion const& question, std::vector<UnknownDate> const& dates,
                                                 DateChances const& chances, std::uint64_t set) {
  std::vector<ObservedHistory> histories = question.histories;
  for (ObservedHistory& each : histories) each.intervals.clear();
  for (std::size_t k = 0; k < dates.size(); ++k) {
    UnknownDate const& date = dates[k];
    std::uint64_t const key =
        make_key(question.model.seed, set, Purpose::imputation, question.model.policies[date.policy.value].hash);
    double const uniform =
        draw_uniform(key, question.world->cities.hash[date.city], static_cast<std::uint32_t>(date.episode));
    set_date(histories[date.policy.value].events, date, drawn_label(date, chances[k], uniform), question.model.clock);
  }
  for (ObservedHistory& each : histories) {
    std::stable_sort(each.events.begin(), each.events.end(), [](DatedEvent const& a, DatedEvent const& b) {
      return std::tie(a.step, a.event.city, a.label) < std::tie(b.step, b.event.city, b.label);
    });
  }
  return histories;
}

}  // namespace hansa
