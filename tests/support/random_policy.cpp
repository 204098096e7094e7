/// Makes up policies.
#include "support/random_policy.hpp"

#include <algorithm>
#include <utility>

#include "support/random_exposure.hpp"
#include "support/random_learning.hpp"

namespace hansa::test {

namespace {

class PolicyAuthor {
 public:
  PolicyAuthor(std::string name, Stage const& stage, Dice& dice, Texts& texts)
      : name_(std::move(name)), stage_(stage), dice_(dice), texts_(texts), yaml_(texts.yaml) {}

  void write() {
    std::size_t const begin = yaml_.size();
    behaviour();
    synergy();
    laws();
    bars();
    cost();
    lessons(begin);
  }

 private:
  void behaviour() {
    rule_ = dice_.pick(Lines{"logit", "cloglog", "additive", "linear", "cascade", "threshold"});
    threshold_ = rule_ == "threshold";
    yaml_ += fmt::format("  {}:\n    rule: {}\n", name_, rule_);
    pressure();
    if (dice_.chance(30))
      yaml_ += "    at_risk: {from: entry, until: exit}\n";
    else if (dice_.chance(10))
      yaml_ += "    at_risk: {until: exit, cities: {where: {votes: {min: 3}}}}\n";
    adopters();
    if (dice_.chance(25)) abandonment();
    int const mechanisms = dice_.between(0, 4);
    bool const learns = learns_ = !is("cascade") && dice_.chance(30);
    if (mechanisms == 0 && !learns) return;
    News const news = is("additive") || is("linear") ? News::good : News::any;
    if (learns) yaml_ += fmt::format("    merit: {}\n", random_merit(stage_, news, dice_));
    yaml_ += "    mechanisms:\n";
    with_mechanisms_ = true;
    if (learns) {
      std::string const name = dice_.pick(Lines{"learned", "Z_learned", "a"});
      Dice apart(yaml_.size() ^ 0x1ea4ull << 32);
      std::string const learning = random_learning(stage_, news, dice_, apart);
      yaml_ += fmt::format("      {}: {{{}{}}}\n", name, learning, strength());
    }
    for (int m = 0; m < mechanisms; ++m) mechanism(fmt::format("{}{}", dice_.pick(Lines{"a", "Z", "m_", "x-"}), m));
  }

  [[nodiscard]] bool is(std::string const& rule) const { return rule_ == rule; }

  /// Another policy of the world; none where there is none.
  std::string other(Dice& dice) const {
    if (stage_.policies < 2) return {};
    int const number = dice.between(0, stage_.policies - 1);
    std::string const name = fmt::format("policy{}", number);
    return name == name_ ? "" : name;
  }

  /// From dice of its own, as all that follows: nothing else depends on it.
  void synergy() {
    Dice apart(yaml_.size() ^ 0x5e7ull << 32);
    std::string const name = other(apart);
    bool const fits = !is("cascade") && with_mechanisms_;
    if (!fits || name.empty() || !apart.chance(60)) return;
    bool const positive = is("additive") || is("linear");
    yaml_ += fmt::format("      syn: {{synergy: {{policy: {}}}, strength: {}}}\n", name,
                         positive ? apart.decimal(0.01, 0.4) : apart.decimal(-1.5, threshold_ ? 1.5 : 3));
  }

  /// National laws of any kind; those that bar cities are rare.
  void laws() {
    Dice apart(yaml_.size() ^ 0x1a4ull << 32);
    if (!with_mechanisms_ || stage_.countries.empty() || apart.chance(50)) return;
    for (int k = apart.between(1, 3); k > 0; --k) {
      std::string kind = apart.pick(Lines{"enabling", "mandate", "enabling", "mandate", "preempt"});
      if (is("cascade")) kind = "mandate";
      auto const number = [&](std::string const& attribute, Lines const& plain) {
        return stage_.ruled && apart.chance(50) ? "{attribute: " + attribute + "}" : apart.pick(plain);
      };
      std::string enact = fmt::format("{{share: {}}}", number("need", {"0", "0.2", "0.25", "0.5", "1"}));
      if (apart.chance(40))
        enact = fmt::format("{{hazard: {{base: {}, share: {}}}}}", number("drive", {"0", "0.05", "0.2"}),
                            number("drive", {"0", "0.3", "1.5"}));
      bool const dated = apart.chance(30);
      if (dated) enact = fmt::format("{{file: {}}}", laws_file(k, apart));
      std::string law = fmt::format("kind: {}, enact: {}", kind, enact);
      if (!dated && apart.chance(50)) law += ", delay: " + number("patience", {"0", "1", "3"});
      if (kind == "mandate" && apart.chance(90)) law += ", compliance: " + number("duty", {"0", "0.05", "0.2", "0.6"});
      bool const positive = is("additive") || is("linear");
      std::string const strength = positive ? apart.decimal(0.01, 0.4) : apart.decimal(-1.5, threshold_ ? 1.5 : 3);
      yaml_ += fmt::format("      {}{}: {{national: {{{}}}{}}}\n", apart.pick(Lines{"law", "Must", "b-"}), k, law,
                           kind == "enabling" ? ", strength: " + strength : "");
    }
  }

