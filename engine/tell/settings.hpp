/// Every setting of a scenario, written or default: a walk over the field tables, so that none can be forgotten.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "scenario/path.hpp"

namespace hansa {

/// Who a setting is from.
enum class Given { written, standard, absent };

struct Setting {
  std::string path;  ///< as for `--set`: policies.led.baseline
  std::string
      value;  ///< as it would be written on one line; of a default, the words of its meaning where it has no value
  Given given;
  Field const* field;  ///< of the format; outlives the setting
};

/// The settings of a draft that was validated, in the order of the field tables; entries named by the user by name.
/// What cannot apply is left out: the other ways to say the same, and what goes only with another rule.
[[nodiscard]] std::vector<Setting> settings_of(Node const& root, std::span<Schema const* const> mechanisms);

/// What holds where a field is not written: its default, or the words for it in its meaning; empty: none.
[[nodiscard]] std::string_view default_of(Field const& field);

/// The meaning of a field without what it says of its default.
[[nodiscard]] std::string meaning_of(Field const& field);

/// A value on one line, in flow style.
[[nodiscard]] std::string flow_text(Node const& node);

}  // namespace hansa
