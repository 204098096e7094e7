/// Puts events in the file's order, and writes them chunk by chunk.
#include "io/event_variables.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "io/result_layout.hpp"

namespace hansa {

namespace {

void say_of_events(H5Dataset const& variable, std::string const& long_name, std::string const& units = "1") {
  h5_set_text(variable.id(), "long_name", long_name);
  if (!units.empty()) h5_set_text(variable.id(), "units", units);
}

template <class T>
void append_all(std::vector<T>& all, std::vector<T> const& more) {
  all.insert(all.end(), more.begin(), more.end());
}

struct Placed {
  std::uint32_t row;  ///< of the city
  LoggedEvent const* event;
};

/// Events of one policy in one step.
void append_step(std::int64_t replicate, std::size_t policy, std::vector<Placed>& events, EventColumns& packed) {
  auto const by_row = [](Placed const& a, Placed const& b) { return a.row < b.row; };
  if (!std::is_sorted(events.begin(), events.end(), by_row)) std::stable_sort(events.begin(), events.end(), by_row);
  for (Placed const& each : events) {
    packed.replicate.push_back(static_cast<std::int32_t>(replicate));
    packed.policy.push_back(static_cast<std::int32_t>(policy));
    packed.city.push_back(static_cast<std::int32_t>(each.row));
    packed.time.push_back(each.event->time);
    packed.kind.push_back(static_cast<std::int8_t>(each.event->kind));
    packed.mechanism.push_back(each.event->mechanism);
  }
}

/// Appends the first `count` values to a variable, and takes them away.
template <class T>
void move_rows(NetcdfFile& file, H5Dataset const& to, std::uint64_t first, std::size_t count, std::vector<T>& values) {
  file.append<T>(to, first, count, std::span<T const>(values).first(count));
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

std::vector<std::uint32_t> rows_of_cities(Cities const& cities) {
  std::vector<std::uint32_t> rows(cities.size());
  for (std::uint32_t row = 0; row < cities.input_order.size(); ++row) rows[cities.input_order[row]] = row;
  return rows;
}

EventColumns pack_events(History const& history, std::span<std::uint32_t const> row_of_city) {
  EventColumns packed;
  std::vector<std::span<LoggedEvent const>> rest;  // of each policy, by time
  for (PolicyHistory const& each : history.policies) rest.emplace_back(each.events);
  std::vector<Placed> placed;
  for (;;) {
    std::optional<std::int32_t> now;
    for (auto const& events : rest)
      if (!events.empty() && (!now || events.front().time < *now)) now = events.front().time;
    if (!now) return packed;
    for (std::size_t p = 0; p < rest.size(); ++p) {
      auto const of_now = [&](LoggedEvent const& each) { return each.time == *now; };
      auto const count = std::find_if_not(rest[p].begin(), rest[p].end(), of_now) - rest[p].begin();
      placed.clear();
      for (LoggedEvent const& each : rest[p].first(static_cast<std::size_t>(count)))
        placed.push_back({row_of_city[each.city], &each});
      rest[p] = rest[p].subspan(static_cast<std::size_t>(count));
      append_step(history.replicate, p, placed, packed);
    }
  }
}

void EventVariables::add(EventColumns const& events, std::string const& failure) {
  append_all(waiting_.replicate, events.replicate);
  append_all(waiting_.policy, events.policy);
  append_all(waiting_.city, events.city);
  append_all(waiting_.time, events.time);
  append_all(waiting_.kind, events.kind);
  append_all(waiting_.mechanism, events.mechanism);
  put_ += events.size();
  ends_.push_back(put_);
  count_.values.push_back(failure.empty() ? static_cast<std::int32_t>(events.size()) : no_count);
}

std::uint64_t EventVariables::bytes() const noexcept {
  constexpr std::uint64_t of_event = 5 * sizeof(std::int32_t) + sizeof(std::int8_t);
  return of_event * waiting_.size() + sizeof(std::int32_t) * count_.values.size();
}

void EventVariables::make(NetcdfFile& file) {
  made_ = true;
  chunk_ = std::clamp(waiting_.size(), least_of_chunk, most_of_chunk);
  event_ = file.growing_dimension("event", chunk_);
  Storage const storage{{chunk_}};
  auto const number = [&](std::string const& name, std::optional<std::int32_t> fill, std::string const& long_name,
                          std::string const& units = "1") {
    H5Dataset made = file.variable<std::int32_t>(name, {"event"}, fill, storage);
    say_of_events(made, long_name, units);
    return made;
  };
  replicate_ = number("event_replicate", std::nullopt, "number of the replicate");
  policy_ = number("event_policy", std::nullopt, "number of the policy along `policy`, from 0");
  city_ = number("event_city", std::nullopt, "number of the city along `city`, from 0");
  time_ = number("event_time", std::nullopt, "step in which it happened", unit_);
  kind_ = file.variable<std::int8_t>("event_kind", {"event"}, std::nullopt, storage);
  say_of_events(kind_, "what happened", "");
  h5_set_numbers<std::int8_t>(kind_.id(), "flag_values", std::vector<std::int8_t>{0, 1, 2, 3, 4, 5, 6});
  h5_set_text(kind_.id(), "flag_meanings", "adoption abandonment seed mandate replay replayed_abandonment pledge");
  mechanism_ =
      number("event_mechanism", no_mechanism,
             "number along `mechanism`, from 0, of the one with the largest share of the adoption; missing: an "
             "abandonment");
  count_.variable =
      file.variable<std::int32_t>("event_count", {"replicate"}, no_count, {{static_cast<hsize_t>(block_)}});
  say_of_events(count_.variable, "number of events of the replicate");
}

void EventVariables::write_rows(NetcdfFile& file, std::size_t count) {
  if (count == 0) return;
  move_rows(file, replicate_, written_, count, waiting_.replicate);
  move_rows(file, policy_, written_, count, waiting_.policy);
  move_rows(file, city_, written_, count, waiting_.city);
  move_rows(file, time_, written_, count, waiting_.time);
  move_rows(file, kind_, written_, count, waiting_.kind);
  move_rows(file, mechanism_, written_, count, waiting_.mechanism);
  written_ += count;
  file.extend(event_, written_);
}

void EventVariables::write(NetcdfFile& file) {
  if (!made_) make(file);
  write_rows(file, fills() * chunk_);
  auto const cut = std::upper_bound(ends_.begin(), ends_.end(), written_);
  whole_ += cut - ends_.begin();
  ends_.erase(ends_.begin(), cut);
}

void EventVariables::write_block(NetcdfFile& file, std::int64_t first, std::int64_t more, Rest rest) {
  write(file);
  if (rest == Rest::too) {
    write_rows(file, waiting_.size());
    whole_ += static_cast<std::int64_t>(ends_.size());
    ends_.clear();
  }
  count_.write(file, first, more);
}

void EventVariables::close() {
  for (H5Dataset* each : {&event_, &replicate_, &policy_, &city_, &time_, &kind_, &mechanism_, &count_.variable})
    each->close("cannot close a variable");
}

}  // namespace hansa
