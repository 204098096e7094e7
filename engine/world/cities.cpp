/// The cities and what is known of them, sorted by stable id.
#include "world/cities.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "base/flat_math.hpp"
#include "base/letters.hpp"
#include "base/names.hpp"
#include "base/random.hpp"
#include "world/attributes.hpp"
#include "world/cells.hpp"
#include "world/panel.hpp"
#include "world/rows.hpp"

namespace hansa {
namespace {

/// Reads a table of cities; keeps the rows whose ids are sound.
class TableReader {
 public:
  TableReader(Table const& table, Complaints& complaints) : table_(table), complaints_(complaints) {}

  Cities read() {
    std::optional<std::size_t> const id = Rows(table_, cities_, complaints_).required("id");
    cities_.complete = id && table_.dropped == 0 && std::count(table_.header.begin(), table_.header.end(), "id") == 1;
    if (!id) return std::move(cities_);
    if (table_.rows() == 0 && table_.dropped == 0)
      complaints_.add("there are no cities", {table_.name, 1, 0}, "one row a city was expected");
    warn_of_known_columns(table_, complaints_);
    order_rows(*id);
    warn_of_look_alikes(*id);
    for (std::size_t column = 0; column < table_.columns(); ++column) {
      if (column != *id) read_column(column);
    }
    return std::move(cities_);
  }

 private:
  void order_rows(std::size_t id) {
    std::vector<std::size_t> rows(table_.rows());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return table_.cell(a, id) < table_.cell(b, id); });
    cities_.input_order.assign(table_.rows(), 0);
    for (std::size_t row : rows) {
      std::string const& name = table_.cell(row, id);
      if (name.empty()) {
        cities_.complete = false;
        complaints_.add("the id of the city is blank", table_.place(row, id), "every city needs an id of its own");
      } else if (!cities_.id.empty() && cities_.id.back() == name) {
        cities_.complete = false;  // one of them may be misspelt
        complaints_.add("duplicate id '" + name + "'", table_.place(row, id),
                        "it stands on line " + std::to_string(table_.lines[row_of_.back()]) + " already");
      } else {
        cities_.id.push_back(name);
        row_of_.push_back(row);
      }
      if (!cities_.id.empty()) cities_.input_order[row] = cities_.size() - 1;
    }
  }

  /// Ids that differ in bytes that nobody sees are different cities, which is seldom meant.
  void warn_of_look_alikes(std::size_t id) {
    std::vector<std::pair<std::string, Index>> looks;
    for (Index i = 0; i < cities_.size(); ++i) {
      std::string look = look_of(cities_.id[i]);
      if (look == cities_.id[i]) continue;
      if (std::optional<Index> const plain = cities_.find(look)) looks.emplace_back(look, *plain);
      looks.emplace_back(std::move(look), i);
    }
    std::sort(looks.begin(), looks.end());
    looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
    auto const same = [](auto const& a, auto const& b) { return a.first == b.first; };
    auto const first = std::adjacent_find(looks.begin(), looks.end(), same);
    if (first == looks.end()) return;
    std::size_t alike = 0;
    for (auto each = first; std::next(each) != looks.end(); ++each) alike += same(*each, *std::next(each)) ? 1u : 0u;
    std::size_t const row = row_of_[first->second], other = row_of_[std::next(first)->second];
    complaints_.warn(std::to_string(alike) + (alike == 1 ? " id looks" : " ids look") + " like another, '" +
                         cities_.id[first->second] + "' like that on line " + std::to_string(table_.lines[other]) +
                         " the first",
                     table_.place(row, id), "they are different cities; write the letters alike if one is meant");
  }

  void read_column(std::size_t column) {
    std::string const& name = table_.header[column];
    if (name.empty()) return refuse_unnamed(table_, column, row_of_, complaints_);
    KnownColumn const* known = known_column(name);
    bool const numeric = known ? known->form == KnownColumn::Form::number : all_numbers(column);
    if (numeric) {
      cities_.numbers.emplace(name, read_numbers(column));
    } else {
      cities_.texts.emplace(name, read_texts(column));
    }
  }

  bool all_numbers(std::size_t column) const {
    return std::all_of(row_of_.begin(), row_of_.end(),
                       [&](std::size_t row) { return fits_number(table_.cell(row, column)); });
  }

  std::vector<double> read_numbers(std::size_t column) {
    std::vector<double> values;
    for (std::size_t row : row_of_) {
      bool const blank = table_.cell(row, column).empty();
      std::optional<double> const value = blank ? std::nullopt : number_in(table_, row, column, complaints_);
      if (!blank && !value) cities_.refused[table_.header[column]].push_back(static_cast<Index>(values.size()));
      values.push_back(value.value_or(no_value));
    }
    return values;
  }

