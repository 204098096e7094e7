/// Sound questions made unsound: a key left out or misspelt, a value of another kind, a number out of all bounds, what
/// is twice there, an empty list; a cell, a row or a column of a data file spoilt.
#pragma once

#include <cstdint>

#include "support/question.hpp"

namespace hansa::test {

/// `texts` with one to three mistakes, the same for the same number; some of them are none.
[[nodiscard]] Texts mutated(Texts texts, std::uint64_t number);

/// Of questions that are drawn over the whole schema, made unsound, number `number`.
[[nodiscard]] Texts unsound_texts(std::uint64_t number);

}  // namespace hansa::test
