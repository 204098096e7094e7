/// Attributes derived from the columns of the cities: logs, standardised columns, bins.
#include "world/attributes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/flat_math.hpp"
#include "base/names.hpp"

namespace hansa {
namespace {

/// Derives each attribute once, what it is derived from before it.
class Derivation {
 public:
  Derivation(std::span<DerivedAttribute const> derived, Origin const& origin, Cities& cities, Complaints& complaints)
      : derived_(derived), origin_(origin), cities_(cities), complaints_(complaints), states_(derived.size()) {
    row_of_.resize(cities.size());
    for (std::size_t row = 0; row < cities.input_order.size(); ++row) row_of_[cities.input_order[row]] = row;
  }

  void run() {
    refuse_clashes();
    for (std::size_t i = 0; i < derived_.size(); ++i) resolve(i);
  }

 private:
  enum class State { waiting, open, done };

  void refuse_clashes() {
    for (std::size_t i = 0; i < derived_.size(); ++i) {
      DerivedAttribute const& each = derived_[i];
      bool const repeated = !by_name_.emplace(each.name, i).second;
      if (cities_.number(each.name) || cities_.text(each.name) || each.name == "id") {
        complaints_.add("attribute '" + each.name + "' has the name of a column", each.where, "choose another name");
        states_[i] = State::done;
      } else if (repeated) {
        complaints_.add("attribute '" + each.name + "' is derived twice", each.where, "choose another name");
        states_[i] = State::done;
      }
    }
  }

  void resolve(std::size_t i) {
    std::vector<std::size_t> chain;  // each derived from the next
    while (states_[i] != State::done) {
      DerivedAttribute const& each = derived_[i];
      if (states_[i] == State::open) {
        complaints_.add("attribute '" + each.name + "' is derived from itself", each.where,
                        "derive it from a column of the cities");
        break;
      }
      states_[i] = State::open;
      chain.push_back(i);
      auto const from = by_name_.find(each.column.name);
      if (from == by_name_.end()) break;
      i = from->second;
    }
    for (; !chain.empty(); chain.pop_back()) {
      derive(derived_[chain.back()]);
      states_[chain.back()] = State::done;
    }
  }

  void derive(DerivedAttribute const& each) {
    TextColumn const* text = cities_.text(each.column.name);
    std::vector<double> const* number = cities_.number(each.column.name);
    if (!text && !number) {
      // An attribute that failed itself was complained of.
      if (by_name_.count(each.column.name) == 0) unknown(each);
    } else if (text && each.from == DerivedAttribute::From::column && !each.standardize) {
      TextColumn copy = *text;
      cities_.texts.emplace(each.name, std::move(copy));
      auto const later = cities_.later_texts.find(each.column.name);
      if (later != cities_.later_texts.end()) cities_.later_texts.emplace(each.name, std::vector(later->second));
    } else if (!require_number_or_missing(each, text)) {
      return;
    } else if (each.from == DerivedAttribute::From::bins) {
      bin(each, *number);
    } else {
      transform(each, *number);
    }
  }

