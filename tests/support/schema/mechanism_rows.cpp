/// What mechanisms, pools and shapes ask beyond their tables.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "support/schema/rows.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

bool exposes(Author const& a) {
  return a.kind == "exposure" || a.kind == "competition";
}

/// The network along which the mechanism in hand looks, if it names one.
DrawnNetwork const* looked_along(Author& a) {
  std::string const name = a.text("network");
  auto const found = std::ranges::find(a.ground.networks, name, &DrawnNetwork::name);
  return found == a.ground.networks.end() ? nullptr : &*found;
}

Names of_mechanism(Author& a) {
  return a.networks([&](DrawnNetwork const& each) {
    if (a.is("cascade")) return !each.groups && !each.living;
    if (a.transmits) return each.tame && !each.living;
    return exposes(a) || !each.groups;
  });
}

Node network_of(Author& a, Field const&) {
  return scalar(a.dice.pick(of_mechanism(a)));
}

Schema const& schema_of(Author const& a) {
  return **std::ranges::find(a.kinds, a.kind, [](Schema const* each) { return std::string(each->name); });
}

/// Those that press; laws have no strength.
Node all_mechanisms(Author& a, Field const&) {
  Node node = map_node({});
  int number = 0;
  for (std::string const& kind : a.planned) {
    a.kind = kind;
    a.transmits = exposes(a) && a.is("additive") && a.dice.chance(40);
    Node drawn = a.section(kind, schema_of(a).parameters, kind);
    Node const* const word = drawn.find("kind");
    a.law = kind == "national" && word->text != "enabling";
    Node mechanism = a.section("mechanism", fields::mechanism, "mechanism");
    mechanism.entries.insert(mechanism.entries.begin(), {kind, {}, std::move(drawn)});
    std::string name = fmt::format("{}{}", a.dice.pick(Names{"a", "Z", "m_", "x-"}), number++);
    if (!a.law) a.policy->mechanisms.push_back(name);
    node.entries.push_back({std::move(name), {}, std::move(mechanism)});
  }
  return node;
}

Node strength(Author& a, Field const&) {
  if (a.is("cascade")) return scalar(a.dice.decimal(0.05, 0.5));
  bool const years = a.kind == "membership";
  if (a.adds()) return scalar(a.dice.decimal(0.01, years ? 0.1 : 0.4));
  if (a.is("threshold")) return scalar(a.dice.pick(Names{"1", a.dice.decimal(-0.5, 1.5)}));
  return scalar(years ? a.dice.decimal(-0.1, 0.2) : a.dice.decimal(-1, 4));
}

Node slopes(Author& a, Field const&) {
  bool const positive = a.adds() || a.is("cascade");
  Node node = map_node({});
  Names const from = positive ? a.ground.weights : a.ground.numbers + a.ground.changing;
  for (std::string const& each : some(a.dice, from, 2))
    node.entries.push_back({each, {}, scalar(positive ? "0.02" : a.dice.decimal(-0.1, 0.1))});
  return node;
}

int slopes_odds(Author& a) {
  return a.law || a.ground.weights.empty() ? 0 : 30;
}

/// Of sums of weights and numbers mostly the logarithm, so that pressures stay in reach.
Node exposure_shape(Author& a, Field const&) {
  bool const sums = a.text("normalize") == "weight" || a.text("normalize") == "count";
  return sums && !a.is("threshold") && a.dice.chance(85) ? scalar("log1p") : a.shape();
}

int exposure_shape_odds(Author& a) {
  bool const sums = a.text("normalize") == "weight" || a.text("normalize") == "count";
  return a.transmits || a.is("cascade") ? 0 : sums ? 100 : 55;
}

bool along_living(Author& a) {
  DrawnNetwork const* const network = looked_along(a);
  return network != nullptr && network->living;
}

/// Attributes that change can be used along ties, but not in a pool.
Names with_changing(Author& a, Names constant, Names const& changing) {
  DrawnNetwork const* const network = looked_along(a);
  return network != nullptr && !network->groups ? std::move(constant) + changing : constant;
}

Node source_weight(Author& a, Field const&) {
  return scalar(a.dice.pick(with_changing(a, a.ground.weights, a.ground.changing)));
}

int only_odds(Author& a) {
  return a.is("cascade") || a.ground.numbers.empty() || along_living(a) ? 0 : 30;
}

/// Which comparison it is, is chosen here, since its section takes one of four keys.
Node only(Author& a, Field const&) {
  Names keys{"larger", "smaller", "same", "different"};
  std::string const key = a.dice.pick(keys);
  bool const ordered = key == "larger" || key == "smaller";
  Names from = with_changing(a, a.ground.numbers, a.ground.changing);
  if (!ordered) from = from + with_changing(a, a.ground.texts, a.ground.changing_texts);
  return one(key, scalar(a.dice.pick(from)));
}

