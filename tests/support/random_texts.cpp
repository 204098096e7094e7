/// Makes up worlds: cities, ties and memberships.
#include "support/random_texts.hpp"

#include <algorithm>

#include "support/dice.hpp"
#include "support/random_interventions.hpp"
#include "support/random_members.hpp"
#include "support/random_policy.hpp"

namespace hansa::test {

namespace {

std::string csv(std::string const& header, Lines rows, Dice& dice) {
  dice.shuffle(rows);
  std::string text = header + "\n";
  for (std::string const& row : rows) text += row + "\n";
  return text;
}

class Author {
 public:
  Author(std::uint64_t number, int cities) : dice_(number), tie_dice_(~number), seed_(number) {
    stage_.cities = dice_.chance(20) ? dice_.between(2, 4) : dice_.between(5, 40);
    if (cities > 0) stage_.cities = cities;
    stage_.start = dice_.pick(std::vector<int>{1, -5, 1990, 2001});
    stage_.end = stage_.start + (dice_.chance(10) ? dice_.between(1, 2) : dice_.between(3, 30)) - 1;
  }

  Texts write() {
    texts_.yaml = fmt::format("hansa: 1\ntime: {{start: {}, end: {}}}\nseed: {}\n", stage_.start, stage_.end, seed_);
    stage_.panel = dice_.chance(30);
    texts_.yaml +=
        "cities:\n  file: cities.csv\n  attributes:\n    class: {bins: votes, at: [3, 6], labels: [low, middle, "
        "high]}\n";
    write_cities();
    if (stage_.panel) write_panel();
    write_countries();
    texts_.yaml += "networks:\n";
    int const networks = dice_.between(1, 3);
    for (int k = 0; k < networks; ++k) write_network(fmt::format("net{}", k));
    int const clubs = dice_.between(0, 3);
    if (clubs > 0) write_collaborations(clubs);
    if (dice_.chance(50)) texts_.yaml += "output: {beliefs: true}\n";
    texts_.yaml += "policies:\n";
    int const policies = stage_.policies = dice_.between(1, 4);
    for (int p = 0; p < policies; ++p) write_policy(fmt::format("policy{}", p), stage_, dice_, texts_);
    write_attention();
    write_resources();
    write_dynamics();
    write_interventions(stage_, policies, seed_, texts_);
    write_members(stage_, seed_, texts_);
    return std::move(texts_);
  }

 private:
  /// From dice of its own: nothing else depends on it.
  void write_attention() {
    Dice apart(seed_ ^ 0xa77ull << 32);
    if (!apart.chance(30) || texts_.yaml.find("rule: cascade") != std::string::npos) return;
    std::string const file = "  file: cities.csv\n";
    std::string const most = apart.pick(Lines{"1", "1", "2", "{attribute: votes}"});
    texts_.yaml.insert(texts_.yaml.find(file) + file.size(), fmt::format("  attention: {}\n", most));
  }

  /// Budgets, ties that bring something, cities that queue, and fees; from dice of their own.
  void write_resources() {
    Dice apart(seed_ ^ 0xb4dull << 33);
    std::string const chosen = "    chosen: {members: ";
    std::size_t const fee = texts_.yaml.find(chosen);
    bool const fees = fee != std::string::npos && apart.chance(40);
    if (fees)
      texts_.yaml.insert(fee + chosen.size() - 9, fmt::format("fee: {{amount: {}, per: {}}}, ", apart.decimal(0.01, 2),
                                                              apart.pick(Lines{"step", "once"})));
    bool const costs =
        texts_.yaml.find("    cost: {") != std::string::npos || texts_.yaml.find("shared: {") != std::string::npos;
    if (!(costs || fees) || !apart.chance(50) || texts_.yaml.find("rule: cascade") != std::string::npos) return;
    for (int p = 0; p < stage_.policies; ++p) {
      std::string const head = fmt::format("  policy{}:\n", p);
      if (apart.chance(40)) texts_.yaml.insert(texts_.yaml.find(head) + head.size(), "    when_unaffordable: queue\n");
    }
    bool const shared = texts_.yaml.find("shared: {") != std::string::npos;
    int const most = shared ? 900 : 5;
    std::string const initial = apart.pick(Lines{"{attribute: votes}", apart.decimal(0, 2 * most), "0", "12"});
    std::string const income = apart.pick(Lines{"{attribute: " + std::string(stage_.panel ? "drift" : "share") + "}",
                                                apart.decimal(0, most), apart.decimal(-1, most / 4.0), "1"});
    std::string more = apart.chance(50) ? "" : ", growth: " + apart.decimal(-0.1, 0.1);
    if (!stage_.tied.empty() && apart.chance(60))
      more +=
          fmt::format(", returns: {{network: {}, per_tie: {}}}", apart.pick(stage_.tied), apart.decimal(0, most / 3.0));
    texts_.yaml += fmt::format("resources: {{initial: {}, income: {}{}}}\n", initial, income, more);
  }

