/// Elements 4 to 6: design concepts, initialization and input data.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/rules.hpp"

namespace hansa {

namespace {

std::vector<std::string> names_of_kind(Described const& what, std::string_view kind) {
  std::vector<std::string> names;
  for (PolicySpec const& policy : what.scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms)
      if (each.kind == kind && std::ranges::count(names, each.name) == 0) names.push_back(each.name);
  }
  return names;
}

std::string principles(Described const& what) {
  std::string text =
      "Pressure against resistance. Each city has a resistance to each policy, independent of everything that happens; "
      "mechanisms exert pressure; a city adopts when pressure overcomes resistance. ";
  bool const accumulates = std::ranges::any_of(what.scenario.policies,
                                               [](PolicySpec const& policy) { return policy.rule != Rule::threshold; });
  if (accumulates)
    text +=
        "With accumulated pressure and resistances that are exponential with mean 1 this is a discrete-time event "
        "history model: the chance of adopting in a step, if not before, is 1 - exp(-h), h what the step adds (Sellke "
        "1983). ";
  std::vector<std::string> kinds;
  for (PolicySpec const& policy : what.scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms)
      if (std::ranges::count(kinds, each.kind) == 0) kinds.push_back(each.kind);
  }
  std::ranges::sort(kinds);
  std::vector<std::string> openings;
  for (std::string const& kind : kinds)
    if (Schema const* schema = schema_of(what, kind))
      openings.push_back(fmt::format("{} ({})", code(kind), schema->source));
  if (openings.empty()) return text + "No mechanism is at work: what a city does has no effect on others.";
  return text + (openings.size() == 1 ? "The mechanism at work is " : "The mechanisms at work are ") +
         listed(openings) + ".";
}

bool averages(MechanismSpec const& learning) {
  return learning.parameters.text("model") == "degroot";
}

std::string learning_words(Described const& what) {
  if (!has_kind(what, "learning")) return "None: cities do not change how they decide, nor do they form beliefs.";
  std::vector<std::string> bayesian, averaging, own;
  for (PolicySpec const& policy : what.scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms) {
      if (each.kind != "learning") continue;
      (averages(each) ? averaging : bayesian).push_back(each.name);
      if (each.parameters.number("own_precision") > 0) own.push_back(each.name);
    }
  }
  std::string text;
  if (!bayesian.empty())
    text = fmt::format(
        "Cities hold beliefs about what a policy does in a city like them and move them by Bayes' rule when they look "
        "at adopters that they observe ({}). ",
        listed(bayesian));
  if (!own.empty())
    text += fmt::format(
        "Adopters see in every step what it does in their own hands, and take that in when they leave "
        "it ({}). ",
        listed(own));
  if (!averaging.empty())
    text += fmt::format(
        "Cities move their beliefs about what a policy does to the mean of what those whom they observe believe, or, "
        "having adopted it, have of it ({}; DeGroot 1974). ",
        listed(averaging));
  text += "Bad policies are learned too: news below the prior lower the pressure.";
  for (PolicySpec const& policy : what.scenario.policies)
    if (policy.abandonment && policy.abandonment->own_belief != 0)
      text += fmt::format(" Who has adopted {} leaves it the sooner the {} it believes it to be.", policy.name,
                          policy.abandonment->own_belief > 0 ? "worse" : "better");
  return text;
}

/// How cities see what policies are worth to adopters.
std::string sight(Described const& what) {
  std::vector<std::string> noisy, exact, told;
  for (PolicySpec const& policy : what.scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms)
      if (each.kind == "learning")
        (averages(each) ? told : each.parameters.text("noise") == "none" ? exact : noisy).push_back(policy.name);
  }
  std::string text;
  if (!noisy.empty()) text += fmt::format("; what {} is worth to adopters it sees with noise", listed(noisy));
  if (!exact.empty())
    text += fmt::format("; what {} is worth to adopters it sees as it is, and allows for error all the same",
                        listed(exact));
  if (!told.empty()) text += fmt::format("; what others believe of {}, or have of it, it is told", listed(told));
  return text;
}

