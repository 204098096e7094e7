/// What the sections on a result are made of: replicates that finished, and the steps that are shown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/result_reader.hpp"
#include "tell/page_json.hpp"

namespace hansa {

/// A result file on its way into a page. The reader outlives it.
struct ResultPage {
  ResultReader const& reader;
  std::vector<std::int64_t> finished;  ///< numbers of the replicates that did not fail, ascending
  std::vector<std::size_t> steps;      ///< positions along `time` that are shown, ascending, the last one among them
  std::vector<std::string> names;      ///< of all variables

  [[nodiscard]] std::size_t cities() const noexcept { return reader.cities().size(); }
  [[nodiscard]] std::size_t policies() const noexcept { return reader.policies().size(); }
};

/// Throws Error (Fault::input) with the file's name unless the variable has these lengths.
void require_lengths(ResultPage const& page, std::string const& variable, std::vector<std::size_t> const& lengths);
/// The same of a variable along `replicate` and these further axes, with a row for each replicate at least.
void require_rows(ResultPage const& page, std::string const& variable, std::vector<std::size_t> const& others);
/// Labels of a dimension or texts of a variable, of which there must be so many.
[[nodiscard]] std::vector<std::string> require_texts(ResultPage const& page, std::string const& variable,
                                                     std::size_t count);

/// In per cent, over replicates (definition 7 of Hyndman & Fan 1996), as the lists of quantiles in the page have them.
inline constexpr double page_quantiles[] = {5, 25, 50, 75, 95};

/// As many replicates at a time as memory has room for: some ten million numbers.
[[nodiscard]] std::int64_t replicates_at_a_time(std::size_t numbers_of_one) noexcept;

/// A list per quantile, of them a number per column. `rows` × `columns` numbers; NaN count in none, and are null where
/// there is nothing else.
void add_quantiles(PageJson& to, std::vector<double> const& rows, std::size_t columns);

/// The object `cities`: ids and what is known of them.
void add_cities(PageJson& to, ResultPage const& page);
/// Fields of one policy: in how many replicates each city has adopted by each step that is shown, what data say of
/// cities, and, among the cities of which data tell, quantiles of adopters beside what was observed.
void add_city_histories(PageJson& to, ResultPage const& page, std::size_t policy);
/// The field `causes` of one policy: how often each mechanism had the largest share of a city's adoption; null without
/// the log of events.
void add_city_causes(PageJson& to, ResultPage const& page, std::size_t policy);
/// The field `beliefs` of one policy: steps that are shown × cities, mean over replicates of what the city expects of
/// the policy; null without beliefs, or where these are more than four million numbers.
void add_city_beliefs(PageJson& to, ResultPage const& page, std::size_t policy);
/// The list `series`: what else there is by step.
void add_series(PageJson& to, ResultPage const& page);
/// The list `interventions`.
void add_interventions(PageJson& to, ResultPage const& page);

}  // namespace hansa