  void unknown(DerivedAttribute const& each) {
    std::vector<std::string_view> known = cities_.attribute_names();
    for (DerivedAttribute const& other : derived_) {
      if (other.name != each.name) known.push_back(other.name);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    complaints_.add("unknown column '" + each.column.name + "'", each.column.where,
                    expected_one_of(each.column.name, known));
  }

  bool require_number_or_missing(DerivedAttribute const& each, TextColumn const* text) {
    if (!text) return true;
    complaints_.add("column '" + each.column.name + "' is text", each.column.where, mend_for_text(*text));
    return false;
  }

  static std::string mend_for_text(TextColumn const& text) {
    std::string mend = "a column of numbers was expected";
    if (text.first_text.line > 0) mend += " (line " + std::to_string(text.first_text.line) + " has none)";
    return mend;
  }

  /// The values of a column after the start; none where it is constant.
  std::vector<Later<double>> later_of(std::string const& column) const {
    auto const later = cities_.later_numbers.find(column);
    return later == cities_.later_numbers.end() ? std::vector<Later<double>>{} : later->second;
  }

  void transform(DerivedAttribute const& each, std::vector<double> const& from) {
    std::vector<double> values = from;
    std::vector<Later<double>> later = later_of(each.column.name);
    auto const refused = cities_.refused.find(each.column.name);
    if (refused != cities_.refused.end()) cities_.refused.emplace(each.name, refused->second);
    if (each.from == DerivedAttribute::From::log) take_logs(each, values, later);
    if (each.standardize) {
      std::optional<Moments> const moments = moments_of(values);
      if (!moments && !cities_.refused.contains(each.name)) return refuse_unvaried(each);
      for (double& value : values) value = moments.value_or(Moments{}).scale(value);
      for (Later<double>& one : later) one.value = moments.value_or(Moments{}).scale(one.value);
    }
    keep_changes(values, later);
    cities_.numbers.emplace(each.name, std::move(values));
    if (!later.empty()) cities_.later_numbers.emplace(each.name, std::move(later));
  }

  void refuse_unvaried(DerivedAttribute const& each) {
    std::string const when = cities_.changes(each.column.name) ? " at the start" : "";
    complaints_.add(
        "attribute '" + each.name + "' cannot be standardised: '" + each.column.name + "' does not vary" + when,
        each.where, "at least two different values are needed");
  }

  void take_logs(DerivedAttribute const& each, std::vector<double>& values, std::vector<Later<double>>& later) {
    std::vector<Index> refused;
    auto const take = [&](double& value, Index city, std::int32_t at) {
      if (value <= 0) {
        complaints_.add("'" + each.column.name + "' of city '" + cities_.id[city] + "' is not positive: attribute '" +
                            each.name + "' is its logarithm",
                        place_of(each, city, at), "a number above 0, or a blank cell, was expected");
        value = std::numeric_limits<double>::quiet_NaN();
        refused.push_back(city);
      } else if (!std::isnan(value)) {
        value = flat::log(value);
      }
    };
    for (Index i = 0; i < cities_.size(); ++i) take(values[i], i, origin_.start);
    for (Later<double>& one : later) take(one.value, one.city, one.from);
    if (refused.empty()) return;
    std::vector<Index>& all = cities_.refused[each.name];
    all.insert(all.end(), refused.begin(), refused.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  Place place_of(DerivedAttribute const& each, Index city, std::int32_t at) const {
    if (auto const place = origin_.panel->place(each.column.name, city, at)) return *place;
    Table const* table = origin_.table;
    std::optional<std::size_t> const column = table ? table->column(each.column.name) : std::nullopt;
    return column ? table->place(row_of_[city], *column) : each.column.where;
  }

  void bin(DerivedAttribute const& each, std::vector<double> const& from) {
    TextColumn column;
    column.labels = each.labels;
    std::sort(column.labels.begin(), column.labels.end());
    column.labels.erase(std::unique(column.labels.begin(), column.labels.end()), column.labels.end());
    auto const code = [&](double value) {
      if (std::isnan(value)) return -1;
      auto const bin_number = std::upper_bound(each.at.begin(), each.at.end(), value) - each.at.begin();
      auto const label = std::lower_bound(column.labels.begin(), column.labels.end(), each.labels[bin_number]);
      return static_cast<std::int32_t>(label - column.labels.begin());
    };
    for (double value : from) column.code.push_back(code(value));
    std::vector<Later<std::int32_t>> later;
    for (Later<double> const& one : later_of(each.column.name)) later.push_back({one.from, one.city, code(one.value)});
    keep_changes(column.code, later);
    if (!later.empty()) cities_.later_texts.emplace(each.name, std::move(later));
    cities_.texts.emplace(each.name, std::move(column));
  }

  std::span<DerivedAttribute const> derived_;
  Origin origin_;
  Cities& cities_;
  Complaints& complaints_;
  std::vector<State> states_;
  std::map<std::string_view, std::size_t> by_name_;  // the first of each name
  std::vector<std::size_t> row_of_;
};

}  // namespace

void derive_attributes(std::span<DerivedAttribute const> derived, Origin const& origin, Cities& cities,
                       Complaints& complaints) {
  // A list that does not fit its cuts has been complained of when the scenario was validated.
  std::vector<DerivedAttribute> sound;
  for (DerivedAttribute const& each : derived) {
    bool const fits = each.from != DerivedAttribute::From::bins || each.labels.size() == each.at.size() + 1;
    if (fits)
      sound.push_back(each);
    else
      complaints.add("attribute '" + each.name + "' needs one label more than cuts", each.where);
  }
  Derivation(sound, origin, cities, complaints).run();
}

std::optional<Moments> moments_of(std::span<double const> values) noexcept {
  double count = 0, sum = 0, lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for (double value : values) {
    if (std::isnan(value)) continue;
    count += 1;
    sum += value;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  if (!(lowest < highest)) return std::nullopt;
  double const mean = sum / count;
  double squares = 0;
  for (double value : values) {
    if (!std::isnan(value)) squares += (value - mean) * (value - mean);
  }
  double const sd = std::sqrt(squares / (count - 1));
  if (!(sd > 0) || !std::isfinite(sd)) return std::nullopt;
  return Moments{mean, sd};
}

bool standardize(std::vector<double>& values) noexcept {
  std::optional<Moments> const moments = moments_of(values);
  if (!moments) return false;
  for (double& value : values) value = moments->scale(value);
  return true;
}

}  // namespace hansa
