/// Counts adopters by country, and enacts.
#include "mechanisms/enactment.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/names.hpp"
#include "base/random.hpp"
#include "model/phases.hpp"

namespace hansa {

namespace {

std::vector<double> const* find_attribute(MechanismSpec const& spec, Reference const& name, TermContext const& context,
                                          Complaints& complaints) {
  auto const& numbers = context.world.countries.numbers;
  auto const found = numbers.find(name.name);
  if (found != numbers.end()) return &found->second;
  if (numbers.empty()) {
    complaints.add(fmt::format("'{}' has '{}' of each country, and countries have no attributes", spec.name, name.name),
                   name.where, "countries: {file: …} with a column of that name was expected");
    return nullptr;
  }
  std::vector<std::string_view> known;
  for (auto const& [each, values] : numbers) known.push_back(each);
  complaints.add(fmt::format("countries have no number '{}'", name.name), name.where,
                 expected_one_of(name.name, known));
  return nullptr;
}

/// Whole numbers, of steps.
std::optional<std::vector<std::int32_t>> delays_of(MechanismSpec const& spec, TermContext const& context,
                                                   Complaints& complaints) {
  auto const numbers = numbers_of_countries(spec, "delay", 32000, context, complaints);
  if (!numbers) return std::nullopt;
  auto const broken =
      std::find_if(numbers->begin(), numbers->end(), [](double each) { return each != std::floor(each); });
  if (broken == numbers->end()) return std::vector<std::int32_t>(numbers->begin(), numbers->end());
  complaints.add(fmt::format("the delay of '{}' is {}", spec.name, *broken), spec.parameters.place("delay"),
                 "a whole number of steps was expected");
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<double>> numbers_of_countries(MechanismSpec const& spec, std::string_view name,
                                                        double highest, TermContext const& context,
                                                        Complaints& complaints) {
  std::vector<std::string> const& countries = context.world.cities.text("country")->labels;
  auto const& given = std::get<NumberOrAttribute>(spec.parameters.value(name));
  if (auto const* number = std::get_if<double>(&given)) return std::vector<double>(countries.size(), *number);
  Reference const& attribute = std::get<Reference>(given);
  std::vector<double> const* const numbers = find_attribute(spec, attribute, context, complaints);
  if (numbers == nullptr) return std::nullopt;
  for (std::size_t c = 0; c < countries.size(); ++c) {
    double const each = (*numbers)[c];
    if (each >= 0 && each <= highest) continue;
    if (std::isnan(each))
      complaints.add(fmt::format("country '{}' has no '{}'", countries[c], attribute.name), attribute.where,
                     "a number for each country that has a city was expected");
    else
      complaints.add(fmt::format("'{}' of country '{}' is {}", attribute.name, countries[c], each), attribute.where,
                     highest < infinity ? fmt::format("a number from 0 to {} was expected", highest)
                                        : std::string("a number of at least 0 was expected"));
    return std::nullopt;
  }
  return *numbers;
}

std::optional<Enactment> Enactment::make(MechanismSpec const& spec, TermContext const& context,
                                         Complaints& complaints) {
  std::size_t const before = complaints.size();
  TextColumn const* const column =
      require_text(context.world.cities, {"country", spec.where}, "a national law", complaints);
  if (column == nullptr) return std::nullopt;
  Enactment made;
  Parameters const& given = spec.parameters;
  made.policy_ = hash_id(context.policy.name);
  made.country_ = column->code;
  made.cities_.resize(column->labels.size());
  made.size_.resize(column->labels.size());
  for (Index city = 0; city < column->code.size(); ++city) {
    if (column->code[city] < 0) continue;
    auto const country = static_cast<std::size_t>(column->code[city]);
    made.cities_[country].push_back(city);
    made.size_[country] += context.knows(city) ? 1 : 0;
  }
  made.counts_.assign(context.known.begin(), context.known.end());
  for (std::string const& label : column->labels) made.hash_.push_back(hash_id(label));
  if (std::set<std::uint64_t>(made.hash_.begin(), made.hash_.end()).size() != made.hash_.size())
    complaints.add("two countries have the same hash", spec.where, "rename one of them");
  if (given.has("enact.file")) {
    made.by_ = By::file;
    made.from_.assign(column->labels.size(), never_in_force);
    LawRecords const* const records = context.world.law(context.policy.name, spec.name);
    if (records == nullptr) return std::nullopt;  // complained of
    for (DatedLaw const& law : records->laws)
      made.from_[static_cast<std::size_t>(law.country)] = std::max(law.from - context.clock.start + 1, 1);
  } else if (!given.has("enact.share")) {
    made.by_ = By::hazard;
  }
  made.conditions_.push_back(conditions_of(spec, made.by_, context, complaints));
  if (complaints.size() == before) made.follow_dates(spec, context, complaints);
  if (complaints.size() != before) return std::nullopt;
  return made;
}

Enactment::Conditions Enactment::conditions_of(MechanismSpec const& spec, By by, TermContext const& context,
                                               Complaints& complaints) {
  auto const numbers = [&](std::string_view name, double highest) {
    return numbers_of_countries(spec, name, highest, context, complaints).value_or(std::vector<double>());
  };
  Conditions made;
  if (by == By::share) made.share = numbers("enact.share", 1);
  if (by == By::hazard) made.base = numbers("enact.hazard.base", infinity);
  if (by == By::hazard) made.slope = numbers("enact.hazard.share", infinity);
  made.delay = delays_of(spec, context, complaints).value_or(std::vector<std::int32_t>());
  return made;
}

void Enactment::follow_dates(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  if (context.phases == nullptr || by_ == By::file) return;
  for (Phase const& phase : *context.phases) {
    for (MechanismSpec const& each : phase.spec.mechanisms) {
      if (each.name != spec.name) continue;
      Conditions now = conditions_of(each, by_, context, complaints);
      now.step = phase.step;
      Conditions const& last = conditions_.back();
      bool const same =
          now.share == last.share && now.base == last.base && now.slope == last.slope && now.delay == last.delay;
      if (!same) conditions_.push_back(std::move(now));
    }
  }
}

Enactment::Conditions const& Enactment::in(std::int32_t step) const noexcept {
  auto found = conditions_.begin();
  while (found + 1 != conditions_.end() && (found + 1)->step <= step) ++found;
  return *found;
}

void Enactment::reset(State& state, Outset const& outset) const {
  std::size_t const countries = size_.size();
  state.adopters.assign(countries, 0);
  state.in_force.assign(countries, 0);
  state.from.assign(countries, never_in_force);
  if (by_ == By::file) state.from = from_;
  if (by_ != By::hazard) return;
  state.accumulated.assign(countries, 0);
  state.resistance.resize(countries);
  draw_exponential(make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), Purpose::law, policy_), hash_, 0,
                   state.resistance);
}

void Enactment::apply(State& state, std::span<Event const> events) const noexcept {
  if (by_ == By::file) return;
  for (Event const& event : events) {
    bool const counts = country_[event.city] >= 0 && (counts_.empty() || counts_[event.city] != 0);
    if (counts) state.adopters[static_cast<std::size_t>(country_[event.city])] += event.sign;
  }
}

/// At the end of `step`. A country of which nothing is known enacts by no share.
bool Enactment::enacts(State& state, Conditions const& now, std::size_t country, std::int32_t step) const noexcept {
  double const share =
      size_[country] > 0 ? static_cast<double>(state.adopters[country]) / static_cast<double>(size_[country]) : 0;
  if (by_ == By::share) return size_[country] > 0 && share >= now.share[country];
  if (step == 0) return false;
  double& accumulated = state.accumulated[country];
  accumulated += now.base[country] + now.slope[country] * share;
  return accumulated > 0 && accumulated >= state.resistance[country];
}

void Enactment::advance(State& state, std::int32_t step, Touched& touched) const {
  Conditions const& now = in(step);
  for (std::size_t country = 0; country < size_.size(); ++country) {
    if (state.in_force[country] != 0) continue;
    std::int32_t& from = state.from[country];
    if (by_ != By::file && from == never_in_force && enacts(state, now, country, step))
      from = step + 1 + now.delay[country];
    if (from > step + 1) continue;
    state.in_force[country] = 1;
    for (Index const city : cities_[country]) touched.add(city);
  }
}

}  // namespace hansa
