/// Finds the events of replicates, and looks at each before it is handed out.
#include "io/result_events.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "io/hdf5_read.hpp"
#include "io/result_layout.hpp"

namespace hansa {

namespace {

constexpr char const* event_variables[] = {"event_replicate", "event_policy", "event_city",
                                           "event_time",      "event_kind",   "event_mechanism"};

bool is_abandonment(std::int8_t kind) {
  return kind == static_cast<std::int8_t>(EventKind::abandonment) ||
         kind == static_cast<std::int8_t>(EventKind::replayed_abandonment);
}

bool is_below(std::int32_t number, std::size_t length) {
  return number >= 0 && static_cast<std::size_t>(number) < length;
}

/// What is wrong with a number of the event; nothing where all may be.
std::string fault_of(ResultEvent const& event, std::int8_t kind, EventLimits const& limits) {
  if (!is_below(event.policy, limits.policies)) return fmt::format("is of policy {}", event.policy);
  if (!is_below(event.city, limits.cities)) return fmt::format("is of city {}", event.city);
  if (event.time < limits.start || event.time > limits.end) return fmt::format("is of time {}", event.time);
  if (kind < 0 || kind > static_cast<std::int8_t>(EventKind::pledge)) return fmt::format("is of kind {}", kind);
  bool const fits =
      is_abandonment(kind) ? event.mechanism == no_mechanism : is_below(event.mechanism, limits.mechanisms);
  return fits ? std::string() : fmt::format("is of kind {} and mechanism {}", kind, event.mechanism);
}

/// The six variables of a stretch of events.
struct Stretch {
  std::vector<std::int32_t> replicate, policy, city, time;
  std::vector<std::int8_t> kind;
  std::vector<std::int32_t> mechanism;

  Stretch(hid_t group, std::uint64_t first, std::uint64_t count)
      : replicate(rows<std::int32_t>(group, event_variables[0], first, count)),
        policy(rows<std::int32_t>(group, event_variables[1], first, count)),
        city(rows<std::int32_t>(group, event_variables[2], first, count)),
        time(rows<std::int32_t>(group, event_variables[3], first, count)),
        kind(rows<std::int8_t>(group, event_variables[4], first, count)),
        mechanism(rows<std::int32_t>(group, event_variables[5], first, count)) {}

  template <class T>
  static std::vector<T> rows(hid_t group, std::string const& name, std::uint64_t first, std::uint64_t count) {
    return h5_read_rows<T>(H5Variable(group, name), first, count);
  }
};

}  // namespace

ResultEvents::ResultEvents(hid_t group, std::span<std::int32_t const> status, std::vector<std::int32_t> numbers,
                           Length length)
    : numbers_(std::move(numbers)), begin_{0} {
  H5Variable const counts(group, "event_count");
  if (counts.lengths.size() != 1) h5_refuse("the variable 'event_count' is no list");
  std::vector<std::int32_t> const of_replicates = h5_read_rows<std::int32_t>(counts, 0, status.size());
  for (std::size_t r = 0; r < of_replicates.size(); ++r) {
    std::int32_t const count = of_replicates[r];
    if (status[r] != 0 ? count != no_count : count < 0)
      h5_refuse(fmt::format("counts {} events in replicate {}", count, numbers_[r]));
    begin_.push_back(begin_.back() + static_cast<std::uint64_t>(std::max(count, 0)));
  }
  for (std::string const name : event_variables) {
    H5Variable const found(group, name);
    bool const list = found.lengths.size() == 1 && found.held == Held::whole_numbers;
    if (!list) h5_refuse("the variable '" + name + "' is no list of whole numbers");
    bool const fits = length == Length::exact ? found.lengths[0] == begin_.back() : found.lengths[0] >= begin_.back();
    if (!fits)
      h5_refuse(fmt::format("the variable '{}' has {} events, but replicates have {}", name, found.lengths[0],
                            begin_.back()));
  }
}

std::vector<ResultEvent> ResultEvents::read(hid_t group, EventLimits const& limits, std::size_t first,
                                            std::size_t count) const {
  std::uint64_t const begin = begin_.at(first), end = begin_.at(first + count);
  Stretch const all(group, begin, end - begin);
  std::vector<ResultEvent> events;
  events.reserve(all.kind.size());
  std::size_t r = first;
  for (std::size_t k = 0; k < all.kind.size(); ++k) {
    while (begin + k >= begin_[r + 1]) ++r;
    ResultEvent const event{all.replicate[k], all.policy[k],          all.city[k],
                            all.time[k],      EventKind{all.kind[k]}, all.mechanism[k]};
    std::string fault = fault_of(event, all.kind[k], limits);
    if (event.replicate != numbers_[r]) fault = fmt::format("is of replicate {}", event.replicate);
    auto const place = [](ResultEvent const& of) { return std::tuple(of.time, of.policy, of.city); };
    if (fault.empty() && begin + k > begin_[r] && place(event) < place(events.back()))
      fault = "stands behind a later one";
    if (!fault.empty())
      h5_refuse(fmt::format("event {} of replicate {} {}", begin + k - begin_[r], numbers_[r], fault));
    events.push_back(event);
  }
  return events;
}

}  // namespace hansa