  /// Ties that live, of networks that only mechanisms use that can follow them; from dice of their own.
  void write_dynamics() {
    Dice apart(seed_ ^ 0xd11ull << 34);
    if (!apart.chance(45) || texts_.yaml.find("rule: cascade") != std::string::npos) return;
    bool const places = apart.chance(30);
    bool placed = false;
    for (std::string const& name : stage_.tied) {
      if (apart.chance(25) || !can_live(name)) continue;
      std::string more = fmt::format(
          "decay: {}, reinforce: {}, floor: {}", apart.pick(Lines{"0", "0.5", apart.decimal(0, 0.4)}),
          apart.pick(Lines{"0", "1", apart.decimal(0, 1)}), apart.pick(Lines{"0", "0.25", apart.decimal(0, 0.9)}));
      bool const tame = std::count(stage_.tame.begin(), stage_.tame.end(), name) > 0;  // else 1 is no weight
      if (apart.chance(50) && tame) {
        more +=
            fmt::format(", visits: {{rate: {}, closure: {}, prestige: {}, reciprocal: {}{}}}", apart.decimal(0, 0.6),
                        apart.pick(Lines{"0", "1", apart.decimal(0, 1)}), apart.pick(Lines{"0", apart.decimal(-1, 2)}),
                        apart.pick(Lines{"0", apart.decimal(0, 1)}), places ? ", decay_km: 6000" : "");
        placed = placed || places;
      }
      std::size_t const end = texts_.yaml.find("}\n", texts_.yaml.find("  " + name + ": {"));
      texts_.yaml.insert(end, ", dynamics: {" + more + "}");
    }
    if (placed) place_cities(apart);
  }

  /// Whether all that uses a network can follow ties that live.
  [[nodiscard]] bool can_live(std::string const& name) const {
    std::string const& yaml = texts_.yaml;
    for (std::size_t at = 0, end = 0; (end = yaml.find('\n', at)) != std::string::npos; at = end + 1) {
      std::string const line = yaml.substr(at, end - at);
      bool const own = line.starts_with("  " + name + ": {");
      if (own && line.find("lagged") != std::string::npos) return false;
      if (own || line.find("network: " + name) == std::string::npos) continue;
      for (char const* const word : {"pool:", "transmission", "source_weight", "only:"})
        if (line.find(word) != std::string::npos) return false;
    }
    return true;
  }

  void place_cities(Dice& apart) {
    std::string& table = texts_.files["cities.csv"];
    std::string placed;
    for (std::size_t at = 0, end = 0; (end = table.find('\n', at)) != std::string::npos; at = end + 1)
      placed += table.substr(at, end - at) +
                (at == 0 ? ",lat,lon" : fmt::format(",{},{}", apart.decimal(-80, 80), apart.decimal(-180, 180))) + "\n";
    table = placed;
  }

