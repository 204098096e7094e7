/// Submodels of the policies: rule, predictor in the scenario's own numbers, and each mechanism.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "measures/observed.hpp"
#include "scenario/laws.hpp"
#include "scenario/value_words.hpp"
#include "tell/describe_parts.hpp"
#include "tell/rules.hpp"
#include "tell/strengths.hpp"

namespace hansa {

namespace {

/// One term of a sum: its sign, and what follows it.
struct Part {
  double factor;
  std::string what;  ///< empty: the factor alone
};

std::string sum_of(std::vector<Part> const& parts) {
  if (parts.empty()) return "0";
  std::string text;
  for (Part const& each : parts) {
    bool const minus = std::signbit(each.factor);
    std::string const sign = text.empty() ? (minus ? "-" : "") : (minus ? "\n    - " : "\n    + ");
    std::string const number = fmt::format("{}", std::fabs(each.factor));
    text += sign + (each.what.empty() ? number : number + " " + each.what);
  }
  return text;
}

void add_attributes(PolicySpec const& policy, std::vector<Part>& parts) {
  for (AttributeEffect const& each : policy.attributes) {
    if (auto const* slope = std::get_if<double>(&each.effect)) {
      parts.push_back({*slope, fmt::format("{}_i", each.attribute.name)});
      continue;
    }
    for (auto const& [value, beta] : std::get<std::map<std::string, double>>(each.effect))
      parts.push_back({beta, fmt::format("[{}_i = {}]", each.attribute.name, value)});
  }
}

/// "(t - 2000)", "(t + 5)".
std::string since(std::int32_t start) {
  return start < 0 ? fmt::format("(t + {})", -std::int64_t{start}) : fmt::format("(t - {})", start);
}

void add_trend(Trend const& trend, Clock const& clock, std::vector<Part>& parts) {
  if (trend.form == Trend::Form::log_time)
    parts.push_back({trend.coefficients.at(0), fmt::format("ln({}s since the first adoption anywhere)", clock.unit)});
  if (trend.form == Trend::Form::polynomial) {
    for (std::size_t k = 0; k < trend.coefficients.size(); ++k) {
      std::string const power = k == 0 ? "" : fmt::format("^{}", k + 1);
      parts.push_back({trend.coefficients[k], since(clock.start) + power});
    }
  }
  if (trend.form == Trend::Form::periods)
    for (auto const& [label, effect] : trend.periods) parts.push_back({effect, fmt::format("[t = {}]", label)});
  if (trend.form == Trend::Form::spline)
    for (std::size_t k = 0; k < trend.coefficients.size(); ++k)
      parts.push_back({trend.coefficients[k], k == 0 ? since(clock.start) : fmt::format("X_{}(t)", k + 1)});
}

/// A strength that differs between cities.
std::string theta_words(MechanismSpec const& each) {
  std::string theta = fmt::format("({}", each.strength);
  for (auto const& [attribute, delta] : each.strength_by)
    theta += fmt::format(" {} {} {}_i", delta < 0 ? '-' : '+', std::fabs(delta), attribute.name);
  return theta + ")";
}

void add_mechanisms(PolicySpec const& policy, std::vector<Part>& parts) {
  for (MechanismSpec const& each : policy.mechanisms) {
    if (is_law(each)) continue;
    std::string const m = fmt::format("M[{}]_i(t)", each.name);
    if (each.strength_by.empty())
      parts.push_back({each.strength, m});
    else
      parts.push_back({1.0, theta_words(each) + " " + m});
  }
}

void add_frailty(FrailtySpec const& sd, std::vector<std::string>& lines) {
  if (sd.city > 0) lines.push_back(fmt::format("u_i ~ N(0, {}^2), one per city for all policies", sd.city));
  if (sd.city_policy > 0) lines.push_back(fmt::format("v_i ~ N(0, {}^2), one per city", sd.city_policy));
  if (sd.country > 0) lines.push_back(fmt::format("c ~ N(0, {}^2), one per country", sd.country));
  if (sd.period > 0) lines.push_back(fmt::format("s_t ~ N(0, {}^2), one per step", sd.period));
}

/// Under rule threshold what lasts lowers the threshold, and only the period's effect is pressure.
enum class Lasting { counted, left_out };

std::string frailty_sum(FrailtySpec const& sd, Lasting lasting) {
  std::string text;
  for (auto const& [value, name] :
       {std::pair{sd.city, "u_i"}, std::pair{sd.city_policy, "v_i"}, std::pair{sd.country, "c"}})
    if (value > 0 && lasting == Lasting::counted) text += fmt::format("\n    + {}", name);
  return text + (sd.period > 0 ? "\n    + s_t" : "");
}

std::string threshold_words(PolicySpec const& policy) {
  ThresholdLaw const& law = policy.threshold;
  std::vector<Part> own;
  add_attributes(policy, own);
  std::string text;
  if (law.form == ThresholdLaw::Form::given) text = fmt::format("R_i = {}", law.a);
  if (law.form == ThresholdLaw::Form::attribute) text = fmt::format("R_i = {}_i", law.attribute.name);
  if (law.form == ThresholdLaw::Form::uniform) text = fmt::format("R_i ~ U({}, {})", law.a, law.b);
  if (law.form == ThresholdLaw::Form::normal) text = fmt::format("R_i ~ N({}, {}^2)", law.a, law.b);
  FrailtySpec lasting = policy.frailty;
  lasting.period = 0;
  std::string const lowered = (own.empty() ? "" : sum_of(own)) + frailty_sum(lasting, Lasting::counted);
  if (!lowered.empty()) text += fmt::format(", lowered by{}{}", own.empty() ? "" : "\n    ", lowered);
  return text +
         (policy.entry == EntryLaw::settled ? "\ngiven that R_i lies above the pressure at the first decision" : "");
}

void describe_rule(Described const& what, PolicySpec const& policy, Page& page) {
  RuleWords const& rule = words_of(policy.rule);
  page.paragraph(fmt::format("**Rule {}.** {} ({})", code(rule.name), rule.opening, rule.source));
  std::string lines = predictor_text(policy, what.scenario.clock) + "\n\n" + std::string(rule.hazard) + "\n" +
                      std::string(rule.chance) + "\n";
  lines += policy.rule == Rule::threshold ? threshold_words(policy) + "\n" : std::string(rule.resistance) + "\n";
  std::vector<std::string> drawn;
  add_frailty(policy.frailty, drawn);
  for (std::string const& each : drawn) lines += each + "\n";
  page.verbatim(lines);
  std::string notes;
  if (policy.rule != Rule::threshold)
    notes +=
        "Pressure adds up over the steps in which the city is at risk; it adopts in the first step in which the sum "
        "reaches R_i, an independent draw of the exponential law with mean 1.";
  if (policy.trend.form == Trend::Form::spline)
    notes += fmt::format("{}The trend is a restricted cubic spline with knots at {} (Harrell 2015).",
                         notes.empty() ? "" : " ", fmt::join(policy.trend.knots, ", "));
  if (!notes.empty()) page.paragraph(notes);
}

/// How many cities adopt on given dates instead of deciding: among those that could decide, and among the others.
struct GivenCities {
  std::size_t eligible = 0, others = 0;
};

std::string decision_makers(std::size_t cities, std::size_t eligible, GivenCities given) {
  auto const adopt = [](std::size_t n) { return fmt::format("{} {} on given dates", n, n == 1 ? "adopts" : "adopt"); };
  std::string text = eligible == cities
                         ? "All cities can decide."
                         : fmt::format("{} of {} can decide.", eligible, count_of(cities, "city", "cities"));
  if (given.eligible > 0) text += fmt::format(" Of these {} instead.", adopt(given.eligible));
  if (eligible == cities) return text;
  std::size_t const silent = cities - eligible - given.others;
  if (given.others == 0) return text + " The others are seen, and do nothing.";
  if (silent == 0) return text + " The others are seen, and adopt on given dates.";
  return text + fmt::format(" The others are seen: {}, and {} {} nothing.", adopt(given.others), silent,
                            silent == 1 ? "does" : "do");
}

void describe_decision_makers(Described const& what, PolicySpec const& policy, std::size_t p, Page& page) {
  std::vector<Risk> const risk = risks(what.model.policies[p], what.scenario.clock, what.world.cities.size());
  std::size_t eligible = 0;
  GivenCities given;
  for (std::size_t i = 0; i < risk.size(); ++i) {
    auto const& flags = what.world.records.at(p).eligible;
    bool const can = flags.empty() || flags[i] != 0;
    eligible += can;
    if (risk[i] == Risk::given) ++(can ? given.eligible : given.others);
  }
  std::string text = decision_makers(risk.size(), eligible, given);
  if (policy.at_risk.from) text += fmt::format(" A city is in the world from its {} on.", policy.at_risk.from->name);
  if (policy.at_risk.until) text += fmt::format(" It is there until its {}.", policy.at_risk.until->name);
  page.paragraph(text);
}

/// What other policies keep cities from it.
void describe_bars(Described const& what, PolicySpec const& policy, Page& page) {
  std::vector<std::string> sentences;
  std::string const& unit = what.scenario.clock.unit;
  if (!policy.required.empty())
    sentences.push_back(fmt::format(
        "A city can decide on it in the {} after it has adopted {}; while it lacks {}, its resistance is not "
        "consumed, and only a mandate or a seed makes it adopt. Who has adopted it keeps it when it leaves "
        "what it requires.",
        unit, listed(names_of(policy.required)), policy.required.size() == 1 ? "that" : "one of these"));
  if (!policy.excluded.empty())
    sentences.push_back(
        fmt::format("A city that has adopted {} cannot adopt it, be it seeded or bound by a mandate. Of "
                    "two that would be adopted in the same {} the one comes first whose pressure "
                    "overcomes its resistance at the smaller fraction of the {}.",
                    listed(names_of(policy.excluded)), unit, unit));
  if (!sentences.empty()) page.paragraph(fmt::format("**Other policies.** {}", fmt::join(sentences, " ")));
}

void describe_attention(Described const& what, Page& page) {
  if (!what.scenario.cities.attention) return;
  auto const* attribute = std::get_if<Reference>(&*what.scenario.cities.attention);
  std::string const most = attribute ? fmt::format("its {}", attribute->name)
                                     : fmt::format("{}", std::get<double>(*what.scenario.cities.attention));
  page.paragraph(fmt::format(
      "**Attention.** In a {0} a city adopts no more policies than {1}. It takes them in the order of the fractions of "
      "the {0} at which pressure overcomes resistance (competing risks); the others stand still from then on, and have "
      "consumed that fraction of their hazard. Seeds, and what a mandate binds it to, are not limited, and count.",
      what.scenario.clock.unit, most));
}

/// The hazard of leaving, as a clause.
std::string leaving_words(AbandonmentSpec const& abandonment) {
  double const hazard = abandonment.hazard;
  if (abandonment.own_belief == 0)
    return fmt::format("with hazard {} (a chance of {})", hazard, chance_words(-flat::expm1(-hazard)));
  bool const minus = abandonment.own_belief > 0;
  return fmt::format(
      "with hazard ln(1 + exp({} {} {} b_i(t))), b_i(t) what it then believes of the policy in its own "
      "hands as of the end of the step before",
      abandonment.base, minus ? '-' : '+', std::fabs(abandonment.own_belief));
}

void describe_abandonment(Described const& what, PolicySpec const& policy, Page& page) {
  if (!policy.abandonment) return;
  bool const believes = policy.abandonment->own_belief != 0;
  page.paragraph(fmt::format(
      "**Abandonment.** In each {0} after that of its adoption an adopter leaves the policy {1}, while it is in the "
      "world and no mandate binds it: each episode has a staying power of its own, a draw of the exponential law with "
      "mean 1 (cities experiment, and may fail: Volden, Ting & Carpenter 2008). Who has left is at risk again from the "
      "next {0} on{2}{3}.",
      what.scenario.clock.unit, leaving_words(*policy.abandonment),
      policy.rule == Rule::threshold ? ", with the threshold that it had" : ", with a resistance of its own",
      believes ? ", and keeps its belief" : ""));
}

/// What adopters make of it.
void describe_reinvention(PolicySpec const& policy, Page& page) {
  if (!policy.reinvention) return;
  auto const& [probability, gain, cost, where] = *policy.reinvention;
  std::vector<std::string> changes;
  if (gain != 0) changes.push_back(fmt::format("its performance there is higher by {}, which others see", gain));
  if (cost != 0) changes.push_back(fmt::format("what the city pays is multiplied by {}", 1 + cost));
  page.paragraph(fmt::format(
      "**Reinvention.** With probability {} an adopter adapts the policy to itself, drawn once per adoption (Rice & "
      "Rogers 1980; Glick & Hays 1991){}{}.",
      chance_words(probability), changes.empty() ? "" : ": ", fmt::join(changes, "; and ")));
}

/// What becomes of a city that cannot pay.
std::string affording_words(Described const& what, PolicySpec const& policy) {
  if (!what.scenario.resources) return "Nobody is too poor to adopt: there are no budgets.";
  std::string const& unit = what.scenario.clock.unit;
  if (policy.when_unaffordable == Affording::queue)
    return fmt::format(
        "A city whose budget of the end of the {0} before does not reach that decides all the same, and "
        "adopts in the first {0} in which it can pay.",
        unit);
  return fmt::format(
      "A city whose budget of the end of the {} before does not reach that is not at risk: its resistance "
      "is not consumed. Mandates and seeds do not ask for the budget.",
      unit);
}

/// What it costs to adopt, and what lowers that.
void describe_cost(Described const& what, PolicySpec const& policy, std::size_t p, Page& page) {
  if (!what.model.policies[p].cost) return;
  CostModel const& cost = *what.model.policies[p].cost;
  std::string amount = fmt::format("{}", cost.amount.start());
  if (policy.cost && std::holds_alternative<Reference>(policy.cost->amount))
    amount = fmt::format("{}_i", std::get<Reference>(policy.cost->amount).name);
  bool const once = cost.per == CostPer::once;
  std::string const currency = what.scenario.currency.empty() ? "" : " " + quoted_words(what.scenario.currency);
  std::string text = fmt::format("**Cost.** A city pays {}.",
                                 once ? "c_i(t) in the step t in which it adopts"
                                      : "c_i(t) in every step t while it has the policy, that of adoption included");
  std::string fall;
  for (CompiledTerm const& each : what.model.policies[p].terms)
    if (each.lowers_cost) fall += fmt::format("{}M[{}]_i(t)", fall.empty() ? "" : " + ", each.name);
  std::string formula = fmt::format("c_i(t) = {}{}", amount, currency);
  if (!fall.empty()) formula += fmt::format(" exp(-({}))", fall);
  page.paragraph(text);
  page.verbatim(formula + "\n");
  std::string notes;
  if (!fall.empty())
    notes =
        "All who adopt in t pay the cost of the end of t - 1; for a city that has the policy, its own adoption "
        "does not count in N. ";
  notes += once ? "Cities that had adopted before the first step pay nothing, nor do cities that are seeded: who funds "
                  "the seed pays."
                : "Cities that had adopted before the first step pay from that step on; cities that are seeded pay "
                  "like others.";
  page.paragraph(notes + " " + affording_words(what, policy));
}

std::vector<std::vector<std::string>> lever_rows(std::vector<Lever> const& levers) {
  std::vector<std::vector<std::string>> rows;
  for (Lever const& lever : levers)
    for (ChanceAt const& each : lever.chances) rows.push_back({lever.name, each.when, chance_words(each.chance)});
  return rows;
}

void describe_meaning(Described const& what, PolicyChances const& chances, Page& page) {
  bool const threshold = chances.rule == Rule::threshold;
  page.paragraph(threshold
                     ? "What the strengths mean, one at a time: the share of cities whose threshold is reached."
                     : "What the numbers mean, one at a time, all else as in a city with the median of each number "
                       "and the commonest of each text:");
  std::vector<std::string> const head{"what presses", "at",
                                      threshold ? "share of cities" : "chance a " + what.scenario.clock.unit};
  page.table(head, lever_rows(chances.levers));
  for (LaterChances const& later : chances.later) {
    page.paragraph(fmt::format("The same with the numbers that hold from {} on:", later.from));
    page.table(head, lever_rows(later.levers));
  }
}

}  // namespace

std::string predictor_text(PolicySpec const& policy, Clock const& clock) {
  std::vector<Part> parts;
  if (policy.rule == Rule::cascade) {
    std::string text;
    for (MechanismSpec const& each : policy.mechanisms) {
      if (is_law(each)) continue;
      text += fmt::format("{}p_ij = min(1, {} w_ij) along {}", text.empty() ? "" : "\n",
                          each.strength_by.empty() ? fmt::format("{}", each.strength) : theta_words(each),
                          each.parameters.has("network") ? each.parameters.reference("network").name : each.name);
    }
    return text.empty() ? "no tie passes anything on" : text;
  }
  bool const additive = policy.rule == Rule::additive;
  if (policy.baseline && policy.rule != Rule::threshold) parts.push_back({*policy.baseline, ""});
  if (policy.rule != Rule::threshold) add_attributes(policy, parts);
  add_trend(policy.trend, clock, parts);
  if (!additive) {
    add_mechanisms(policy, parts);
    std::string const frailty =
        frailty_sum(policy.frailty, policy.rule == Rule::threshold ? Lasting::left_out : Lasting::counted);
    return fmt::format("eta_i(t) = {}{}", sum_of(parts), frailty);
  }
  std::string text = "h_i(t) = 0";
  if (policy.baseline)
    text = fmt::format("h_i(t) = exp( {}{} )", sum_of(parts), frailty_sum(policy.frailty, Lasting::counted));
  std::vector<Part> terms;
  add_mechanisms(policy, terms);
  return terms.empty() ? text : text + "\n    + " + sum_of(terms);
}

void describe_policies(Described const& what, Page& page) {
  describe_attention(what, page);
  std::vector<Setting> const settings = settings_of(what.root, what.mechanisms);
  Chances const chances = chances_of(what.scenario, what.world, what.model);
  for (std::size_t p = 0; p < what.scenario.policies.size(); ++p) {
    PolicySpec const& policy = what.scenario.policies[p];
    page.heading(3, fmt::format("Policy {}", policy.name));
    describe_rule(what, policy, page);
    describe_decision_makers(what, policy, p, page);
    describe_bars(what, policy, page);
    describe_abandonment(what, policy, page);
    describe_reinvention(policy, page);
    describe_cost(what, policy, p, page);
    describe_meaning(what, chances.policies.at(p), page);
    for (MechanismSpec const& each : policy.mechanisms) describe_mechanism(what, policy, each, settings, page);
  }
}

}  // namespace hansa