// Learning.

bool averages(Author& a) {
  return a.text("model") == "degroot";
}
int of_looks(Author& a) {
  return averages(a) ? 0 : 50;
}

Node prior_mean(Author& a, Field const&) {
  if (a.adds()) return scalar("-0.25");
  if (!a.ground.numbers.empty() && a.dice.chance(35)) return one("attribute", scalar(a.dice.pick(a.ground.numbers)));
  return scalar(a.dice.decimal(-1, 1));
}

Node prior_precision(Author& a, Field const&) {
  if (!a.ground.from_file || a.dice.chance(65)) return scalar(a.dice.decimal(0.1, 4));
  return one("attribute", scalar(a.dice.pick(a.ground.weights)));
}

Node openness(Author& a, Field const&) {
  if (!a.ground.parts.empty() && a.dice.chance(40)) return one("attribute", scalar(a.dice.pick(a.ground.parts)));
  return scalar(a.dice.pick(Names{"0", "0.3", "0.9"}));
}

Node noise(Author& a, Field const&) {
  return scalar(a.adds() || a.dice.chance(50) ? "none" : "normal");
}

// Scale, collective action, membership.

Node production(Author& a, Field const&) {
  return a.section("shape", fields::shape, "shape");
}

Node measure(Author& a, Field const&) {
  Node const* const named = a.now()->find("collaborations");
  bool const dated = named != nullptr && named->items.size() == 1 && named->items.front().text == "league";
  return scalar(dated ? "years" : "member");
}

Node belongs_to(Author& a, Field const&) {
  if (!a.ground.leagues.empty() && a.dice.chance(60)) return list({"league"});
  return list(some(a.dice, a.ground.clubs, 2));
}

// Laws.

Node kind_of_law(Author& a, Field const&) {
  std::string const kind = a.dice.pick(Names{"enabling", "mandate", "enabling", "mandate", "preempt"});
  return scalar(a.is("cascade") ? "mandate" : kind);
}

Node of_country(Author& a, std::string const& attribute, Names const& plain) {
  if (a.ground.ruled && a.dice.chance(50)) return one("attribute", scalar(attribute));
  return scalar(a.dice.pick(plain));
}

/// A share, a hazard, or a file: one of three keys.
Node enact(Author& a, Field const& field) {
  std::size_t const which = static_cast<std::size_t>(a.dice.between(0, static_cast<int>(field.inside.size()) - 1));
  Field const& trigger = field.inside[which];
  std::string const path = "national.enact." + std::string(trigger.name);
  return one(std::string(trigger.name), a.value("enact", trigger, path));
}

/// Laws of some countries, and a row of another policy.
Node law_file(Author& a, Field const&) {
  Ground const& ground = a.ground;
  std::string const name = fmt::format("{}-laws{}.csv", a.policy->name, a.texts.files.size());
  auto const label = [&] { return a.dice.between(ground.start - 4, ground.end + 2); };
  Names lines{fmt::format("{},elsewhere,{}", ground.countries.front(), label())};
  for (std::string const& country : ground.countries)
    if (a.dice.chance(70)) lines.push_back(fmt::format("{},{},{}", country, a.policy->name, label()));
  a.file(name, "country,policy,from", lines);
  return scalar(name);
}

bool by_file(Author& a) {
  Node const* const enacted = a.now()->find("enact");
  return enacted != nullptr && enacted->find("file") != nullptr;
}

Node other_policy(Author& a, Field const&) {
  Names others;
  for (int k = 0; k < a.ground.policies; ++k)
    if (std::string name = fmt::format("policy{}", k); name != a.policy->name) others.push_back(std::move(name));
  return scalar(a.dice.pick(others));
}

