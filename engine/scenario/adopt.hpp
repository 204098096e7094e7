/// Estimates put in the place of a scenario's own numbers.
#pragma once

#include <span>
#include <string>

#include "base/error.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// A number with the dotted path that it belongs to; an item of a list is written policies.led.trend.polynomial[0].
struct PathValue {
  std::string path;
  double value;
};

/// Sets the values in the draft, as `--set` would: unknown policies and mechanisms are complained of, other unknown
/// keys by validation. A trend takes the form that its paths name, whatever form it had. `sources` say of each path
/// that it is `fitted`. What one of `settings` ("path=value") sets, or a part of it, is left alone: they are applied
/// later, and win. A setting within a trend stands for all of it, but that of one period leaves the other periods.
/// `where`: of all complaints, the file that the values are from.
void adopt(ScenarioDraft& draft, std::span<PathValue const> values, std::span<std::string const> settings,
           Place const& where, Complaints& complaints);

}  // namespace hansa
