/// Changes to the texts of a question, most of which must not change its answer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "support/question.hpp"

namespace hansa::metamorphic {

/// The rows of every data file in another order (the header stays first).
[[nodiscard]] test::Texts with_rows_shuffled(test::Texts texts, std::uint64_t seed);

/// A further row at the end of a data file.
[[nodiscard]] test::Texts with_row(test::Texts texts, std::string const& file, std::string const& row);

/// Every tie twice as heavy (files net0.csv, net1.csv, …).
[[nodiscard]] test::Texts with_weights_doubled(test::Texts texts);

/// Every tie that always holds as two: up to the label `last`, and from then on.
[[nodiscard]] test::Texts with_ties_cut_in_two(test::Texts texts, std::int32_t last);

/// Further columns of the cities, the same in every row.
[[nodiscard]] test::Texts with_city_columns(test::Texts texts, std::string const& names, std::string const& values);

/// Every map of the scenario with its keys in reverse order.
void reverse_keys(ScenarioDraft& draft);

/// A further mechanism of strength 0 for every policy but cascades; `name` decides where it stands in the sum.
void add_mechanism(ScenarioDraft& draft, std::string const& name, std::string const& yaml);

/// Does `change` to the parameters of every exposure and competition.
void for_exposures(ScenarioDraft& draft, std::function<void(Node&)> const& change);

/// One more parameter, its value written in YAML.
void add_parameter(Node& parameters, std::string const& name, std::string const& yaml);

}  // namespace hansa::metamorphic
