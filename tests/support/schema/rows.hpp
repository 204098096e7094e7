/// What the rows of several tables share.
#pragma once

#include "support/schema/author.hpp"

namespace hansa::test {

template <int percent>
[[nodiscard]] inline int odds(Author&) {
  return percent;
}

/// A number between so many hundredths.
template <int low, int high>
[[nodiscard]] inline Node hundredths(Author& author, Field const&) {
  return scalar(author.dice.decimal(low / 100.0, high / 100.0));
}

}  // namespace hansa::test