  /// From dice of its own. One more country has no city.
  void write_countries() {
    Dice apart(seed_ ^ 0xc0ull << 32);
    if (stage_.countries.empty() || apart.chance(40)) return;
    stage_.ruled = true;
    Lines rows{"NZL,0.5,Wellington,0.1,1,0.2"};
    for (std::string const& country : stage_.countries)
      rows.push_back(fmt::format("{},{},capital,{},{},{}", country, apart.pick(Lines{"0.1", "0.25", "0.5", "0.75"}),
                                 apart.decimal(0, 0.6), apart.between(0, 5), apart.decimal(0, 0.7)));
    texts_.files["countries.csv"] = csv("country,need,seat,drive,patience,duty", rows, apart);
    texts_.yaml += "countries: {file: countries.csv}\n";
  }

  std::string blank_or(int percent, std::string text) { return dice_.chance(percent) ? "" : std::move(text); }

  void write_cities() {
    Lines rows;
    for (int i = 0; i < stage_.cities; ++i) {
      std::string const country = blank_or(10, dice_.pick(Lines{"FRA", "BRA", "IND"}));
      std::string const region = blank_or(10, dice_.pick(Lines{"north", "south", "east"}));
      if (!region.empty() && std::count(stage_.regions.begin(), stage_.regions.end(), region) == 0) {
        stage_.regions.push_back(region);
      }
      if (!country.empty() && std::count(stage_.countries.begin(), stage_.countries.end(), country) == 0)
        stage_.countries.push_back(country);
      std::string const entry = blank_or(60, stage_.label(dice_, 3)), exit = blank_or(60, stage_.label(dice_, 3));
      std::string const wealth = !stage_.panel ? "" : i == 0 ? ",10" : "," + dice_.decimal(0.1, 9);
      rows.push_back(fmt::format("city{},{},{},{},{},{},{},{},{}{},{}", i, country, region, dice_.decimal(-2, 2),
                                 dice_.between(1, 9), dice_.decimal(0.01, 3), dice_.between(-1, 9) / 8.0, entry, exit,
                                 wealth, i % 9 / 8.0));
    }
    texts_.files["cities.csv"] =
        csv("id,country,region,size,votes,share,bar,entry,exit" + std::string(stage_.panel ? ",wealth,part" : ",part"),
            rows, dice_);
  }

  /// Wealth is known of every city and differs at the start, moods need not be known; in the last step each mood is
  /// somebody's.
  void write_panel() {
    texts_.yaml +=
        "    drift: {log: wealth, standardize: true}\n    rank: {bins: wealth, at: [4], labels: [poor, rich]}\n"
        "  panel: panel.csv\n";
    Lines rows;
    for (int i = 0; i < stage_.cities; ++i) {
      int const percent = dice_.between(0, 80);
      for (int t = i == 0 ? stage_.start + 1 : stage_.start - 3; t < stage_.end; ++t) {
        if (!dice_.chance(percent)) continue;
        rows.push_back(fmt::format("city{},{},{},{}", i, t, blank_or(20, dice_.decimal(0.1, 9)),
                                   blank_or(20, dice_.pick(Lines{"calm", "wild", "1"}))));
      }
    }
    for (int i = 0; i < 2; ++i) rows.push_back(fmt::format("city{},{},,{}", i, stage_.end, i == 0 ? "calm" : "wild"));
    texts_.files["panel.csv"] = csv("city,year,wealth,mood", rows, dice_);
  }