/// What a city sees through a mechanism that observes neither along ties nor in a pool.
std::string sensed(MechanismSpec const& mechanism) {
  if (mechanism.kind == "collective") return "the shares of its collaborations' members that adopted";
  if (mechanism.kind == "membership") return "its own memberships";
  if (mechanism.kind == "synergy")
    return fmt::format("whether it has adopted {} itself", mechanism.parameters.reference("policy").name);
  return fmt::format("what mechanisms of the kind {} take", mechanism.kind);
}

std::string sensing(Described const& what) {
  std::vector<std::string> items;
  for (PolicySpec const& policy : what.scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms) {
      if (each.parameters.has("network"))
        items.push_back(fmt::format("the adopters among the cities it observes in {} ({})",
                                    each.parameters.reference("network").name, each.name));
      else if (each.parameters.has("pool"))
        items.push_back(fmt::format("the number of adopters in a pool of cities ({})", each.name));
      else if (each.kind == "national")
        items.push_back(fmt::format("whether a law of its country is in force ({})", each.name));
      else
        items.push_back(fmt::format("{} ({})", sensed(each), each.name));
    }
  }
  std::ranges::sort(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
  if (items.empty()) return "A city senses nothing of others.";
  if (what.scenario.resources) items.emplace_back("what it can pay");
  return "A city knows its own attributes and, without error and as of the end of the step before, " + listed(items) +
         sight(what) + ".";
}

std::string collectives(Described const& what) {
  std::string text = what.world.collaborations.empty()
                         ? "There are no collaborations."
                         : "Collaborations are given as lists of members with dates; they do not act themselves.";
  if (recruits_members(what.scenario)) text += " Cities also join by themselves, as those that they observe do.";
  if (has_pledges(what.scenario))
    text += " Members may bind themselves to adopt together, once enough of them are willing to.";
  std::vector<std::string> const acting = names_of_kind(what, "collective");
  if (!acting.empty())
    text += fmt::format(" Through {} the share of a collaboration's members that adopted weighs on the other members.",
                        listed(acting));
  return text;
}

/// By what law adoptions are shared out, for the rules that there are.
std::string shares(Described const& what) {
  struct Law {
    std::vector<Rule> rules;
    std::string_view words;
  };
  Law const laws[] = {
      {{Rule::logit, Rule::cloglog, Rule::linear}, "the Aumann–Shapley shares of the hazard (Aumann & Shapley 1974)"},
      {{Rule::additive},
       "to each mechanism the share of its hazard, and the rest by the Aumann–Shapley shares of its own (Aumann & "
       "Shapley 1974)"},
      {{Rule::cascade},
       "shares in proportion to what the ties of each took from the resistance in the step of adoption, where a tie "
       "that is certain takes 64"},
      {{Rule::threshold}, "shares in proportion to what each contributes to the pressure"},
  };
  std::vector<std::string> present;
  for (Law const& law : laws) {
    std::vector<std::string> names;
    for (PolicySpec const& policy : what.scenario.policies)
      if (std::ranges::count(law.rules, policy.rule) > 0) names.push_back(policy.name);
    if (names.empty()) continue;
    bool const all = names.size() == what.scenario.policies.size();
    present.push_back(std::string(law.words) + (all ? "" : fmt::format(" ({})", listed(names))));
  }
  std::string text;
  for (std::string const& each : present) text += (text.empty() ? ": " : "; ") + each;
  return text + (present.empty() ? "" : ". Shares sum to 1");
}

/// True if some mechanism names another policy.
bool policies_meet(Described const& what) {
  auto const names_policy = [](Field const& field) { return field.kind == Kind::policy; };
  return std::ranges::any_of(what.scenario.policies, [&](PolicySpec const& policy) {
    return std::ranges::any_of(policy.mechanisms, [&](MechanismSpec const& each) {
      Schema const* const schema = schema_of(what, each.kind);
      return schema != nullptr && std::ranges::any_of(schema->parameters, names_policy);
    });
  });
}

