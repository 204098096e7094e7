/// Counts tasks and shards.
#include "sweep/tasks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenario/tables.hpp"

namespace hansa {

namespace {

/// Whole numbers between colons; nothing if one is none.
std::optional<std::vector<double>> numbers_between_colons(std::string_view text) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t const end = std::min(text.find(':', at), text.size());
    auto const number = parse_integer(text.substr(at, end - at));
    if (!number || *number < 0 || *number > 10'000'000) return std::nullopt;
    numbers.push_back(static_cast<double>(*number));
    at = end + 1;
  }
  return numbers;
}

std::string range_text(std::int64_t first, std::int64_t last) {
  return first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
}

}  // namespace

std::optional<double> parse_time_limit(std::string_view text) {
  constexpr double day = 86400, hour = 3600, minute = 60;
  double days = 0;
  std::size_t const dash = text.find('-');
  bool const has_days = dash != std::string_view::npos;
  if (has_days) {
    auto const number = parse_integer(text.substr(0, dash));
    if (!number || *number < 0 || *number > 10'000) return std::nullopt;
    days = static_cast<double>(*number);
    text.remove_prefix(dash + 1);
  }
  auto const parts = numbers_between_colons(text);
  if (!parts || parts->size() > 3) return std::nullopt;
  std::vector<double> units = {hour, minute, 1};  // after days, hours come first
  if (!has_days && parts->size() < 3) units = {minute, 1};
  double seconds = days * day;
  for (std::size_t k = 0; k < parts->size(); ++k) seconds += (*parts)[k] * units[k];
  if (seconds <= 0) return std::nullopt;
  return seconds;
}

double warning_seconds(double limit) {
  constexpr double usual = 120, share = 0.2;
  return std::floor(std::min(usual, limit * share));
}

TaskPlan plan_tasks(double cpu_seconds, TaskLimits const& limits) {
  constexpr double half_an_hour = 1800, safe = 0.8, most = 1e9;
  double const usable = safe * (limits.seconds - warning_seconds(limits.seconds));
  double const seconds = std::max(0.0, cpu_seconds) / std::max(1, limits.threads);
  auto const of_length = [&](double length) {
    return static_cast<std::int64_t>(std::clamp(std::ceil(seconds / length), 1.0, most));
  };
  TaskPlan plan;
  plan.cpu_seconds = cpu_seconds;
  plan.tasks = limits.tasks.value_or(of_length(std::min(half_an_hour, usable)));
  if (!limits.tasks && plan.tasks > limits.highest_index)
    plan.tasks = std::max(limits.highest_index, of_length(usable));
  plan.seconds = seconds / static_cast<double>(plan.tasks);
  plan.cut_short = plan.seconds > limits.seconds - warning_seconds(limits.seconds);
  return plan;
}

std::vector<std::int64_t> open_shards(SweepState const& state, std::int64_t count, std::set<std::int64_t> const& busy) {
  std::set<std::int64_t> open;
  for (std::size_t k = 0; k < state.blocks.size(); ++k) {
    std::int64_t const shard = static_cast<std::int64_t>(k) % count + 1;
    if (state.blocks[k] != BlockState::finished && busy.count(shard) == 0) open.insert(shard);
  }
  return {open.begin(), open.end()};
}

std::int64_t balanced_shards(SweepState const& state, std::int64_t wanted) {
  constexpr double even = 1.25;
  std::vector<std::int64_t> open;
  for (std::size_t k = 0; k < state.blocks.size(); ++k)
    if (state.blocks[k] != BlockState::finished) open.push_back(static_cast<std::int64_t>(k));
  auto const missing = static_cast<std::int64_t>(open.size());
  wanted = std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(1, missing));
  std::int64_t best = wanted, least = missing + 1;
  for (std::int64_t count = wanted; count <= 2 * wanted; ++count) {
    std::vector<std::int64_t> load(static_cast<std::size_t>(count), 0);
    for (std::int64_t const each : open) ++load[static_cast<std::size_t>(each % count)];
    std::int64_t const most = *std::max_element(load.begin(), load.end());
    if (most < least) {
      least = most;
      best = count;
    }
    if (static_cast<double>(least) <= even * std::ceil(static_cast<double>(missing) / static_cast<double>(wanted)))
      break;
  }
  return best;
}

std::vector<TaskArray> task_arrays(std::vector<std::int64_t> const& shards, std::int64_t highest_index) {
  std::vector<TaskArray> arrays;
  for (std::size_t k = 0; k < shards.size();) {
    std::int64_t const offset = (shards[k] - 1) / highest_index * highest_index;
    TaskArray array{offset, {}, 0};
    while (k < shards.size() && shards[k] - offset <= highest_index) {
      std::size_t const first = k;
      for (++k; k < shards.size() && shards[k] == shards[k - 1] + 1 && shards[k] - offset <= highest_index;) ++k;
      array.indices += (array.indices.empty() ? "" : ",") + range_text(shards[first] - offset, shards[k - 1] - offset);
      array.tasks += k - first;
    }
    arrays.push_back(std::move(array));
  }
  return arrays;
}

}  // namespace hansa
