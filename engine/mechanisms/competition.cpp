/// Competition is exposure by another name.
#include "mechanisms/competition.hpp"

#include "mechanisms/exposure.hpp"
#include "mechanisms/exposure_fields.hpp"

namespace hansa {

constexpr Schema competition_schema{
    .name = "competition",
    .opening = "Competition: pressure from adopters among the cities that compete with a city.",
    .formula = "as exposure, on a network of competitors",
    .source = "Simmons & Elkins 2004; Baybeck, Berry & Siegel 2011",
    .parameters = exposure_fields,
    .observable = true,
};

std::unique_ptr<Term> make_competition(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  return make_exposure(spec, context, complaints);
}

}  // namespace hansa
