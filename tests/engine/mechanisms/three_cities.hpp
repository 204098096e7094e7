/// Three cities a, b, c and a term driven by hand: what the formulas are checked on.
#pragma once

#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "mechanisms/catalogue.hpp"
#include "model/catalogue.hpp"
#include "world/world.hpp"

namespace hansa::test {

/// Cities a, b, c with country X, X, Y and size 1, 2, 3; network `ties`: b observes a (weight 1), c observes a (1) and
/// b (3); collaboration `club`: a and b always, c from 2002; clock 2000 … 2005.
class ThreeCities {
 public:
  ThreeCities() {
    world_.cities.id = {"a", "b", "c"};
    for (std::string const& id : world_.cities.id) world_.cities.hash.push_back(hash_id(id));
    world_.cities.input_order = {0, 1, 2};
    world_.cities.numbers["size"] = {1, 2, 3};
    world_.cities.texts["country"].labels = {"X", "Y"};
    world_.cities.texts["country"].code = {0, 0, 1};
    world_.networks.push_back(make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, complaints));
    world_.collaborations.push_back({"club", 1, {{0}, {1}, {2, 2002}}});
  }

  /// A term of `kind` with these parameters; null if it complains.
  std::unique_ptr<Term> make(std::string const& kind, Parameters parameters) {
    MechanismSpec spec;
    spec.name = spec.kind = kind;
    for (CatalogueEntry const& entry : standard_catalogue()) {
      if (entry.schema->name != kind) continue;
      leave_out(entry.schema->parameters, "", parameters);
      spec.parameters = std::move(parameters);
      return entry.make(spec, {world_, clock_, policy_, known, policies, networks}, complaints);
    }
    return nullptr;
  }

  World& world() { return world_; }
  PolicySpec& policy() { return policy_; }
  Clock& clock() { return clock_; }
  Complaints complaints;
  std::vector<PolicySpec> policies;   ///< of the scenario
  std::vector<NetworkSpec> networks;  ///< those of which something else than their ties matters
  std::vector<std::uint8_t> known;    ///< sources; empty: all

 private:
  /// Parameters that were not given are known by name all the same.
  static void leave_out(std::span<Field const> fields, std::string const& prefix, Parameters& parameters) {
    for (Field const& field : fields) {
      std::string const name = prefix + std::string(field.name);
      if (field.kind == Kind::section) {
        leave_out(field.inside, name + ".", parameters);
      } else if (!is_named(parameters, name)) {
        parameters.set(name, {}, {});
      }
    }
  }
  static bool is_named(Parameters const& parameters, std::string const& name) {
    try {
      return (void)parameters.value(name), true;
    } catch (std::out_of_range const&) {
      return false;
    }
  }
  World world_;
  Clock clock_{2000, 2005, "year"};
  PolicySpec policy_;
};

/// A term with its state in one replicate.
class Driven {
 public:
  explicit Driven(Term const& term) : term_(term), kept_(term.keep()) { begin({}); }
  void begin(Outset const& outset) {
    term_.reset(*kept_, outset);
    next_ = 1999;
  }

  /// Applies events and moves to the state after the step with this label (2000 is step 1). Steps that are left out,
  /// the one before the first among them, pass without events.
  void step(std::int32_t label, std::vector<Event> const& events) {
    for (; next_ < label; ++next_) move(next_, {});
    move(label, events);
    next_ = label + 1;
  }
  /// Touches who drifts.
  void touch_drifting() { term_.touch_drifting(*kept_, touched_); }
  [[nodiscard]] double value(Index city) const {
    double m = 0;
    term_.value(*kept_, std::span(&city, 1), &m);
    float single = 0;
    term_.value(*kept_, std::span(&city, 1), &single);
    // Both lanes agree to single precision.
    return std::fabs(m - double{single}) <= 2e-7 * std::fabs(m) ? m : std::nan("");
  }
  [[nodiscard]] double value_of_adopter(Index city) const {
    double m = 0;
    term_.value_of_adopters(*kept_, std::span(&city, 1), &m);
    return m;
  }
  [[nodiscard]] Beliefs beliefs() const { return term_.beliefs(*kept_); }
  [[nodiscard]] Term const& term() const { return term_; }
  [[nodiscard]] Kept const& kept() const { return *kept_; }
  [[nodiscard]] bool touched(Index city) const { return touched_.everybody || flags_[city] != 0; }

 private:
  void move(std::int32_t label, std::vector<Event> const& events) {
    flags_.assign(3, 0);
    list_.assign(64, 0);
    touched_ = {list_.data(), flags_.data(), 0, false};
    term_.apply(*kept_, events, touched_);
    term_.advance(*kept_, {label - 2000 + 1, label}, touched_);
  }

  Term const& term_;
  std::unique_ptr<Kept> kept_;
  std::int32_t next_ = 1999;
  std::vector<std::uint8_t> flags_;
  std::vector<Index> list_;
  Touched touched_;
};

/// The club of three cities as one that recruits: c joins within the run, for 2001. Before terms are made.
class RecruitingClub {
 public:
  explicit RecruitingClub(ThreeCities& three) : living_(recruiting(three), three.clock(), 3) { living_.begin(); }

  /// To begin with, its members are those of the data.
  [[nodiscard]] Outset outset() const { return {0, 0, nullptr, {}, std::span(&living_, 1)}; }
  /// Brings members to `label`, one step after the last.
  void advance(std::int32_t label) {
    living_.advance(label);
    if (label == 2001) living_.join(2, label);
  }

 private:
  static Collaboration const& recruiting(ThreeCities& three) {
    three.world().collaborations[0].recruits = true;
    return three.world().collaborations[0];
  }
  LivingMembers living_;
};

inline constexpr Index a = 0;
inline constexpr Index b = 1;
inline constexpr Index c = 2;
inline Event adopts(Index city) {
  return {city, 0, +1};
}
inline Event leaves(Index city) {
  return {city, 0, -1};
}

}  // namespace hansa::test
