/// The way from a path to the number that it means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/reader.hpp"
#include "scenario/set_spec.hpp"

namespace hansa {

/// A number that a path leads to, and the field with its range.
struct SetTarget {
  NumberAt at;
  Field const* field = nullptr;
};

/// One path of a set, followed through a checked scenario. All outlive it.
class SetPath {
 public:
  SetPath(Item const& entry, std::vector<std::string> keys, Scenario const& scenario, Reading& reading)
      : entry_(entry), keys_(std::move(keys)), scenario_(scenario), reading_(reading) {}

  /// The number at its end; nothing after a complaint, or where that would be another's fault.
  std::optional<SetTarget> find();
  /// Whose number it is; null: no policy's.
  [[nodiscard]] PolicySpec const* policy() const noexcept { return policy_; }

 private:
  using Known = std::vector<std::string_view>;
  /// What to do instead of setting numbers that are nothing for a date.
  struct Instead {
    std::string_view key;
    std::string_view mend;
  };

  std::nullopt_t miss(std::string_view stuck, Known known);
  std::nullopt_t refuse_path(std::string_view mend);
  std::nullopt_t refuse_outside(std::string const& key, std::span<Field const> fields, std::span<Instead const> all);
  std::nullopt_t refuse_depth();
  /// Whether the keys from `first` on lead to a number of `table`; its keys are those of `at` then.
  std::optional<SetTarget> in_section(std::span<Field const> table, std::size_t first, NumberAt at);

  std::optional<SetTarget> of_policy();
  std::optional<SetTarget> baseline();
  std::optional<SetTarget> attribute();
  std::optional<SetTarget> coefficient(std::string last, std::string_view list);
  std::optional<SetTarget> trend();
  std::optional<SetTarget> period(std::string const& key);
  std::optional<SetTarget> frailty();
  std::optional<SetTarget> mechanism();
  std::optional<SetTarget> strength(MechanismSpec const& mechanism);
  std::optional<SetTarget> strength_by(MechanismSpec const& mechanism);
  std::optional<SetTarget> parameter(MechanismSpec const& mechanism);
  std::optional<SetTarget> cost();
  std::optional<SetTarget> abandonment();
  std::optional<SetTarget> merit();

  std::optional<SetTarget> of_cities();
  std::optional<SetTarget> of_networks();
  std::optional<SetTarget> of_collaborations();
  std::optional<SetTarget> of_resources();

  Item const& entry_;
  std::vector<std::string> keys_;
  Scenario const& scenario_;
  Reading& reading_;
  PolicySpec const* policy_ = nullptr;
};

}  // namespace hansa
