/// Submodels of the mechanisms: formula, its own numbers, settings and literature.
#include <algorithm>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "mechanisms/observable.hpp"
#include "scenario/laws.hpp"
#include "scenario/rule_link.hpp"
#include "tell/describe_parts.hpp"
#include "tell/rules.hpp"

namespace hansa {

namespace {

/// f(x) as a formula.
std::string shape_text(Shape const& shape, std::string_view x) {
  switch (shape.form) {
    case Shape::Form::linear:
      return std::string(x);
    case Shape::Form::log1p:
      return fmt::format("ln(1 + {})", x);
    case Shape::Form::power:
      return shape.a == 1 ? std::string(x) : fmt::format("{}^{}", x, shape.a);
    case Shape::Form::step:
      return fmt::format("1 if {} >= {}, else 0", x, shape.a);
    case Shape::Form::logistic:
      return fmt::format("(L({0}) - L(0)) / (L(1) - L(0)), L(x) = 1 / (1 + exp(-{1} (x - {2})))", x, shape.b, shape.a);
  }
  return {};
}

std::string pool_text(Pool const& pool) {
  switch (pool.of) {
    case Pool::Of::all:
      return "all cities";
    case Pool::Of::country:
      return "the cities of the same country";
    case Pool::Of::attribute:
      return fmt::format("the cities with the same {}", pool.name.name);
    case Pool::Of::collaboration:
      return fmt::format("the members of {}", pool.name.name);
    case Pool::Of::network:
      return fmt::format("the cities that i observes in {}", pool.name.name);
  }
  return {};
}

std::string exposure_text(Parameters const& read) {
  bool const pool = read.has("pool");
  std::string const where = pool ? pool_text(read.pool("pool"))
                                 : fmt::format("the cities that i observes in {}", read.reference("network").name);
  std::string const over = fmt::format("    j over {}{}", where, pool ? " but i" : "");
  if (read.has("transmission"))
    return fmt::format("M = sum_j -ln(1 - {} w_ij) A_j\n{}", read.number("transmission"), over);
  std::string const& normalize = read.text("normalize");
  std::string const prestige = read.has("source_weight") ? "a_j" : "";
  std::string const weight = pool ? prestige : prestige.empty() ? "w_ij" : "w_ij a_j";
  std::string sum = normalize == "count" ? "number of j with A_j = 1"
                                         : fmt::format("sum_j {}{}A_j", weight, weight.empty() ? "" : " ");
  if (normalize == "share")
    sum = weight.empty() ? "sum_j A_j / number of j" : fmt::format("{} / sum_j {}", sum, weight);
  std::string text = fmt::format("M = {}\nE = {}\n{}", shape_text(read.shape("shape"), "E"), sum, over);
  if (read.has("source_weight")) text += fmt::format("\n    a_j the {} of j", read.reference("source_weight").name);
  if (read.has("half_life"))
    text += fmt::format("\n    an adopter counts by half after every {} steps", read.number("half_life"));
  return text;
}

std::string scale_text(Parameters const& read) {
  std::string const over = fmt::format("\n    N adoptions of others among {}", pool_text(read.pool("pool")));
  if (!read.has("progress_ratio")) {
    double const fixed = read.number("shared.fixed"), variable = read.number("shared.variable");
    return fmt::format("M = ln({} / ({} + {} / (1 + N)))", fixed + variable, variable, fixed) + over;
  }
  double const slope = -flat::log(read.number("progress_ratio")) / flat::log(2.0);
  return fmt::format("M = {:.4g} ln(1 + N)", slope) + over;
}

/// What the policy is worth to an adopter, which is what is learned.
std::string merit_text(PolicySpec const& policy) {
  MeritSpec const& merit = policy.merit;
  std::string const gain = policy.reinvention && policy.reinvention->gain != 0
                               ? fmt::format(" + {} where j has adapted it", policy.reinvention->gain)
                               : "";
  if (merit.performance) return fmt::format("q_j = the {} of j{}", merit.performance->name, gain);
  std::string text = fmt::format("q_j = {}", merit.mean);
  for (auto const& [attribute, gamma] : merit.attributes)
    text += fmt::format(" {} {} {}_j", gamma < 0 ? '-' : '+', gamma < 0 ? -gamma : gamma, attribute.name);
  if (merit.spread > 0) text += fmt::format(" + {} z_j, z_j ~ N(0, 1^2) once per adoption", merit.spread);
  return text + gain;
}

/// What an adopter believes of the policy in its own hands, where it sees something of it or leaves by it.
std::string own_text(Parameters const& read, PolicySpec const& policy) {
  double const precision = read.number("own_precision"), spread = policy.merit.spread;
  bool const leaves = policy.abandonment && policy.abandonment->own_belief != 0;
  if (precision == 0) return leaves ? "\nb_i = m_i" : "";
  std::string const doubt = spread > 0 ? fmt::format("1/t_i + {}^2", spread) : "1/t_i";
  return fmt::format(
      "\nb_i = (P m_i + n {0} y_i) / (P + n {0}), P = 1/({1}), y_i the mean of what i saw of q_i in the n steps with "
      "the "
      "policy{2}\non leaving m_i takes in y_i with precision 1/({3}1/(n {0})), once",
      precision, doubt,
      read.text("noise") == "none" ? ", without error" : fmt::format(", each with variance 1/{}", precision),
      spread > 0 ? fmt::format("{}^2 + ", spread) : "");
}

std::string number_words(Parameters const& read, std::string_view name) {
  auto const& given = std::get<NumberOrAttribute>(read.value(name));
  auto const* attribute = std::get_if<Reference>(&given);
  return attribute ? fmt::format("{}_c", attribute->name) : fmt::format("{}", std::get<double>(given));
}

/// When the law of a country c comes about, and what it does to the cities i in it.
std::string law_text(MechanismSpec const& spec, PolicySpec const& policy) {
  Parameters const& read = spec.parameters;
  std::string text;
  if (spec.file) {
    text = fmt::format("M_i(t) = 1 from the step on that {} gives for the country c of i", spec.file->given);
  } else if (read.has("enact.share")) {
    text = fmt::format("enacted at the end of the first step with s_c >= {}", number_words(read, "enact.share"));
  } else {
    text = fmt::format("enacted at the end of the first step in which the sum of {} + {} s_c reaches R_c ~ Exp(1)",
                       number_words(read, "enact.hazard.base"), number_words(read, "enact.hazard.share"));
  }
  if (!spec.file)
    text += fmt::format(
        "\n    s_c share of the cities of country c that have adopted"
        "\n    M_i(t) = 1 from {} after that on, in the cities i of c",
        number_words(read, "delay") != "0" ? fmt::format("step 1 + {}", number_words(read, "delay")) : "the step");
  std::string const& kind = read.text("kind");
  if (kind == "preempt") text += "\n    while M_i(t) = 1 city i is not at risk, and cannot be seeded or bound";
  if (kind != "mandate") return text;
  std::string const chance = number_words(read, "compliance");
  text += policy.rule == Rule::threshold
              ? fmt::format("\n    while M_i(t) = 1 city i adopts in t with chance {}, if its threshold is not reached",
                            chance)
              : fmt::format("\n    while M_i(t) = 1: h_i(t) + min(64, -ln(1 - {})) instead of h_i(t)", chance);
  return text + "\n    and an adopter does not leave";
}

/// The formula with the scenario's own numbers; empty for kinds that have no row here.
std::string own_formula(MechanismSpec const& spec, PolicySpec const& policy) {
  Parameters const& read = spec.parameters;
  if (spec.kind == "learning") return merit_text(policy) + own_text(read, policy);
  if (spec.kind == "exposure" || spec.kind == "competition") return exposure_text(read);
  if (spec.kind == "scale") return scale_text(read);
  if (spec.kind == "log_adopters")
    return "M = ln(1 + N)\n    N adopters among " + pool_text(read.pool("pool")) + " but i";
  if (spec.kind == "synergy") return fmt::format("M = 1 if i has adopted {}, else 0", read.reference("policy").name);
  if (spec.kind == "national") return law_text(spec, policy);
  if (spec.kind == "collective") return fmt::format("G(s) = {}", shape_text(read.shape("production"), "s"));
  return {};
}

/// Whether a mechanism's ties are drawn anew in each replicate.
bool is_redrawn(Scenario const& scenario, Parameters const& read) {
  std::string network;
  if (read.has("network")) network = read.reference("network").name;
  if (read.has("pool") && read.pool("pool").of == Pool::Of::network) network = read.pool("pool").name.name;
  return std::ranges::any_of(scenario.networks, [&](NetworkSpec const& each) {
    return each.name == network && each.redraw == Redrawing::replicate;
  });
}

/// The dynamics of the ties that it looks along; null where they have none.
DynamicsSpec const* dynamics_of(Scenario const& scenario, Parameters const& parameters) {
  bool const pooled = parameters.has("pool") && parameters.pool("pool").of == Pool::Of::network;
  if (!pooled && !parameters.has("network")) return nullptr;
  std::string const& name = pooled ? parameters.pool("pool").name.name : parameters.reference("network").name;
  for (NetworkSpec const& network : scenario.networks)
    if (network.name == name && network.dynamics) return &*network.dynamics;
  return nullptr;
}

bool has_living_ties(Scenario const& scenario, Parameters const& parameters) {
  return dynamics_of(scenario, parameters) != nullptr;
}

bool has_visits(Scenario const& scenario, Parameters const& parameters) {
  DynamicsSpec const* const dynamics = dynamics_of(scenario, parameters);
  return dynamics != nullptr && dynamics->visits;
}

bool weighs_by_strength(Scenario const& scenario, MechanismSpec const& each) {
  bool const exposes = each.kind == "exposure" || each.kind == "competition";
  return exposes && each.parameters.has("network") && has_living_ties(scenario, each.parameters) &&
         each.parameters.text("normalize") != "count";
}

/// What the strength of ties does to the formula; nothing where they have none, or it does not count.
std::string strength_words(Scenario const& scenario, MechanismSpec const& each, bool attempt) {
  if (!weighs_by_strength(scenario, each)) return {};
  bool const in_chance = attempt || each.parameters.has("transmission");
  return in_chance ? "w_ij counts by the strength s_ij of the tie as well"
                   : "above, A_j counts by the strength s_ij of the tie as well";
}

/// Whether a fit could estimate it, by what a fit asks for.
std::string estimable_words(Scenario const& scenario, PolicySpec const& policy, MechanismSpec const& each,
                            Schema const& schema) {
  if (!is_observable(schema, each, policy)) {
    std::string_view const unless = observable_if(schema);
    return "It depends on what nobody can observe, and could not be estimated from adoptions alone" +
           (unless.empty() ? std::string(".") : fmt::format(", unless {}.", unless));
  }
  if (has_visits(scenario, each.parameters))
    return "It depends on ties that visits begin by chance, and could not be estimated from adoptions alone.";
  if (is_redrawn(scenario, each.parameters))
    return "It depends on ties that are drawn anew in each replicate, and could not be estimated from adoptions alone.";
  if (link_of(policy.rule) || (scenario.fit && scenario.fit->link))
    return "It is computed from the history of adoptions and given data, and could be estimated from them.";
  return fmt::format(
      "It is computed from the history of adoptions and given data, but could not be estimated from them: the rule {} "
      "has no likelihood that is fitted.",
      code(words_of(policy.rule).name));
}

/// A default that means nothing for the law that it stands at.
bool is_idle(std::string_view key, MechanismSpec const& law) {
  if (law.kind != "national") return false;
  if (key == "strength") return is_law(law);
  if (key == "national.delay") return law.file.has_value();
  return key == "national.compliance" && law.parameters.text("kind") != "mandate";
}

/// The general formula; of learning, that of the model of beliefs that it has.
std::string_view formula_of(Schema const& schema, MechanismSpec const& each) {
  constexpr std::string_view between = "; degroot: ";
  std::size_t const at = schema.formula.find(between);
  if (each.kind != "learning" || at == std::string_view::npos) return schema.formula;
  bool const averages = each.parameters.text("model") == "degroot";
  return averages ? schema.formula.substr(at + between.size()) : schema.formula.substr(0, at);
}

/// True of a setting of learning that the model of beliefs does not have.
bool is_of_other_model(MechanismSpec const& each, std::string_view key) {
  if (each.kind != "learning") return false;
  constexpr std::string_view of_looks[] = {"observation_sd", "risk_aversion", "noise", "own_precision"};
  bool const averages = each.parameters.text("model") == "degroot";
  return averages ? std::ranges::count(of_looks, key) > 0 || key.starts_with("transferability") : key == "openness";
}

}  // namespace

void describe_mechanism(Described const& what, PolicySpec const& policy, MechanismSpec const& each,
                        std::vector<Setting> const& settings, Page& page) {
  Schema const* const schema = schema_of(what, each.kind);
  if (schema == nullptr) return;
  page.paragraph(
      fmt::format("**Mechanism {}: {}.** {} ({})", code(each.name), code(each.kind), schema->opening, schema->source));
  bool const attempt = policy.rule == Rule::cascade && !is_law(each);  // a tie is a chance: nothing of a share holds
  std::string own = attempt ? "" : own_formula(each, policy);
  if (std::string const words = strength_words(what.scenario, each, attempt); !words.empty())
    own += (own.empty() ? "" : "\n    ") + words;
  page.verbatim((attempt ? "p_ij = min(1, theta w_ij), once, in the step after j adopted"
                         : std::string(formula_of(*schema, each))) +
                (own.empty() ? "" : "\n\nhere: " + own));
  std::string const prefix = joined(joined(joined("policies", policy.name), "mechanisms"), each.name) + ".";
  std::vector<std::string> items;
  for (Setting const& setting : settings) {
    if (!setting.path.starts_with(prefix) || setting.given == hansa::Given::absent) continue;
    std::string_view key = std::string_view(setting.path).substr(prefix.size());
    if (is_idle(key, each)) continue;
    if (key.starts_with(each.kind + ".")) {
      key.remove_prefix(each.kind.size() + 1);
      if (attempt && key != "network") continue;
      if (is_of_other_model(each, key)) continue;
    }
    items.push_back(fmt::format("{}: {}{}{}{}", code(key), setting.value,
                                setting.given == hansa::Given::standard ? " (default)" : "",
                                setting.field->meaning.empty() ? "" : ", ", meaning_of(*setting.field)));
  }
  page.bullets(items);
  page.paragraph(is_law(each)
                     ? "Nobody knows of an adoption under a law whether the city would have decided on it, so that "
                       "no fit estimates anything of it."
                     : estimable_words(what.scenario, policy, each, *schema));
}

}  // namespace hansa