  void write_network(std::string const& name) {
    stage_.networks.push_back(name);
    int const kind = dice_.between(1, 12);
    if (kind == 3 && !stage_.tied.empty()) {
      texts_.yaml += fmt::format("  {}: {{same: {}}}\n", name, dice_.pick(Lines{"region", "country"}));
      stage_.tame.push_back(name);
      return;
    }
    stage_.tied.push_back(name);
    if (kind != 4) stage_.tame.push_back(name);
    if (kind == 1) {
      std::string const more =
          dice_.pick(Lines{"", ", redraw: replicate", ", redraw: replicate, weight: {attribute: share}"});
      texts_.yaml += fmt::format("  {}: {{{}{}}}\n", name, drawn_ties(), more);
    } else if (kind == 5) {
      texts_.yaml +=
          fmt::format("  {}: {{within: {{distance: {}, on: [size, share]}}}}\n", name, dice_.decimal(0.3, 2));
    } else if (kind == 2 && stage_.cities > 4) {
      std::string const weight = dice_.pick(Lines{"", ", weight: {attribute: share}"});
      int const k = dice_.between(1, std::min(20, stage_.cities - 1));
      bool const within = tie_dice_.chance(30);
      texts_.yaml += fmt::format("  {}: {{{}: {{on: [size, share], {}}}{}}}\n", name, within ? "within" : "similar",
                                 within ? "distance: " + tie_dice_.decimal(0.3, 2) : fmt::format("k: {}", k), weight);
    } else {
      write_ties(name, kind == 4 ? 4 : dice_.between(0, 3));
    }
  }

  /// Ties drawn at random, of any kind.
  std::string drawn_ties() {
    int const kind = dice_.between(1, 5);
    if (kind == 1) return fmt::format("barabasi_albert: {{ties_per_city: {}}}", dice_.between(1, stage_.cities - 1));
    if (kind == 2 && stage_.cities > 4) {
      return fmt::format("watts_strogatz: {{degree: {}, rewire: {}}}, directed: {}", 2 * dice_.between(1, 2),
                         dice_.between(0, 4) / 4.0, dice_.pick(Lines{"true", "false"}));
    }
    if (kind == 3 && !stage_.regions.empty()) {
      std::string const& one = dice_.pick(stage_.regions);
      return fmt::format("stochastic_block: {{group: region, probability: {{{}: {{{}: {}}}}}}}", one,
                         dice_.pick(stage_.regions), dice_.decimal(0, 1));
    }
    return fmt::format("erdos_renyi: {{ties: {}}}", dice_.between(1, stage_.cities - 1));
  }

  /// Ties drawn at random, of any kind.
  std::string drawn_ties(int ties) {
    int const kind = tie_dice_.between(1, 5);
    if (kind == 1) return fmt::format("barabasi_albert: {{ties_per_city: {}}}", ties);
    if (kind == 2 && stage_.cities > 4) {
      return fmt::format("watts_strogatz: {{degree: {}, rewire: {}}}, directed: {}", 2 * tie_dice_.between(1, 2),
                         tie_dice_.between(0, 4) / 4.0, tie_dice_.pick(Lines{"true", "false"}));
    }
    if (kind == 3 && !stage_.regions.empty()) {
      std::string const& one = tie_dice_.pick(stage_.regions);
      return fmt::format("stochastic_block: {{group: region, probability: {{{}: {{{}: {}}}}}}}", one,
                         tie_dice_.pick(stage_.regions), tie_dice_.decimal(0, 1));
    }
    return fmt::format("erdos_renyi: {{ties: {}}}", ties);
  }

  void write_ties(std::string const& name, int weights) {
    int const dates = dice_.chance(30) ? dice_.between(1, 3) : 0;  // spells, spells, slices
    // Each city observes so many others on average, drawn one by one: some twice, which adds their weights.
    int const ties = stage_.cities * dice_.between(1, std::min(20, stage_.cities));
    Lines rows;
    for (int k = 0; k < ties; ++k) {
      int const a = dice_.between(0, stage_.cities - 1), b = dice_.between(0, stage_.cities - 1);
      for (int again = dice_.between(1, dates == 3 ? 4 : 1); again > 0; --again) {
        rows.push_back(fmt::format("city{},city{}{}{}", a, b, weight(weights), dates_of_tie(dates)));
      }
    }
    std::string const header = std::string("source,target") + (weights == 0 ? "" : ",weight") +
                               (dates == 0   ? ""
                                : dates == 3 ? ",time"
                                             : ",from,until");
    texts_.files[name + ".csv"] = csv(header, rows, dice_);
    std::string const directed = dice_.pick(Lines{"", ", directed: true", ", directed: false"});
    std::string const lagged = dates != 0 && dice_.chance(40) ? ", ties: lagged" : "";
    texts_.yaml += fmt::format("  {}: {{file: {}.csv{}{}}}\n", name, name, directed, lagged);
  }

