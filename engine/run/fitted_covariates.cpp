/// Covariates of a run from a fit that are not those of the fit.
#include "run/fitted_covariates.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenario/draft.hpp"
#include "scenario/value_words.hpp"

namespace hansa {

namespace {

constexpr char const* mend = "an estimate says something of the covariate that was fitted, and of no other";

template <class Named>
Named const* named(std::vector<Named> const& all, std::string const& name) {
  auto const found = std::find_if(all.begin(), all.end(), [&](Named const& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// What estimates are of, by the paths that they replace.
struct Used {
  std::set<std::pair<std::string, std::string>> mechanisms;  // policy, name
  std::set<std::string> attributes;                          // named in the paths themselves
  std::set<std::string> trends;                              // policies
};

Used used_by(std::vector<Estimates> const& fits, Place const& where) {
  Used used;
  for (Estimates const& fit : fits) {
    for (auto const& paths : fit.paths) {
      for (std::string const& path : paths) {
        std::vector<std::string> const keys = split_path(path, where);
        if (keys.size() < 4 || keys[0] != "policies") continue;
        if (keys[2] == "mechanisms") used.mechanisms.emplace(keys[1], keys[3]);
        if (keys[2] == "mechanisms" && keys.size() == 6 && keys[4] == "strength_by") used.attributes.insert(keys[5]);
        if (keys[2] == "attributes") used.attributes.insert(keys[3]);
        if (keys[2] == "trend" && !keys[3].starts_with("periods") && keys[3] != "log_time") used.trends.insert(keys[1]);
      }
    }
  }
  return used;
}

/// Calls `see(field, name)` for each parameter, `name` being that in Parameters.
template <class See>
void for_each_parameter(std::span<Field const> fields, std::string const& before, See const& see) {
  for (Field const& field : fields) {
    std::string const name = before + std::string(field.name);
    if (field.kind == Kind::section)
      for_each_parameter(field.inside, name + ".", see);
    else
      see(field, name);
  }
}

/// Names of a world's parts, as those of digests.
std::vector<std::string> inputs_in(Field const& field, Value const& value, std::string_view mechanism) {
  switch (field.kind) {
    case Kind::network:
      return {"networks." + std::get<Reference>(value).name};
    case Kind::attribute:
      return {"attributes." + std::get<Reference>(value).name};
    case Kind::number_or_attribute: {
      auto const* const name = std::get_if<Reference>(&std::get<NumberOrAttribute>(value));
      std::string const of = mechanism == "national" ? "countries." : "attributes.";
      return name != nullptr ? std::vector<std::string>{of + name->name} : std::vector<std::string>{};
    }
    case Kind::attributes:
    case Kind::collaborations: {
      std::vector<std::string> names;
      for (Reference const& each : std::get<std::vector<Reference>>(value))
        names.push_back((field.kind == Kind::attributes ? "attributes." : "collaborations.") + each.name);
      return names;
    }
    case Kind::pool: {
      Pool const& pool = std::get<Pool>(value);
      if (pool.of == Pool::Of::all) return {};
      if (pool.of == Pool::Of::country) return {"attributes.country"};
      return {(pool.of == Pool::Of::attribute ? "attributes."
               : pool.of == Pool::Of::network ? "networks."
                                              : "collaborations.") +
              pool.name.name};
    }
    default:
      return {};
  }
}

class CovariateWarnings {
 public:
  CovariateWarnings(FittedAndRun const& both, std::span<Schema const* const> mechanisms, Place const& where,
                    Complaints& complaints)
      : both_(both), mechanisms_(mechanisms), where_(where), complaints_(complaints) {}

  void warn_of(Used const& used) {
    for (std::string const& attribute : used.attributes) inputs_.insert("attributes." + attribute);
    for (auto const& [policy, mechanism] : used.mechanisms) compare_mechanism(policy, mechanism);
    if (both_.fitted.clock.start != both_.run.clock.start) {
      for (std::string const& policy : used.trends)
        warn(fmt::format("time starts in {}, and the trend of policy '{}' was fitted with time from {} on",
                         both_.run.clock.start, policy, both_.fitted.clock.start));
    }
    compare_inputs();
  }

 private:
  void warn(std::string problem, char const* what = mend) { complaints_.warn(std::move(problem), where_, what); }

  [[nodiscard]] static MechanismSpec const* find(Scenario const& scenario, std::string const& policy,
                                                 std::string const& mechanism) {
    PolicySpec const* const spec = named(scenario.policies, policy);
    return spec == nullptr ? nullptr : named(spec->mechanisms, mechanism);
  }

  void compare_mechanism(std::string const& policy, std::string const& name) {
    MechanismSpec const* const fitted = find(both_.fitted, policy, name);
    MechanismSpec const* const run = find(both_.run, policy, name);
    if (fitted == nullptr || run == nullptr) return;
    if (fitted->kind != run->kind)
      return warn(fmt::format("mechanism '{}' of policy '{}' is of kind {}, and was fitted as one of kind {}", name,
                              policy, run->kind, fitted->kind));
    auto const schema = std::find_if(mechanisms_.begin(), mechanisms_.end(),
                                     [&](Schema const* each) { return each->name == run->kind; });
    if (schema == mechanisms_.end()) return;
    std::vector<std::string> others;
    for_each_parameter((*schema)->parameters, "", [&](Field const& field, std::string const& parameter) {
      std::string const then = words(*fitted, parameter), now = words(*run, parameter);
      if (then != now) others.push_back(fmt::format("{} is {} ({} in the fit)", parameter, now, then));
      if (then == now && run->parameters.has(parameter))
        for (std::string const& each : inputs_in(field, run->parameters.value(parameter), run->kind))
          inputs_.insert(each);
    });
    if (run->kind == "national") inputs_.insert("attributes.country");
    if (run->file && fitted->file) inputs_.insert("laws." + policy + "." + name);
    if (!others.empty())
      warn(fmt::format("mechanism '{}' of policy '{}' is not that of the fit: {}", name, policy,
                       fmt::join(others, ", ")));
  }

  [[nodiscard]] static std::string words(MechanismSpec const& spec, std::string const& parameter) {
    return spec.parameters.has(parameter) ? value_words(spec.parameters.value(parameter)) : "none";
  }

  void compare_inputs() {
    if (both_.fitted_inputs.empty())
      return warn(
          "an older version wrote the file, which tells neither whether networks and attributes are those of the fit, "
          "nor which groups of fixed effects have no estimate",
          "fit again, or be sure of it");
    if (differs("cities"))
      return warn("the cities are not those of the fit, so that networks and attributes are not either");
    std::vector<std::string> unknown;
    for (std::string const& name : inputs_) {
      if (!differs(name)) continue;
      if (!is_comparable(name)) {
        unknown.push_back("'" + name + "'");
        continue;
      }
      warn(fmt::format("'{}' has other {} than in the fit", name,
                       name.starts_with("networks.")                                       ? "ties"
                       : name.starts_with("laws.")                                         ? "dates"
                       : name.starts_with("attributes.") || name.starts_with("countries.") ? "values"
                                                                                           : "members"));
    }
    if (unknown.empty()) return;
    Clock const &then = both_.fitted.clock, &now = both_.run.clock;
    warn(fmt::format("{} change over time, which is {} to {} and was {} to {} in the fit, so that nobody can tell "
                     "whether they are those of the fit",
                     fmt::join(unknown, ", "), now.start, now.end, then.start, then.end),
         "the same 'time' was expected, or be sure of it");
  }

  [[nodiscard]] bool differs(std::string const& name) const {
    auto const then = both_.fitted_inputs.find(name), now = both_.run_inputs.find(name);
    bool const known = then != both_.fitted_inputs.end() && now != both_.run_inputs.end();
    return known && then->second.sha256 != now->second.sha256;
  }

  [[nodiscard]] bool is_comparable(std::string const& name) const {
    Clock const &then = both_.fitted.clock, &now = both_.run.clock;
    bool const same = then.start == now.start && then.end == now.end;
    return same || !(both_.fitted_inputs.at(name).changes || both_.run_inputs.at(name).changes);
  }

  FittedAndRun const& both_;
  std::span<Schema const* const> mechanisms_;
  Place const& where_;
  Complaints& complaints_;
  std::set<std::string> inputs_;
};

}  // namespace

void warn_of_covariates(std::vector<Estimates> const& fits, FittedAndRun const& both,
                        std::span<Schema const* const> mechanisms, Place const& where, Complaints& complaints) {
  CovariateWarnings(both, mechanisms, where, complaints).warn_of(used_by(fits, where));
}

}  // namespace hansa
