/// Asks every country about every law at the end of every step.
#include "reference/laws.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa::reference {

Laws::Laws(Scenario const& scenario, World const& world, PolicySpec const& policy, std::int64_t replicate)
    : scenario_(scenario), world_(world), policy_(policy), replicate_(replicate) {
  bool const any = std::any_of(policy.mechanisms.begin(), policy.mechanisms.end(),
                               [](MechanismSpec const& each) { return each.kind == "national"; });
  if (any) countries_ = world.cities.text("country")->labels;
}

std::string Laws::country_of(Index city) const {
  TextColumn const* const column = world_.cities.text("country");
  bool const known = column != nullptr && column->code[city] >= 0;
  return known ? column->labels[static_cast<std::size_t>(column->code[city])] : std::string();
}

double Laws::number(MechanismSpec const& mechanism, std::string const& name, std::string const& country) const {
  auto const& given = std::get<NumberOrAttribute>(mechanism.parameters.value(name));
  if (auto const* plain = std::get_if<double>(&given)) return *plain;
  auto const at = std::find(countries_.begin(), countries_.end(), country) - countries_.begin();
  return world_.countries.numbers.at(std::get<Reference>(given).name)[static_cast<std::size_t>(at)];
}

double Laws::share(std::string const& country, Standing const& standing) const {
  int all = 0, adopters = 0;
  for (Index city = 0; city < world_.cities.size(); ++city) {
    if (country_of(city) != country) continue;
    all += 1;
    adopters += standing.adopted[city] ? 1 : 0;
  }
  return static_cast<double>(adopters) / all;
}

std::map<std::string, int> Laws::end(PolicySpec const& now, std::int32_t t, Standing const& standing) {
  for (MechanismSpec const& each : now.mechanisms) {
    if (each.kind != "national" || each.file) continue;
    for (std::string const& country : countries_) {
      Key const key{each.name, country};
      if (enacted_.count(key) > 0) continue;
      double const adopted = share(country, standing);
      auto const enact = [&] {
        enacted_[key] = t;
        delay_[key] = static_cast<std::int32_t>(number(each, "delay", country));
      };
      if (each.parameters.has("enact.share")) {
        if (adopted >= number(each, "enact.share", country)) enact();
        continue;
      }
      if (t < scenario_.clock.start) continue;
      accumulated_[key] +=
          number(each, "enact.hazard.base", country) + number(each, "enact.hazard.share", country) * adopted;
      std::uint64_t const stream =
          make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::law, hash_id(policy_.name));
      std::uint64_t const who = hash_id(country);
      double resistance = 0;
      draw_exponential(stream, std::span(&who, 1), 0, std::span(&resistance, 1));
      if (accumulated_[key] > 0 && accumulated_[key] >= resistance) enact();
    }
  }
  return met(t);
}

std::optional<std::int32_t> Laws::start_of(MechanismSpec const& mechanism, std::string const& country) const {
  if (mechanism.file) {
    for (LawRecords const& records : world_.laws) {
      if (records.policy != policy_.name || records.mechanism != mechanism.name) continue;
      for (DatedLaw const& law : records.laws)
        if (countries_[static_cast<std::size_t>(law.country)] == country) return law.from;
    }
    return std::nullopt;
  }
  auto const found = enacted_.find({mechanism.name, country});
  if (found == enacted_.end()) return std::nullopt;
  return found->second + 1 + delay_.at(found->first);
}

bool Laws::in_force(MechanismSpec const& mechanism, Index city, std::int32_t t) const {
  std::string const country = country_of(city);
  if (country.empty()) return false;
  auto const start = start_of(mechanism, country);
  return start && *start <= t;
}

bool Laws::bars(Index city, std::int32_t t) const {
  return std::any_of(policy_.mechanisms.begin(), policy_.mechanisms.end(), [&](MechanismSpec const& each) {
    return each.kind == "national" && each.parameters.text("kind") == "preempt" && in_force(each, city, t);
  });
}

bool Laws::binds(Index city, std::int32_t t) const {
  return !mandates(policy_, city, t).empty();
}

std::vector<std::pair<std::string, double>> Laws::mandates(PolicySpec const& now, Index city, std::int32_t t) const {
  std::vector<std::pair<std::string, double>> all;
  for (MechanismSpec const& each : now.mechanisms) {
    if (each.kind != "national" || each.parameters.text("kind") != "mandate" || !in_force(each, city, t)) continue;
    double const chance = number(each, "compliance", country_of(city));
    all.emplace_back(each.name, chance < 1 ? -flat::log1p(-chance) : 64.0);
  }
  return all;
}

std::optional<std::string> Laws::complied_with(PolicySpec const& now, Index city, std::int32_t t) const {
  for (MechanismSpec const& each : now.mechanisms) {
    if (each.kind != "national" || each.parameters.text("kind") != "mandate" || !in_force(each, city, t)) continue;
    std::uint64_t const key = make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::compliance,
                                       hash_id("policies." + policy_.name + ".mechanisms." + each.name));
    auto const step = static_cast<std::uint32_t>(t - scenario_.clock.start + 1);
    if (draw_uniform(key, hash_id(world_.cities.id[city]), step) < number(each, "compliance", country_of(city)))
      return each.name;
  }
  return std::nullopt;
}

std::map<std::string, int> Laws::met(std::int32_t t) const {
  std::map<std::string, int> times;
  for (MechanismSpec const& each : policy_.mechanisms) {
    if (each.kind != "national") continue;
    std::string const trigger = each.file ? "file" : each.parameters.has("enact.share") ? "share" : "hazard";
    for (std::string const& country : countries_) {
      auto const start = start_of(each, country);
      times[each.parameters.text("kind") + " " + trigger] += start && *start <= t ? 1 : 0;
    }
  }
  return times;
}

}  // namespace hansa::reference
