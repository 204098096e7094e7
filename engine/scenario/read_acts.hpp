/// The readers of interventions that last: what they do, and to whom.
#pragma once

#include "scenario/reader.hpp"

namespace hansa {

/// `item`: the act's own map; `read`: the parameters of the whole intervention; `scenario`: its clock and policies.
[[nodiscard]] ActSpec read_push(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading);
[[nodiscard]] ActSpec read_campaign(Item const& item, Parameters const& read, Scenario const& scenario,
                                    Reading& reading);
[[nodiscard]] ActSpec read_mandate(Item const& item, Parameters const& read, Scenario const& scenario,
                                   Reading& reading);

[[nodiscard]] ActSpec read_subsidy(Item const& item, Parameters const& read, Scenario const& scenario,
                                   Reading& reading);

/// Nobody decides on a policy while its data are replayed: warns where the intervention ends with them.
void warn_of_replay(Parameters const& read, Reference const& policy, Scenario const& scenario, Reading& reading);

}  // namespace hansa