  /// Laws of some countries, and a row of another policy.
  std::string laws_file(int k, Dice& apart) {
    std::string const name = fmt::format("{}-laws{}.csv", name_, k);
    Lines rows{stage_.countries.front() + ",elsewhere," + stage_.label(apart, 3)};
    for (std::string const& country : stage_.countries)
      if (apart.chance(70)) rows.push_back(fmt::format("{},{},{}", country, name_, stage_.label(apart, 4)));
    apart.shuffle(rows);
    std::string text = "country,policy,from\n";
    for (std::string const& row : rows) text += row + "\n";
    texts_.files[name] = text;
    return name;
  }

  /// Policies require only such as stand before them, so that there is no circle.
  void bars() {
    Dice apart(yaml_.size() ^ 0xba5ull << 32);
    int const own = std::stoi(name_.substr(6));
    if (is("cascade")) return;
    std::string required;
    if (own > 0 && apart.chance(30)) required = fmt::format("policy{}", apart.between(0, own - 1));
    if (!required.empty()) yaml_ += fmt::format("    requires: [{}]\n", required);
    std::string const excluded = other(apart);
    if (!excluded.empty() && excluded != required && apart.chance(30))
      yaml_ += fmt::format("    excludes: [{}]\n", excluded);
  }

  /// Who leaves by what was learned, and who adapts the policy. `begin`: where the policy begins.
  void lessons(std::size_t begin) {
    Dice apart(yaml_.size() ^ 0x1e55ull << 32);
    if (learns_ && apart.chance(50)) {
      std::size_t const other = yaml_.find("    abandonment:", begin);
      if (other != std::string::npos) yaml_.erase(other, yaml_.find('\n', other) + 1 - other);
      yaml_ += fmt::format("    abandonment: {}\n", random_leaving(apart));
    }
    bool const priced = shared_ || yaml_.find("    cost:", begin) != std::string::npos;
    if ((learns_ || priced) && apart.chance(40))
      yaml_ += fmt::format("    reinvention: {}\n", random_reinvention(apart, learns_));
  }

  /// From dice of its own, so that nothing else depends on what a policy costs.
  void cost() {
    Dice apart(yaml_.size() ^ 0xc057ull << 32);
    if (shared_ || apart.chance(50)) return;
    Lines amounts{apart.decimal(0, 900), "{attribute: votes}", "{attribute: share}"};
    if (stage_.panel) amounts.push_back("{attribute: wealth}");
    yaml_ += fmt::format("    cost: {{amount: {}{}}}\n", apart.pick(amounts),
                         apart.pick(Lines{"", ", per: once", ", per: step"}));
  }

  /// A number of thousandths, for probabilities.
  std::string thousandths(int low, int high) { return fmt::format("{}", dice_.between(low, high) / 1000.0); }

  /// What presses besides mechanisms, and what it must overcome.
  void pressure() {
    if (is("cascade")) return;
    if (threshold_) {
      std::string const drawn = law();
      yaml_ += fmt::format("    threshold: {}\n", drawn);
      if ((drawn.starts_with("{uniform") || drawn.starts_with("{normal")) && dice_.chance(40))
        yaml_ += "    entry: settled\n";
    } else if (is("additive") && dice_.chance(30)) {
      return;
    } else if (dice_.chance(10)) {
      yaml_ += fmt::format("    baseline: {{chance: {}}}\n", thousandths(100, 300));
    } else {
      yaml_ += fmt::format("    baseline: {}\n", is("linear") ? thousandths(100, 300) : dice_.decimal(-6, 0));
    }
    bool const linear = is("linear");  // whose probabilities must not fall below 0
    if (dice_.chance(40))
      yaml_ += fmt::format("    attributes: {{{}}}\n", linear ? "size: " + thousandths(-20, 20) : effects());
    if (dice_.chance(50))
      yaml_ += fmt::format("    trend: {}\n", linear ? "{linear: " + thousandths(0, 10) + "}" : trend());
    if (dice_.chance(40)) yaml_ += fmt::format("    frailty: {{{}}}\n", frailty());
  }