  TextColumn read_texts(std::size_t column) {
    TextColumn text;
    for (std::size_t row : row_of_) {
      std::string const& cell = table_.cell(row, column);
      if (cell.empty()) continue;
      text.labels.push_back(cell);
      bool const earlier = text.first_text.line == 0 || table_.lines[row] < text.first_text.line;
      if (earlier && !parse_number(cell)) text.first_text = table_.place(row, column);
    }
    std::sort(text.labels.begin(), text.labels.end());
    text.labels.erase(std::unique(text.labels.begin(), text.labels.end()), text.labels.end());
    for (std::size_t row : row_of_) {
      std::string const& cell = table_.cell(row, column);
      auto const found = std::lower_bound(text.labels.begin(), text.labels.end(), cell);
      text.code.push_back(cell.empty() ? -1 : static_cast<std::int32_t>(found - text.labels.begin()));
    }
    return text;
  }

  Table const& table_;
  Complaints& complaints_;
  Cities cities_;
  std::vector<std::size_t> row_of_;  // of each city that was kept
};

void hash_ids(Cities& cities, Complaints& complaints) {
  cities.hash.clear();
  cities.hash.reserve(cities.id.size());
  for (std::string const& id : cities.id) cities.hash.push_back(hash_id(id));
  std::vector<std::uint64_t> sorted = cities.hash;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return;
  std::vector<Index> order(cities.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return cities.hash[a] < cities.hash[b]; });
  for (std::size_t k = 1; k < order.size(); ++k) {
    if (cities.hash[order[k - 1]] != cities.hash[order[k]]) continue;
    complaints.add(
        "the ids '" + cities.id[order[k - 1]] + "' and '" + cities.id[order[k]] + "' have the same 64-bit hash",
        cities.where, "rename one of them");
  }
}

/// Uniform coordinates, keyed by the id: further cities move nobody.
void place_cities(CitiesSpec::Coordinates form, std::uint64_t seed, Cities& cities) {
  if (form == CitiesSpec::Coordinates::none) return;
  bool const globe = form == CitiesSpec::Coordinates::globe;
  std::uint64_t const key = make_key(seed, 0, Purpose::coordinates, hash_id("cities"));
  std::vector<double> first, second;
  first.reserve(cities.hash.size());
  second.reserve(cities.hash.size());
  for (std::uint64_t city : cities.hash) {
    Bits const bits = draw_bits(key, city, 0, 0);
    double const u = unit_interval(bits.low);
    double const v = unit_interval(bits.high);
    // The sine of the latitude is uniform on a sphere (Archimedes).
    first.push_back(globe ? flat::asin(2 * u - 1) * (180 / std::numbers::pi) : u);
    second.push_back(globe ? 360 * v - 180 : v);
  }
  cities.numbers.emplace(globe ? "lat" : "x", std::move(first));
  cities.numbers.emplace(globe ? "lon" : "y", std::move(second));
}

/// The number below `end` whose digits come next in the order of texts.
std::int64_t next_as_text(std::int64_t number, std::int64_t end) noexcept {
  if (number > 0 && number * 10 < end) return number * 10;
  while (number > 0 && (number % 10 == 9 || number + 1 >= end)) number /= 10;
  return number + 1;
}

Cities generate_cities(CitiesSpec const& spec, Complaints& complaints) {
  constexpr std::int64_t most = 100'000'000;
  Cities cities;
  if (spec.generate < 1 || spec.generate > most) {
    complaints.add("cannot generate " + std::to_string(spec.generate) + " cities", spec.where,
                   "1 to " + std::to_string(most) + " were expected");
    cities.complete = false;
    return cities;
  }
  cities.id.reserve(static_cast<std::size_t>(spec.generate));
  cities.input_order.resize(static_cast<std::size_t>(spec.generate));
  // In order of their texts: 0, 1, 10, 100, …, 101, …, 11, …, 2, …
  for (std::int64_t number = 0; cities.size() < spec.generate; number = next_as_text(number, spec.generate)) {
    cities.input_order[static_cast<std::size_t>(number)] = cities.size();
    cities.id.push_back("c" + std::to_string(number));
  }
  return cities;
}

}  // namespace

std::optional<Index> Cities::find(std::string_view city) const noexcept {
  auto const found = std::lower_bound(id.begin(), id.end(), city);
  if (found == id.end() || *found != city) return std::nullopt;
  return static_cast<Index>(found - id.begin());
}

