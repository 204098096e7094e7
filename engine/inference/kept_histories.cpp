/// Histories of a result file, by the scenario's own order.
#include "inference/kept_histories.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace hansa {

namespace {

/// Position of every canonical city in the file.
std::vector<std::size_t> positions(ResultReader const& reader, World const& world) {
  std::vector<std::size_t> at(world.cities.size(), ~std::size_t{0});
  std::vector<std::string> const& ids = reader.cities();
  for (std::size_t k = 0; k < ids.size(); ++k) {
    if (auto const city = world.cities.find(ids[k])) at[*city] = k;
  }
  return at;
}

/// The logs of events, by the order of the scenario: replicate, then policy in the file's order.
class KeptEvents {
 public:
  KeptEvents(ResultReader const& reader, std::int64_t first, std::int64_t count, std::vector<std::size_t> const& at)
      : policies_(reader.policies().size()), logs_(static_cast<std::size_t>(count) * policies_) {
    if (!reader.has("event_count")) return;
    std::vector<Index> city(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) city[at[i]] = static_cast<Index>(i);
    std::vector<double> const numbers = reader.values("replicate", first, count);
    std::size_t r = 0;
    for (ResultEvent const& each : reader.events(first, count)) {
      while (numbers[r] != each.replicate) ++r;
      logs_[r * policies_ + static_cast<std::size_t>(each.policy)].push_back(
          {each.time, city[static_cast<std::size_t>(each.city)], each.mechanism, each.kind});
    }
    for (std::vector<LoggedEvent>& log : logs_)
      std::stable_sort(log.begin(), log.end(), [](LoggedEvent const& a, LoggedEvent const& b) {
        return a.time != b.time ? a.time < b.time : a.city < b.city;
      });
  }
  [[nodiscard]] std::vector<LoggedEvent>& of(std::size_t replicate, std::size_t policy) {
    return logs_[replicate * policies_ + policy];
  }

 private:
  std::size_t policies_;
  std::vector<std::vector<LoggedEvent>> logs_;
};

}  // namespace

void check_kept(ResultReader const& reader, Scenario const& scenario, World const& world) {
  Place const file{reader.file().string(), 0, 0};
  std::string const mend = "give a result of this scenario";
  require(reader.has("adoption_time"), "it keeps no histories", file, "run with output: {histories: true}");
  std::vector<std::string> policies;
  for (PolicySpec const& each : scenario.policies) policies.push_back(each.name);
  std::vector<std::string> kept = reader.policies();
  std::sort(kept.begin(), kept.end());
  require(kept == policies, "it is of other policies", file, mend);
  std::vector<std::size_t> const at = positions(reader, world);
  bool const all = reader.cities().size() == at.size() && std::find(at.begin(), at.end(), ~std::size_t{0}) == at.end();
  require(all, "it is of other cities", file, mend);
  std::vector<std::int32_t> const& time = reader.time();
  bool const same = !time.empty() && time.front() == scenario.clock.start && time.back() == scenario.clock.end;
  require(same, "it is of other steps", file, mend);
}

std::vector<std::vector<ObservedHistory>> kept_histories(ResultReader const& reader, std::int64_t first,
                                                         std::int64_t count, Scenario const& scenario,
                                                         World const& world) {
  std::vector<std::size_t> const at = positions(reader, world);
  std::vector<std::int32_t> const times = reader.adoption_time(first, count);
  std::vector<std::int32_t> const failed = reader.status(first, count);
  std::vector<double> left;
  if (reader.has("abandonments")) left = reader.values("abandonments", first, count);
  KeptEvents logged(reader, first, count, at);
  std::vector<std::string> const& names = reader.policies();
  std::size_t const cities = at.size();
  std::vector<std::vector<ObservedHistory>> histories;
  for (std::size_t r = 0; r < failed.size(); ++r) {
    if (failed[r] != 0) continue;
    std::vector<ObservedHistory>& replicate = histories.emplace_back();
    for (PolicySpec const& policy : scenario.policies) {
      auto const p = static_cast<std::size_t>(std::find(names.begin(), names.end(), policy.name) - names.begin());
      PolicyHistory history;
      for (std::size_t i = 0; i < cities; ++i) {
        std::size_t const k = (r * names.size() + p) * cities + at[i];
        history.adoption_time.push_back(times[k]);
        if (!left.empty()) history.abandonments.push_back(static_cast<std::int16_t>(std::max(left[k], 0.0)));
      }
      history.events = std::move(logged.of(r, p));
      replicate.push_back(simulated_history(history, scenario.clock));
    }
  }
  return histories;
}

}  // namespace hansa