/// How policies bear on each other.
std::string policies_words(Described const& what) {
  std::vector<std::string> ways;
  auto const& policies = what.scenario.policies;
  if (policies_meet(what)) ways.emplace_back("some mechanisms look at other policies in the same city");
  if (std::ranges::any_of(policies, [](auto const& each) { return !each.required.empty() || !each.excluded.empty(); }))
    ways.emplace_back("what a city has of one lets it adopt another or bars it");
  if (what.scenario.cities.attention) ways.emplace_back("they compete for its attention");
  if (what.scenario.resources && policies.size() > 1) ways.emplace_back("they are paid from one budget");
  bool const lives =
      std::ranges::any_of(what.scenario.networks, [](NetworkSpec const& each) { return each.dynamics.has_value(); });
  if (lives && policies.size() > 1) ways.emplace_back("ties that one uses are there for another");
  if (ways.empty()) return "Policies do not influence one another.";
  return fmt::format("Policies meet in a city: {}.", listed(ways));
}

std::string emergence(Described const& what) {
  bool const any =
      std::ranges::any_of(what.scenario.policies, [](PolicySpec const& policy) { return !policy.mechanisms.empty(); });
  if (!any)
    return "None: without mechanisms the curve of adoption follows from baselines, attributes and trends alone.";
  return "The curve of adoption over time, who adopts early and who never, and clusters of adopters on networks emerge "
         "from the decisions of single cities. Imposed are baselines, effects of attributes, trends, strengths, ties "
         "and "
         "memberships, and what data say of the past.";
}

/// What is kept of budgets and ties.
std::string shared_output(Described const& what) {
  std::string text;
  auto const& resources = what.scenario.resources;
  if (resources) text += "what cities have at the end of each step, ";
  if (resources && resources->returns) text += "how many ties are used, ";
  if (!what.model.fees.total.empty()) text += "what members pay to collaborations, ";
  if (!what.model.members.empty()) text += "how many members collaborations have, ";
  if (has_pledges(what.scenario)) text += "how many pledges stand and are kept, ";
  if (what.scenario.output.ties) text += "how many ties there are and how strong, ";
  return text;
}

}  // namespace

void describe_concepts(Described const& what, Page& page) {
  page.heading(2, "4. Design concepts");
  page.paragraph("**Basic principles.** " + principles(what));
  page.paragraph("**Emergence.** " + emergence(what));
  page.paragraph(
      "**Adaptation.** One decision: to adopt or to wait, anew in each step, by the rule of section 7. It is indirect "
      "objective-seeking: pressure stands for what the literature finds to move governments.");
  page.paragraph("**Objectives.** None is computed: cities do not maximise anything.");
  page.paragraph("**Learning.** " + learning_words(what));
  page.paragraph("**Prediction.** None: cities respond to what is, not to what they expect others to do.");
  page.paragraph("**Sensing.** " + sensing(what));
  page.paragraph(
      fmt::format("**Interaction.** Cities influence one another only through what they have adopted, along ties and "
                  "in pools; nobody "
                  "is asked and nothing is exchanged. {}",
                  policies_words(what)));
  page.paragraph("**Stochasticity.** " + stochasticity(what));
  page.paragraph("**Collectives.** " + collectives(what));
  bool const priced =
      std::ranges::any_of(what.model.policies, [](PolicyModel const& each) { return each.cost.has_value(); });
  OutputSpec const& output = what.scenario.output;
  std::string const kept = output.histories ? "the step in which each city adopts each policy, " : "";
  std::string const log = output.events ? "every adoption and abandonment with what brought it about, " : "";
  page.paragraph(fmt::format(
      "**Observation.** Of every replicate: {}{}the number of adopters by step{}, {}and how much of the adoptions is "
      "attributed to baseline, attributes, trend, frailty, data and each mechanism{}. They tell what weighed at the "
      "moment of decision, not what would have happened without it.",
      kept, log, output.by.empty() ? "" : " in all and by group",
      std::string(priced ? "what cities pay for each policy and what it costs them, " : "") + shared_output(what),
      shares(what)));
}