  std::string frailty() {
    Lines kinds{"city", "city_policy", "country", "period"};
    dice_.shuffle(kinds);
    std::string text;
    for (int k = dice_.between(1, 4); k > 0; --k) {
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", kinds[static_cast<std::size_t>(k) - 1],
                          is("linear") ? thousandths(0, 8) : dice_.decimal(0, 0.6));
    }
    return text;
  }

  /// Strengths, which may differ between cities. Hazards and probabilities that are added cannot be negative, and a
  /// chance is at most 1.
  std::string strength() {
    bool const positive = is("additive") || is("linear") || is("cascade");
    std::string value = dice_.decimal(-1, threshold_ ? 1.5 : 4);
    if (positive) value = dice_.decimal(0.01, is("cascade") ? 0.5 : 0.4);
    if ((threshold_ || is("cascade")) && dice_.chance(threshold_ ? 50 : 10)) value = "1";
    std::string text = value == "1" ? "" : ", strength: " + value;
    if (!dice_.chance(25) || (is("cascade") && value == "1")) return text;
    std::string by = positive ? "share: 0.1" : "size: " + dice_.decimal(-0.4, 0.4) + ", share: 0.1";
    if (stage_.panel && dice_.chance(50)) by += ", wealth: 0.02";
    return text + fmt::format(", strength_by: {{{}}}", by);
  }

  std::string law() {
    switch (dice_.between(1, 4)) {
      case 1:
        return fmt::format("{}", dice_.between(0, 8) / 8.0);
      case 2:
        return "{attribute: bar}";
      case 3:
        return fmt::format("{{uniform: [{}, {}]}}", dice_.decimal(-0.2, 0.2), dice_.decimal(0.5, 1.5));
      default:
        return fmt::format("{{normal: [{}, {}]}}", dice_.decimal(0, 0.7), dice_.decimal(0.05, 0.5));
    }
  }

  std::string effects() {
    if (stage_.panel && dice_.chance(70)) return changing_effects();
    std::string const size = fmt::format("size: {}", dice_.decimal(-0.5, 0.5));
    if (stage_.regions.empty()) return size;
    std::string region = fmt::format("region: {{{}: {}", stage_.regions.front(), dice_.decimal(-1, 1));
    if (stage_.regions.size() > 1) region += fmt::format(", {}: {}", stage_.regions.back(), dice_.decimal(-1, 1));
    region += "}";
    return dice_.pick(Lines{size, region, region + ", " + size});
  }

  std::string changing_effects() {
    std::string const mood = fmt::format("mood: {{calm: {}, wild: {}}}", dice_.decimal(-1, 1), dice_.decimal(-1, 1));
    std::string const rank = fmt::format("rank: {{rich: {}}}", dice_.decimal(-1, 1));
    std::string const wealth = fmt::format("wealth: {}", dice_.decimal(-0.3, 0.3));
    std::string const drift = fmt::format("drift: {}", dice_.decimal(-0.5, 0.5));
    std::string const size = fmt::format("size: {}", dice_.decimal(-0.5, 0.5));
    return dice_.pick(Lines{mood, rank, wealth + ", " + size, drift + ", " + mood, rank + ", " + drift + ", " + size});
  }

  std::string trend() {
    std::string const b = dice_.decimal(-0.2, 0.2);
    switch (dice_.between(1, 5)) {
      case 1:
        return fmt::format("{{linear: {}}}", b);
      case 2:
        return fmt::format("{{polynomial: [{}, {}]}}", b, dice_.decimal(-0.02, 0.02));
      case 3:
        return fmt::format("{{log_time: {}}}", dice_.decimal(-1, 1));
      case 4: {
        int const one = dice_.between(stage_.start - 2, stage_.end - 1);
        return fmt::format("{{periods: {{{}: {}, {}: {}}}}}", one, dice_.decimal(-2, 2), stage_.end, b);
      }
      default: {
        int const width = std::max(1, (stage_.end - stage_.start) / 3);
        return fmt::format("{{spline: {{knots: [{}, {}, {}, {}], coefficients: [{}, {}, {}]}}}}", stage_.start,
                           stage_.start + width, stage_.start + 2 * width, stage_.end + 3, b, dice_.decimal(-1, 1),
                           dice_.decimal(-1, 1));
      }
    }
  }

  void adopters() {
    int const kind = dice_.between(1, 5);
    if (kind == 1) return;
    if (kind == 2) {
      yaml_ += fmt::format("    adopters: {{random: {}}}\n", dice_.between(1, stage_.cities));
    } else if (kind == 3) {
      yaml_ += fmt::format("    adopters: [city{}]\n", dice_.between(0, stage_.cities - 1));
    } else {
      adopters_file();
    }
  }