constexpr Row mechanism_rows_table[] = {
    {"policy.mechanisms", [](Author& a) { return a.planned.empty() ? 0 : 100; }, all_mechanisms},
    {"mechanism.strength", [](Author& a) { return a.law             ? 0
                                                  : a.is("cascade") ? 100
                                                                    : 85; }, strength},
    {"mechanism.strength_by", slopes_odds, slopes},
    {"exposure.network", [](Author& a) { return of_mechanism(a).empty() ? 0 : 150; }, network_of},
    {"exposure.pool", [](Author& a) { return a.is("cascade") ? 0 : 100; }},
    {"exposure.normalize", [](Author& a) { return a.transmits || a.is("cascade") ? 0 : 70; }},
    {"exposure.shape", exposure_shape_odds, exposure_shape},
    {"exposure.half_life", [](Author& a) { return a.is("cascade") ? 0 : 30; },
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(Names{"1.1", "2.3", "0.41", "5.3", "12.7"}));
     }},
    {"exposure.source_weight",
     [](Author& a) {
       bool const counts = a.text("normalize") == "count";
       return a.is("cascade") || counts || a.ground.weights.empty() || along_living(a) ? 0 : 30;
     },
     source_weight},
    {"exposure.only", only_odds, only},
    {"exposure.transmission", [](Author& a) { return a.transmits && !along_living(a) ? 100 : 0; },
     [](Author& a, Field const&) { return scalar(fmt::format("{}", a.dice.between(0, 20) / 10000.0)); }},
    {"learning.network", nullptr, [](Author& a, Field const&) { return scalar(a.dice.pick(a.tied())); }},
    {"learning.model", odds<50>},
    {"learning.observation_sd", of_looks, hundredths<10, 400>},
    {"learning.prior", [](Author& a) { return a.adds() ? 100 : 60; }},
    {"learning.prior.mean", odds<100>, prior_mean},
    {"learning.prior.precision", [](Author& a) { return averages(a) ? 0 : 60; }, prior_precision},
    {"learning.prior.spread", [](Author& a) { return a.adds() ? 0 : 50; }, hundredths<0, 100>},
    {"learning.transferability",
     [](Author& a) { return averages(a) || a.ground.numbers.empty() || a.ground.cities < 5 ? 0 : 35; }},
    {"learning.transferability.sd", nullptr, hundredths<0, 100>},
    {"learning.risk_aversion", of_looks,
     [](Author& a, Field const&) { return scalar(a.dice.decimal(a.adds() ? 0 : -0.3, 1)); }},
    {"learning.noise", [](Author& a) { return averages(a) ? 0
                                              : a.adds()  ? 100
                                                          : 50; }, noise},
    {"learning.own_precision", [](Author& a) { return averages(a) || a.adds() ? 0 : 50; }, hundredths<1, 300>},
    {"learning.openness", [](Author& a) { return averages(a) ? 70 : 0; }, openness},
    {"scale.progress_ratio", [](Author& a) { return a.shares_cost ? 0 : 100; }, hundredths<50, 110>},
    {"scale.shared", [](Author& a) { return a.shares_cost ? 100 : 0; }},
    {"scale.shared.fixed", nullptr,
     [](Author& a, Field const&) { return scalar(a.dice.between(1, a.ground.resources ? 30 : 900)); }},
    {"scale.shared.variable", nullptr,
     [](Author& a, Field const&) { return scalar(a.dice.between(1, a.ground.resources ? 9 : 300)); }},
    {"collective.production", nullptr, production},
    {"collective.combine", odds<50>},
    {"collective.incentive", odds<50>},
    {"collective.excluding_self", [](Author& a) { return a.text("incentive") == "marginal" ? 0 : 50; }},
    {"collective.weight", [](Author& a) { return a.ground.weights.empty() ? 0 : 40; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.weights)); }},
    {"membership.collaborations", odds<60>, belongs_to},
    {"membership.measure", odds<70>, measure},
    {"national.kind", nullptr, kind_of_law},
    {"national.enact", nullptr, enact},
    {"national.enact.share", nullptr,
     [](Author& a, Field const&) {
       return of_country(a, "need", {"0", "0.2", "0.25", "0.5", "1"});
     }},
    {"national.enact.hazard.base", nullptr,
     [](Author& a, Field const&) {
       return of_country(a, "drive", {"0", "0.05", "0.2"});
     }},
    {"national.enact.hazard.share", nullptr,
     [](Author& a, Field const&) {
       return of_country(a, "drive", {"0", "0.3", "1.5"});
     }},
    {"national.enact.file", nullptr, law_file},
    {"national.delay", [](Author& a) { return by_file(a) ? 0 : 50; },
     [](Author& a, Field const&) {
       return of_country(a, "patience", {"0", "1", "3"});
     }},
    {"national.compliance", [](Author& a) { return a.text("kind") == "mandate" ? 90 : 0; },
     [](Author& a, Field const&) {
       return of_country(a, "duty", {"0", "0.05", "0.2", "0.6"});
     }},
    {"synergy.policy", nullptr, other_policy},
    {"pool.same", [](Author& a) { return a.ground.texts.empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.texts)); }},
    {"pool.collaboration", [](Author& a) { return a.ground.clubs.empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.clubs)); }},
    {"pool.network",
     [](Author& a) { return a.networks([](auto const& each) { return !each.living; }).empty() ? 0 : 100; },
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(a.networks([](auto const& each) { return !each.living; })));
     }},
    {"shape.power", nullptr, hundredths<30, 300>},
    {"shape.step", nullptr,
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(Names{"0.2", "0.25", "0.5", "1"}));
     }},
    {"shape.logistic.midpoint", nullptr, hundredths<10, 90>},
    {"shape.logistic.steepness", nullptr, hundredths<100, 1200>},
};

}  // namespace

std::span<Row const> mechanism_rows() {
  return mechanism_rows_table;
}

}  // namespace hansa::test
