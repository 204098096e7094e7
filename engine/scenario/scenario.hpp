/// The question as values: what a checked scenario file says, before any data file is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenario/calibrate_spec.hpp"
#include "scenario/fit_spec.hpp"
#include "scenario/network_spec.hpp"
#include "scenario/parameters.hpp"
#include "scenario/power_spec.hpp"
#include "scenario/selector.hpp"
#include "scenario/set_spec.hpp"
#include "scenario/stats_spec.hpp"
#include "scenario/sweep_spec.hpp"

namespace hansa {

/// Labels of the first and last step, both included; one step is one unit.
struct Clock {
  std::int32_t start = 0;
  std::int32_t end = 0;
  std::string unit = "year";
  [[nodiscard]] std::int32_t steps() const noexcept { return end - start + 1; }
};

struct DerivedAttribute {
  enum class From { column, log, bins };
  std::string name;
  Place where;
  From from = From::column;
  Reference column;
  bool standardize = false;         ///< mean 0, sd 1 with n - 1
  std::vector<double> at;           ///< bins: cut points, ascending; left-closed
  std::vector<std::string> labels;  ///< bins: one more than `at`
};

struct CitiesSpec {
  enum class Coordinates { none, square, globe };
  std::optional<FileRef> panel;  ///< attributes that change: city,year, …
  std::optional<FileRef> file;   ///< or:
  std::int64_t generate = 0;     ///< ids c0 … c(n-1)
  Coordinates coordinates = Coordinates::none;
  std::vector<DerivedAttribute> attributes;    ///< sorted by name
  std::optional<NumberOrAttribute> attention;  ///< most adoptions of a city in a step; none: any number
  Place attention_where;
  Place where;
};

enum class CostPer { once, step };  ///< on adoption (fees: on joining), or in every step while adopted (a member)

/// What members pay from their budgets.
struct FeeSpec {
  double amount = 0;
  CostPer per = CostPer::step;
};

/// Cities join by themselves: each with a hazard, base + share s, against a resistance of its own; s is the share of
/// those that it observes who are members.
struct RecruitSpec {
  Reference network;
  double base = 0;
  double share = 0;
  Place where;
};

/// An assurance contract: members say that they adopt if enough others do, and when enough have said so all of them do.
struct PledgeSpec {
  Reference policy;
  std::int64_t members = 0;                    ///< so many are enough; or, where it is 0:
  double share = 0;                            ///< such a share of the members is
  std::optional<std::int32_t> from, deadline;  ///< labels of the first and last step in which members pledge;
                                               ///< default: the first and the last step
  Place where;
};

struct CollaborationProperties {
  std::string name;
  Place where;
  std::optional<Selector> members;        ///< instead of rows in the file
  std::optional<std::int32_t> dissolved;  ///< no members from this label on
  std::optional<FeeSpec> fee = {};
  std::optional<RecruitSpec> recruit = {};  ///< none: members are those of the data
  std::optional<PledgeSpec> pledge = {};
};

struct CollaborationsSpec {
  std::optional<FileRef> file;
  std::vector<CollaborationProperties> properties;  ///< sorted by name
};

enum class Rule { logit, cloglog, additive, linear, cascade, threshold };

/// Rule `threshold`: whether cities below the initial pressure adopt in the first step (Granovetter 1978), or
/// thresholds are drawn given that they lie above it.
enum class EntryLaw { burst, settled };

/// Standard deviations of unobserved normal effects.
struct FrailtySpec {
  double city = 0, city_policy = 0, country = 0, period = 0;
  Place where;
};

/// How adopters come to leave a policy: each episode ends when a hazard has used up its own resistance.
struct AbandonmentSpec {
  double hazard = 0;  ///< in each step while adopted, the first one left out; or, where own_belief is not 0:
  double base = 0;    ///< h = ln(1 + e^(base - own_belief b)), b what the adopter believes of the policy in its hands
  double own_belief = 0;  ///< then the policy has a learning mechanism
  Place where;
  bool by_odds = false;  ///< stated by base and own_belief
};

/// Adopters that adapt a policy to themselves: each with a probability, drawn once per adoption episode.
struct ReinventionSpec {
  double probability = 0;
  double gain = 0;  ///< of performance
  double cost = 0;  ///< a share: what the city pays is multiplied by 1 + cost
  Place where;
};

/// What a policy is worth to its adopters: q ~ N(mean + Σ γ x, spread²), drawn once per adoption episode; or given.
struct MeritSpec {
  double mean = 0;
  double spread = 0;
  std::vector<std::pair<Reference, double>> attributes;  ///< γ, sorted by name
  std::optional<Reference> performance;                  ///< q as data
  Place where;
};

/// An attribute's effect: one number, or one per value of a text attribute (others 0).
struct AttributeEffect {
  Reference attribute;
  std::variant<double, std::map<std::string, double>> effect;
};

struct Trend {
  enum class Form { none, polynomial, log_time, periods, spline };
  Form form = Form::none;                  ///< linear is a polynomial of degree 1
  std::vector<double> coefficients;        ///< polynomial: of (t - start)^1, ^2, …; log_time: one; spline: knots - 1
  std::vector<double> knots;               ///< spline: time labels, ascending
  std::map<std::int32_t, double> periods;  ///< label -> effect
};

/// Law of the resistance under the rule `threshold`.
struct ThresholdLaw {
  enum class Form { given, attribute, uniform, normal };
  Form form = Form::given;
  double a = 0, b = 0;  ///< given: a; uniform: [a, b]; normal: mean, sd
  Reference attribute;
};

struct AdoptersSpec {
  std::variant<std::monostate, FileRef, Selector> source;
  std::optional<std::int32_t> until;  ///< file: rows up to this label happen on their dates; default start - 1
  std::optional<Selector> coverage;   ///< cities whose absence means "not adopted"; default all
};

/// When a city can decide on the policy at all.
struct AtRiskSpec {
  std::optional<Reference> from, until;  ///< attributes: first and last label; a missing value means always
  std::optional<Selector> cities;        ///< default all
};

struct MechanismSpec {
  std::string name;  ///< the user's name of this entry
  std::string kind;  ///< the catalogue's name
  Place where;
  double strength = 1;
  std::vector<std::pair<Reference, double>> strength_by;  ///< δ, sorted by name
  Parameters parameters;
  std::optional<FileRef> file = {};  ///< that the parameters name
};

/// A city that cannot pay is not at risk; or it is, and adopts in the first step in which it can pay.
enum class Affording { stop, queue };

/// What a policy costs who adopts it, as long as nobody has.
struct CostSpec {
  NumberOrAttribute amount;
  CostPer per = CostPer::once;
  Place where;
};

struct PolicySpec {
  std::string name;
  Place where;
  Rule rule = Rule::logit;
  std::optional<double> baseline;           ///< β0; {chance: p} is already turned into it
  std::vector<AttributeEffect> attributes;  ///< sorted by name
  Trend trend;
  ThresholdLaw threshold;
  EntryLaw entry = EntryLaw::burst;
  FrailtySpec frailty;
  MeritSpec merit;
  AdoptersSpec adopters;
  AtRiskSpec at_risk;
  std::vector<Reference> required, excluded;   ///< other policies, by name
  std::optional<AbandonmentSpec> abandonment;  ///< none: adopters stay
  std::optional<ReinventionSpec> reinvention;  ///< none: adopters take it as it is
  std::optional<CostSpec> cost;
  Affording when_unaffordable = Affording::stop;
  std::vector<MechanismSpec> mechanisms;  ///< sorted by name
};

/// What ties bring that are used: to both cities of each, in the step in which its target adopts what its source has.
struct ReturnsSpec {
  Reference network;
  double per_tie = 0;
};

/// What cities can pay from: B <- B (1 + growth) + income + returns - spending, at the end of each step.
struct ResourcesSpec {
  NumberOrAttribute initial = 0.0;
  NumberOrAttribute income = 0.0;
  double growth = 0;
  std::optional<ReturnsSpec> returns;
  Place where;
};

/// Cities made to adopt a policy in one step.
struct SeedSpec {
  Reference policy;
  double success = 1;  ///< chance that a city adopts, drawn for each by the name of the intervention
  Selector cities;
  Place where;
};

/// Adds to the pressure on cities while it lasts; several on one city add up.
struct PushSpec {
  Reference policy;
  double strength = 0;
  Selector cities;
  Place where;
};

/// Multiplies what a mechanism presses on cities while it lasts; several on one city multiply.
struct CampaignSpec {
  Reference policy;
  Reference mechanism;
  double factor = 1;  ///< not negative
  Selector cities;
  Place where;
};

/// Makes each of its cities adopt in each step with a chance, besides what presses on it.
struct MandateSpec {
  Reference policy;
  double compliance = 1;
  Selector cities;
  Place where;
};

/// Somebody else pays a part of what a policy costs cities, while it lasts and its budget does.
struct SubsidySpec {
  Reference policy;
  double share = 0;              ///< of the cost; or:
  double amount = 0;             ///< of each payment
  std::optional<double> budget;  ///< in all; it ends after the step in which it has paid so much
  Selector cities;
  Place where;
};

/// Cities become members of a collaboration.
struct JoinSpec {
  Reference collaboration;
  Selector cities;
};

/// Members leave a collaboration.
struct LeaveSpec {
  Reference collaboration;
  Selector cities;
};

/// A collaboration has no members from the step on.
struct DissolveSpec {
  Reference collaboration;
};

/// Ties from all of `sources` to all of `targets`, or those of a file, hold from the step on.
struct AddTiesSpec {
  Reference network;
  std::optional<FileRef> file;  ///< or:
  Selector sources, targets;
  double weight = 1;  ///< of each, but not of those of a file
};

/// Ties from `sources` to `targets`, or between the pairs of a file, end before the step.
struct RemoveTiesSpec {
  Reference network;
  std::optional<FileRef> file;  ///< or:
  Selector sources, targets;
};

/// What somebody does.
using ActSpec = std::variant<SeedSpec, PushSpec, CampaignSpec, MandateSpec, SubsidySpec, JoinSpec, LeaveSpec,
                             DissolveSpec, AddTiesSpec, RemoveTiesSpec, SetSpec>;

/// What somebody does at a date.
struct InterventionSpec {
  std::string name;  ///< its own, or `VERB-AT`
  std::string verb;  ///< key of the act
  Place where;       ///< of the name, or of the whole
  std::int32_t at = 0;
  std::optional<std::int32_t> until;  ///< last step in which it is in force; none: it acts once
  std::optional<double> cost;         ///< to its funder, in all
  ActSpec act;

