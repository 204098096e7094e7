/// Changes to the texts of a question, most of which must not change its answer.
#pragma once

#include <cstdint>
#include <string>

#include "support/question.hpp"

namespace hansa::metamorphic {

/// The rows of every data file in another order (the header stays first).
[[nodiscard]] test::Texts with_rows_shuffled(test::Texts texts, std::uint64_t seed);

/// A further row at the end of a data file.
[[nodiscard]] test::Texts with_row(test::Texts texts, std::string const& file, std::string const& row);

/// Every tie twice as heavy (files net0.csv, net1.csv, …).
[[nodiscard]] test::Texts with_weights_doubled(test::Texts texts);

/// Every map of the scenario with its keys in reverse order.
void reverse_keys(ScenarioDraft& draft);

/// A further mechanism of strength 0 for every policy; `name` decides where it stands in the sum.
void add_mechanism(ScenarioDraft& draft, std::string const& name, std::string const& yaml);

}  // namespace hansa::metamorphic
