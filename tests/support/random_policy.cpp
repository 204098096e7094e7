/// Makes up policies.
#include "support/random_policy.hpp"

#include <algorithm>
#include <utility>

namespace hansa::test {

namespace {

class PolicyAuthor {
 public:
  PolicyAuthor(std::string name, Stage const& stage, Dice& dice, Texts& texts)
      : name_(std::move(name)), stage_(stage), dice_(dice), texts_(texts), yaml_(texts.yaml) {}

  void write() {
    std::string const rule = dice_.pick(Lines{"logit", "cloglog", "threshold"});
    threshold_ = rule == "threshold";
    yaml_ += fmt::format("  {}:\n    rule: {}\n", name_, rule);
    if (!threshold_) yaml_ += fmt::format("    baseline: {}\n", dice_.decimal(-6, 0));
    if (threshold_) yaml_ += fmt::format("    threshold: {}\n", law());
    if (dice_.chance(40)) yaml_ += fmt::format("    attributes: {{{}}}\n", effects());
    if (dice_.chance(50)) yaml_ += fmt::format("    trend: {}\n", trend());
    if (dice_.chance(30))
      yaml_ += "    at_risk: {from: entry, until: exit}\n";
    else if (dice_.chance(10))
      yaml_ += "    at_risk: {until: exit, cities: {where: {votes: {min: 3}}}}\n";
    adopters();
    int const mechanisms = dice_.between(0, 4);
    if (mechanisms == 0) return;
    yaml_ += "    mechanisms:\n";
    for (int m = 0; m < mechanisms; ++m) mechanism(fmt::format("{}{}", dice_.pick(Lines{"a", "Z", "m_", "x-"}), m));
  }

 private:
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
    std::string const size = fmt::format("size: {}", dice_.decimal(-0.5, 0.5));
    if (stage_.regions.empty()) return size;
    std::string region = fmt::format("region: {{{}: {}", stage_.regions.front(), dice_.decimal(-1, 1));
    if (stage_.regions.size() > 1) region += fmt::format(", {}: {}", stage_.regions.back(), dice_.decimal(-1, 1));
    region += "}";
    return dice_.pick(Lines{size, region, region + ", " + size});
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
    double const most = threshold_ ? 1.5 : 4;
    std::string const strength = threshold_ && dice_.chance(50) ? "1" : dice_.decimal(-1, most);
    int const kind = dice_.between(1, 4);
    std::string const body = kind <= 2 ? exposure() : kind == 3 ? scale() : collective();
    yaml_ += fmt::format("      {}: {{{}{}}}\n", name, body, strength == "1" ? "" : ", strength: " + strength);
  }

  std::string pool() {
    Lines kinds{"all", "country", "{same: region}", "{same: class}",
                fmt::format("{{network: {}}}", dice_.pick(stage_.networks))};
    if (!stage_.clubs.empty()) kinds.push_back(fmt::format("{{collaboration: {}}}", dice_.pick(stage_.clubs)));
    return dice_.pick(kinds);
  }

  std::string logistic() {
    return fmt::format("{{logistic: {{midpoint: {}, steepness: {}}}}}", dice_.decimal(0.1, 0.9), dice_.decimal(1, 12));
  }

  std::string shape() {
    switch (dice_.between(1, 5)) {
      case 1:
        return "linear";
      case 2:
        return "log1p";
      case 3:
        return fmt::format("{{power: {}}}", dice_.decimal(0.3, 3));
      case 4:
        return fmt::format("{{step: {}}}", dice_.pick(Lines{"0.25", "0.5", "0.3333333333333333", "1"}));
      default:
        return logistic();
    }
  }

  /// Of weights and numbers mostly the logarithm, so that pressures stay in reach.
  std::string exposure() {
    std::string const where =
        dice_.chance(60) ? "network: " + dice_.pick(stage_.networks) : fmt::format("pool: {}", pool());
    std::string const normalize = dice_.pick(Lines{"", "share", "weight", "count"});
    std::string text = "exposure: {" + where;
    if (!normalize.empty()) text += ", normalize: " + normalize;
    if (normalize.ends_with("t") && !threshold_ && dice_.chance(80)) return text + ", shape: log1p}";
    if (dice_.chance(70)) text += ", shape: " + shape();
    return text + "}";
  }

  /// Several cost curves multiply, but a shared cost stands alone.
  std::string scale() {
    if (shared_) return exposure();
    bool const first = !std::exchange(scaled_, true);
    shared_ = first && dice_.chance(40);
    if (!shared_) return fmt::format("scale: {{pool: {}, progress_ratio: {}}}", pool(), dice_.decimal(0.5, 1));
    return fmt::format("scale: {{pool: {}, shared: {{fixed: {}, variable: {}}}}}", pool(), dice_.between(1, 900),
                       dice_.between(1, 300));
  }

  std::string collective() {
    std::string production = fmt::format("{{power: {}}}", dice_.decimal(0.3, 3));
    if (dice_.chance(40)) production = fmt::format("{{step: {}}}", dice_.pick(Lines{"0.2", "0.25", "0.5", "1"}));
    if (dice_.chance(30)) production = logistic();
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
  bool threshold_ = false;
  bool scaled_ = false;
  bool shared_ = false;
};

}  // namespace

void write_policy(std::string const& name, Stage const& stage, Dice& dice, Texts& texts) {
  PolicyAuthor(name, stage, dice, texts).write();
}

}  // namespace hansa::test