  /// When a tie holds: in a spell, whose ends may be blank, or in one step.
  std::string dates_of_tie(int dates) {
    if (dates == 0) return "";
    if (dates == 3) return "," + stage_.label(dice_, 2);
    int const from = dice_.between(stage_.start - 3, stage_.end), until = dice_.between(from, stage_.end + 3);
    return fmt::format(",{},{}", blank_or(20, std::to_string(from)), blank_or(20, std::to_string(until)));
  }

  /// None, whole numbers, decimals, anything, or numbers that fill 32 bits.
  std::string weight(int kind) {
    if (kind == 1) return fmt::format(",{}", dice_.between(0, 5));
    if (kind == 2) return fmt::format(",{}", dice_.between(1, 4000) / 1000.0);
    if (kind == 3) return fmt::format(",{}", dice_.between(1, 1000000) / 777777.0);
    if (kind == 4) return fmt::format(",{}", dice_.between(1, 1000) * 400000ll);
    return "";
  }

  void write_collaborations(int count) {
    Lines rows;
    for (int k = 0; k < count; ++k) {
      std::string const name = fmt::format("club{}", k);
      stage_.clubs.push_back(name);
      int const percent = dice_.between(5, 90);
      for (int i = 0; i < stage_.cities; ++i) {
        if (i == 0 || dice_.chance(percent)) write_spells(fmt::format("city{},{}", i, name), rows);
      }
    }
    // Everybody in the league has a date of joining.
    for (int i = 0; i < stage_.cities; ++i) {
      if (i > 0 && !dice_.chance(60)) continue;
      rows.push_back(
          fmt::format("city{},league,{},,{}", i, stage_.label(dice_, 9), blank_or(70, std::to_string(stage_.end + 3))));
    }
    texts_.files["clubs.csv"] = csv("city,collaboration,joined,joined_by,left", rows, dice_);
    texts_.yaml += "collaborations:\n  file: clubs.csv\n";
    std::string const members = stage_.regions.empty() || dice_.chance(30)
                                    ? fmt::format("[city{}]", dice_.between(0, stage_.cities - 1))
                                    : fmt::format("{{where: {{region: {}}}}}", stage_.regions.front());
    texts_.yaml += fmt::format("  properties:\n    chosen: {{members: {}}}\n", members);
    if (dice_.chance(25)) {
      texts_.yaml += fmt::format("    {}: {{dissolved: {}}}\n", dice_.pick(stage_.clubs), stage_.label(dice_, 0));
    }
    stage_.clubs.push_back("chosen");
  }

  /// One or two spells of membership.
  void write_spells(std::string const& who, Lines& rows) {
    int const joined = dice_.between(stage_.start - 3, stage_.end), left = dice_.between(joined + 1, stage_.end + 3);
    int const kind = dice_.between(1, 6);
    if (kind == 1) rows.push_back(fmt::format("{},,,", who));
    if (kind == 2) rows.push_back(fmt::format("{},{},,", who, joined));
    if (kind == 3) rows.push_back(fmt::format("{},,{},{}", who, joined, left));
    if (kind == 4) rows.push_back(fmt::format("{},,,{}", who, left));
    if (kind == 5) rows.push_back(fmt::format("{},{},,{}", who, joined, left));
    if (kind == 6) {
      rows.push_back(fmt::format("{},{},,{}", who, joined, left));
      rows.push_back(fmt::format("{},{},,", who, left + dice_.between(0, 2)));
    }
  }

  Dice dice_;
  Dice tie_dice_;  // for what kind of ties there are
  std::uint64_t seed_;
  Stage stage_;
  Texts texts_;
};

}  // namespace

Texts random_texts(std::uint64_t number, int cities) {
  return Author(number, cities).write();
}

}  // namespace hansa::test
