/// Reads interventions that change collaborations and networks.
#pragma once

#include "scenario/reader.hpp"

namespace hansa {

// Each from its own item, the parameters of the whole intervention, and the networks of the scenario.
[[nodiscard]] ActSpec read_join(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading);
[[nodiscard]] ActSpec read_leave(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading);
[[nodiscard]] ActSpec read_dissolve(Item const& item, Parameters const& read, Scenario const& scenario,
                                    Reading& reading);
[[nodiscard]] ActSpec read_add_ties(Item const& item, Parameters const& read, Scenario const& scenario,
                                    Reading& reading);
[[nodiscard]] ActSpec read_remove_ties(Item const& item, Parameters const& read, Scenario const& scenario,
                                       Reading& reading);

}  // namespace hansa