namespace {

struct Dated {
  std::size_t before = 0, replayed = 0;
};

Dated given_in(PolicyModel const& policy) {
  Dated given;
  for (DatedEvent const& each : policy.dated)
    if (each.event.sign > 0) ++(each.step == 0 ? given.before : given.replayed);
  return given;
}

}  // namespace

void describe_beginning(Described const& what, Page& page) {
  page.heading(2, "5. Initialization");
  std::int32_t const start = what.scenario.clock.start;
  std::vector<std::string> items;
  for (PolicyModel const& policy : what.model.policies) {
    Dated const given = given_in(policy);
    std::string text = fmt::format(
        "{}: {} before {}", policy.name,
        given.before == 0 ? "no adoption is dated" : count_of(given.before, "adoption is dated", "adoptions are dated"),
        start);
    if (policy.first_decision > 1)
      text += fmt::format(
          "; {} in {} to {} {}, and cities decide from {} on", given.replayed, start, start + policy.first_decision - 2,
          given.replayed == 1 ? "happens on its date" : "happen on their dates", start + policy.first_decision - 1);
    items.push_back(text + ".");
  }
  page.paragraph("Before the first step every city has adopted what the data, or a selection of cities, say it had:");
  page.bullets(items);
  std::string rest =
      "Initial adopters count from the first step on. All other state is drawn as section 7 says; every replicate "
      "begins "
      "the same but for its draws.";
  if (has_kind(what, "learning"))
    rest += " Beliefs begin at their priors; of every initial adopter each observer has one look, at the first step.";
  page.paragraph(rest);
}

void describe_input(Described const& what, Page& page) {
  page.heading(2, "6. Input data");
  std::vector<std::vector<std::string>> rows;
  std::string const own = what.scenario.file.string();
  for (auto const& [file, digest] : what.digests)
    if (file == own) rows.push_back({what.scenario.file.filename().string(), "this scenario", digest});
  std::set<std::string> bases;
  for (std::filesystem::path const& each : what.scenario.bases) {
    auto const digest = what.digests.find(each.string());
    if (digest == what.digests.end() || !bases.insert(each.string()).second) continue;
    rows.push_back({each.string(), bases.size() == 1 ? "its base" : "the base of that", digest->second});
  }
  std::size_t const scenarios = rows.size();
  for (auto const& [file, digest] : what.digests)
    if (file != own && !bases.contains(file)) rows.push_back({file, "data", digest});
  if (rows.size() == scenarios) page.paragraph("The model reads no data.");
  page.paragraph("Files, with the SHA-256 of their bytes:");
  page.table({"file", "what", "SHA-256"}, rows);
  std::vector<std::string> items;
  for (std::size_t p = 0; p < what.world.records.size() && p < what.model.policies.size(); ++p) {
    PolicyRecords const& records = what.world.records[p];
    if (records.observed.empty()) continue;
    Dated const given = given_in(what.model.policies[p]);
    items.push_back(
        fmt::format("{}: {} in the file of adopters; {} enter the run ({} before it begins, {} replayed), the rest is "
                    "only compared "
                    "with.",
                    records.policy, count_of(records.observed.size(), "row", "rows"), given.before + given.replayed,
                    given.before, given.replayed));
  }
  if (!items.empty()) page.paragraph("Observed adoptions:");
  page.bullets(items);
  bool const changing = !what.world.cities.later_numbers.empty() || !what.world.cities.later_texts.empty();
  page.paragraph(changing ? std::string("Some attributes change by date: the last value up to a step holds in it.")
                          : "Apart from dates in these files, nothing from outside drives the model while it runs" +
                                std::string(what.scenario.interventions.empty() ? "." : " but the interventions."));
}

}  // namespace hansa
