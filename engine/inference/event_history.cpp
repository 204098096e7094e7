/// Maximum likelihood of discrete-time event history.
#include "inference/event_history.hpp"

#include "base/flat_math.hpp"

namespace hansa {

double EventHistoryFit::aic() const noexcept {
  return 2 * static_cast<double>(parameters) - 2 * log_likelihood;
}
double EventHistoryFit::bic() const noexcept {
  return static_cast<double>(parameters) * flat::log(static_cast<double>(rows)) - 2 * log_likelihood;
}

}  // namespace hansa
