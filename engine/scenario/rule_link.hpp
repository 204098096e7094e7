/// The link by which a policy's rule is fitted.
#pragma once

#include <optional>

#include "scenario/scenario.hpp"

namespace hansa {

/// Nothing for rules that only simulate: they have no likelihood that is fitted.
[[nodiscard]] constexpr std::optional<FitLink> link_of(Rule rule) noexcept {
  switch (rule) {
    case Rule::logit:
      return FitLink::logit;
    case Rule::cloglog:
      return FitLink::cloglog;
    case Rule::additive:
      return FitLink::additive;
    case Rule::linear:
    case Rule::cascade:
    case Rule::threshold:
      break;
  }
  return std::nullopt;
}

}  // namespace hansa