  /// The policy that it acts on; nullptr where it acts on none.
  [[nodiscard]] Reference const* policy() const noexcept {
    return std::visit(
        [](auto const& doing) -> Reference const* {
          if constexpr (requires { doing.policy; }) return &doing.policy;
          return nullptr;
        },
        act);
  }
  /// The set of cities that it acts on; nullptr where it has none.
  [[nodiscard]] Selector const* cities() const noexcept {
    return std::visit(
        [](auto const& doing) -> Selector const* {
          if constexpr (requires { doing.cities; }) return &doing.cities;
          return nullptr;
        },
        act);
  }
  /// The file that it reads; nullptr where it reads none.
  [[nodiscard]] FileRef const* file() const noexcept {
    return std::visit(
        [](auto const& doing) -> FileRef const* {
          if constexpr (requires { doing.file; }) return doing.file ? &*doing.file : nullptr;
          return nullptr;
        },
        act);
  }
};

struct OutputSpec {
  std::string file;  ///< empty: the scenario's name with .h5
  std::vector<Reference> by;
  bool histories = true;
  bool beliefs = false;
  bool events = false;
  bool ties = false;
  std::vector<double> quantiles = {5, 25, 50, 75, 95};
  Place where;
};

struct Scenario {
  std::filesystem::path file;
  std::vector<std::filesystem::path> bases;  ///< scenario files that it was merged with, the nearest first
  std::string title;
  std::string purpose;
  std::string patterns;
  std::string currency;
  std::map<std::string, std::string> sources;  ///< path -> fitted | literature (…) | assumed
  Clock clock;
  std::uint64_t seed = 1;
  std::int64_t replicates = 100;
  CitiesSpec cities;
  std::optional<FileRef> countries;   ///< table of attributes of countries
  std::vector<NetworkSpec> networks;  ///< sorted by name, like all lists of named things here
  CollaborationsSpec collaborations;
  std::vector<PolicySpec> policies;
  std::optional<ResourcesSpec> resources;  ///< none: nothing is unaffordable
  std::vector<InterventionSpec> interventions;
  std::optional<FitSpec> fit;      ///< how coefficients are estimated; absent: as a fit without the section would be
  std::optional<SweepSpec> sweep;  ///< which points are run, by a sweep only
  std::optional<CalibrateSpec> calibrate;  ///< what is estimated by simulation, by a calibration only
  std::optional<PowerSpec> power;          ///< what a study of power simulates and fits, by that only
  std::optional<StatsSpec> stats;          ///< which statistics of histories are computed, by `hansa stats` only
  OutputSpec output;
};

}  // namespace hansa