std::vector<double> const* Cities::number(std::string_view name) const noexcept {
  auto const found = numbers.find(name);
  return found == numbers.end() ? nullptr : &found->second.values();
}

TextColumn const* Cities::text(std::string_view name) const noexcept {
  auto const found = texts.find(name);
  return found == texts.end() ? nullptr : &found->second;
}

bool Cities::changes(std::string_view name) const noexcept {
  return later_numbers.find(name) != later_numbers.end() || later_texts.find(name) != later_texts.end();
}

std::vector<std::string_view> Cities::attribute_names() const {
  std::vector<std::string_view> names;
  for (auto const& [name, values] : numbers) names.push_back(name);
  for (auto const& [name, values] : texts) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

Cities build_cities(CitiesSpec const& spec, Tables const& tables, Clock const& clock, std::uint64_t seed,
                    Complaints& complaints) {
  Table const* table = spec.file ? find_table(tables, *spec.file) : nullptr;
  Table const* changes = spec.panel ? find_table(tables, *spec.panel) : nullptr;
  if ((spec.file && !table) || (spec.panel && !changes)) {
    Cities unread;
    unread.complete = false;
    return unread;
  }
  Cities cities = table ? TableReader(*table, complaints).read() : generate_cities(spec, complaints);
  cities.where = spec.where;
  hash_ids(cities, complaints);
  if (!table) place_cities(spec.coordinates, seed, cities);
  Panel const panel = changes ? read_panel(*changes, clock, cities, complaints) : Panel{};
  if (cities.size() > 0) derive_attributes(spec.attributes, {table, &panel, clock.start}, cities, complaints);
  return cities;
}

bool require_constant(Cities const& cities, Reference const& reference, std::string_view what, Complaints& complaints) {
  if (!cities.changes(reference.name)) return true;
  complaints.add("attribute '" + reference.name + "' changes over time (" + std::string(what) + ")", reference.where,
                 "a constant one is needed: its value at the start in the cities file, under another name");
  return false;
}

std::vector<double> const* require_number(Cities const& cities, Reference const& reference, std::string_view what,
                                          Complaints& complaints, Changes changes) {
  std::vector<double> const* values = cities.number(reference.name);
  std::string const use = " (" + std::string(what) + ")";
  if (!values) {
    if (TextColumn const* text = cities.text(reference.name)) {
      std::string mend = "an attribute of numbers was expected";
      if (text->first_text.line > 0) {
        Place const& at = text->first_text;
        mend += "; see " + at.file + ":" + std::to_string(at.line);
      }
      complaints.add("attribute '" + reference.name + "' is text" + use, reference.where, mend);
    } else {
      complaints.add("unknown attribute '" + reference.name + "'" + use, reference.where,
                     expected_one_of(reference.name, cities.attribute_names()));
    }
    return nullptr;
  }
  if (changes == Changes::refused && !require_constant(cities, reference, what, complaints)) return nullptr;
  auto const known = cities.refused.find(reference.name);
  bool const refused = known != cities.refused.end();
  std::size_t missing_count = 0;
  Index first = 0;
  for (Index i = cities.size(); i-- > 0;) {
    if (!std::isnan((*values)[i]) || (refused && std::ranges::binary_search(known->second, i))) continue;
    ++missing_count;
    first = i;
  }
  if (missing_count == 0) return refused ? nullptr : values;
  std::string const when = cities.changes(reference.name) ? " at the start" : "";
  complaints.add("attribute '" + reference.name + "' is missing" + when + " for " + std::to_string(missing_count) +
                     " of " + std::to_string(cities.size()) + " cities, '" + cities.id[first] + "' the first" + use,
                 reference.where, "a number for every city was expected");
  return nullptr;
}

TextColumn const* require_text(Cities const& cities, Reference const& reference, std::string_view what,
                               Complaints& complaints, Changes changes) {
  if (TextColumn const* text = cities.text(reference.name)) {
    bool const sound = changes == Changes::allowed || require_constant(cities, reference, what, complaints);
    return sound ? text : nullptr;
  }
  std::string const use = " (" + std::string(what) + ")";
  if (cities.number(reference.name)) {
    complaints.add("attribute '" + reference.name + "' is numeric" + use, reference.where,
                   "a text attribute was expected (bins make one of numbers)");
  } else {
    complaints.add("unknown attribute '" + reference.name + "'" + use, reference.where,
                   expected_one_of(reference.name, cities.attribute_names()));
  }
  return nullptr;
}

}  // namespace hansa
