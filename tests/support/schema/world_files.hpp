/// Made-up data files of cities, panels, countries, ties and memberships.
#pragma once

#include <string>

#include "support/schema/author.hpp"

namespace hansa::test {

/// Tells the ground which cities there are and what is known of them.
void write_cities(Author& author);
void generate_cities(Author& author, bool globe, bool placed);
void write_panel(Author& author);
void write_countries(Author& author);
/// Ties, some with weights, some with dates: up to five a city for the network in hand, fewer for an intervention.
enum class Spread { thin, wide };
void write_ties(Author& author, std::string const& file, Spread spread);
void write_members(Author& author);

}  // namespace hansa::test
