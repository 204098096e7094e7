/// Small tables and scenarios for the tests of the world.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/pairs.hpp"
#include "world/world.hpp"

namespace hansa::test {

/// A table from "a,b\n1,2\n" (no quotes), its rows on lines 2, 3, …
inline Table table(std::string_view text, std::string name = "t.csv") {
  Table result;
  result.name = std::move(name);
  std::vector<std::string> line{""};
  int number = 1;
  for (char c : text) {
    if (c == ',') {
      line.emplace_back();
    } else if (c != '\n') {
      line.back() += c;
    } else {
      if (number == 1) {
        result.header = line;
      } else {
        result.cells.insert(result.cells.end(), line.begin(), line.end());
        result.lines.push_back(number);
      }
      ++number;
      line.assign(1, "");
    }
  }
  return result;
}

/// The same rows in another order; lines stay ascending, as in a file.
inline Table shuffled(Table const& table, unsigned seed) {
  std::vector<std::size_t> order(table.rows());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
  std::mt19937 generator(seed);
  std::shuffle(order.begin(), order.end(), generator);
  Table result = table;
  result.cells.clear();
  for (std::size_t row : order) {
    for (std::size_t column = 0; column < table.columns(); ++column) result.cells.push_back(table.cell(row, column));
  }
  return result;
}

inline FileRef file(std::string const& name) {
  return {name, name, {"s.yaml", 9, 9}};
}

inline Reference reference(std::string name) {
  return {std::move(name), {"s.yaml", 7, 3}};
}

inline Place const here{"s.yaml", 5, 3};

/// Cities from the text of a table, and of a panel if one is given; time is 2000 to 2010.
inline Cities cities(std::string_view text, Complaints& complaints, std::vector<DerivedAttribute> derived = {},
                     std::string_view panel = {}) {
  CitiesSpec spec;
  spec.file = file("cities.csv");
  spec.attributes = std::move(derived);
  spec.where = here;
  Tables tables{{"cities.csv", table(text, "cities.csv")}};
  if (!panel.empty()) {
    spec.panel = file("panel.csv");
    tables.emplace("panel.csv", table(panel, "panel.csv"));
  }
  return build_cities(spec, tables, {2000, 2010, "year"}, 1, complaints);
}

inline Cities generated(std::int64_t count, CitiesSpec::Coordinates form = CitiesSpec::Coordinates::none,
                        std::uint64_t seed = 1) {
  CitiesSpec spec;
  spec.generate = count;
  spec.coordinates = form;
  Complaints complaints;
  return build_cities(spec, {}, {2000, 2010, "year"}, seed, complaints);
}

/// "FILE:LINE:COLUMN: problem, mend" of every mistake, one a line, sorted.
inline std::string mistakes(Complaints const& complaints) {
  std::vector<std::string> lines;
  for (Complaint const& each : complaints.errors()) lines.push_back(format(each));
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (std::string const& line : lines) text += line + "\n";
  return text;
}

inline std::string warnings(Complaints const& complaints) {
  std::string text;
  for (Complaint const& each : complaints.warnings()) text += format(each) + "\n";
  return text;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// Ties of a layer as (source, target, weight in units of the layer), in stored order.
struct StoredTie {
  Index source;
  Index target;
  std::uint32_t weight;
  auto operator<=>(StoredTie const&) const = default;
};

inline std::vector<StoredTie> stored(NetworkLayer const& layer) {
  std::vector<StoredTie> ties;
  for (Index i = 0; i + 1 < layer.first.size(); ++i) {
    for (std::uint32_t k = layer.first[i]; k < layer.first[i + 1]; ++k) {
      ties.push_back({i, layer.target[k], layer.weighted() ? layer.weight[k] : 1});
    }
  }
  return ties;
}

/// All pairs of a generator, sorted.
inline std::vector<Pair> joined(PairParts const& parts) {
  std::vector<Pair> all;
  for (std::vector<Pair> const& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  return all;
}

/// Steps 1 to 10 are the years 2001 to 2010.
inline Clock const decade{2001, 2010, "year"};

/// An attribute derived from a column, as line 6 of a scenario has it.
inline DerivedAttribute derived(std::string name, DerivedAttribute::From from, std::string column,
                                bool scaled = false) {
  DerivedAttribute each;
  each.name = std::move(name);
  each.where = {"s.yaml", 6, 5};
  each.from = from;
  each.column = reference(std::move(column));
  each.standardize = scaled;
  return each;
}

/// A network whose ties stand in ties.csv.
inline NetworkSpec from_file(bool directed = true) {
  NetworkSpec spec;
  spec.name = "sister";
  spec.where = here;
  spec.ties = FileTies{file("ties.csv")};
  spec.directed = directed;
  return spec;
}

/// The network, from the text of that file.
inline NetworkLayer built_ties(NetworkSpec const& spec, std::string_view text, Cities const& c,
                               Complaints& complaints) {
  Tables const tables{{"ties.csv", table(text, "ties.csv")}};
  return build_network(spec, c, tables, decade, 1, complaints);
}

}  // namespace hansa::test