  void abandonment() {
    std::string const hazard = dice_.pick(Lines{"0.02", "0.2", "0.7", "2.5"});
    bool const constant = dice_.chance(60);
    yaml_ += constant ? fmt::format("    abandonment: {{hazard: {}}}\n", hazard)
                      : fmt::format("    abandonment: {{logit: {{base: {}}}}}\n", dice_.decimal(-4, 1));
  }

  void adopters_file() {
    int const until = dice_.between(stage_.start - 1, stage_.start + (stage_.end - stage_.start) / 2);
    Lines rows;
    for (int i = 0; i < stage_.cities; ++i) {
      if (!dice_.chance(30)) continue;
      int const year = dice_.between(stage_.start - 5, stage_.end);
      std::string after, left;
      if (dice_.chance(20)) after = std::to_string(year - dice_.between(1, 4));
      if (dice_.chance(30)) left = std::to_string(year + dice_.between(1, 6));
      rows.push_back(fmt::format("city{},{},{},{}", i, year, after, left));
      if (!left.empty() && dice_.chance(30)) {
        rows.push_back(fmt::format("city{},{},,", i, std::stoi(left) + dice_.between(1, 3)));
      }
    }
    dice_.shuffle(rows);
    std::string text = "city,year,after,left\n";
    for (std::string const& row : rows) text += row + "\n";
    texts_.files[name_ + ".csv"] = text;
    std::string const dated = dice_.chance(60) ? fmt::format(", until: {}", until) : "";
    yaml_ += fmt::format("    adopters: {{file: {}.csv{}}}\n", name_, dated);
  }

  void mechanism(std::string const& name) {
    if (is("cascade")) {
      yaml_ += fmt::format("      {}: {{exposure: {{network: {}}}{}}}\n", name, dice_.pick(stage_.tied), strength());
      return;
    }
    yaml_ += fmt::format("      {}: {{{}}}\n", name, kind_and_strength());
  }

  std::string kind_and_strength() {
    int const kind = dice_.between(1, 10);
    if (kind <= 4) return random_exposure(stage_, rule_, dice_) + strength();
    if (kind == 5) return random_log_adopters(stage_, dice_) + strength();
    if (kind <= 7) return scale() + strength();
    if (kind <= 9 || stage_.clubs.empty()) return collective() + strength();
    std::string const membership = random_membership(stage_, dice_);
    return membership + (membership.ends_with("years}") ? ", strength: 0.04" : strength());
  }

  /// Several cost curves multiply, but a shared cost stands alone.
  std::string scale() {
    if (shared_) return random_exposure(stage_, rule_, dice_);
    bool const first = !std::exchange(scaled_, true);
    shared_ = first && dice_.chance(40);
    if (!shared_)
      return fmt::format("scale: {{pool: {}, progress_ratio: {}}}", random_pool(stage_, dice_), dice_.decimal(0.5, 1));
    return fmt::format("scale: {{pool: {}, shared: {{fixed: {}, variable: {}}}}}", random_pool(stage_, dice_),
                       dice_.between(1, 900), dice_.between(1, 300));
  }

  std::string collective() {
    std::string production = fmt::format("{{power: {}}}", dice_.decimal(0.3, 3));
    if (dice_.chance(40)) production = fmt::format("{{step: {}}}", dice_.pick(Lines{"0.2", "0.25", "0.5", "1"}));
    if (dice_.chance(30)) production = random_logistic(dice_);
    std::string text = "collective: {production: " + production;
    if (dice_.chance(50)) text += ", combine: " + dice_.pick(Lines{"max", "sum"});
    int const self = dice_.between(1, 3);
    if (self == 1) text += ", excluding_self: true";
    if (self == 2) text += ", incentive: marginal";
    if (dice_.chance(40)) text += ", weight: " + dice_.pick(Lines{"votes", "share"});
    if (!stage_.clubs.empty() && dice_.chance(40)) {
      text += fmt::format(", collaborations: [{}]", dice_.pick(stage_.clubs));
    }
    return text + "}";
  }

  std::string name_;
  Stage const& stage_;
  Dice& dice_;
  Texts& texts_;
  std::string& yaml_;
  std::string rule_;
  bool threshold_ = false;
  bool scaled_ = false;
  bool shared_ = false;
  bool with_mechanisms_ = false, learns_ = false;
};

}  // namespace

void write_policy(std::string const& name, Stage const& stage, Dice& dice, Texts& texts) {
  PolicyAuthor(name, stage, dice, texts).write();
}

}  // namespace hansa::test
