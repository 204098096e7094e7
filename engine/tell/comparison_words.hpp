/// Numbers of comparisons as words.
#pragma once

#include <string>
#include <string_view>

#include "measures/moments.hpp"

namespace hansa {

/// At most three digits: "31.2", "0.46", "-3"; "-" for NaN.
[[nodiscard]] std::string short_number(double value);
/// The same with a plus before what is positive.
[[nodiscard]] std::string signed_number(double value);
/// "+1 to +3", or "-" where there is no interval.
[[nodiscard]] std::string bounds_words(Interval const& each);
/// " (95 % interval of the mean +1 to +3)", or nothing where there is none.
[[nodiscard]] std::string sureness_words(Interval const& each);
/// An amount rounded to three digits, written out: "817000".
[[nodiscard]] std::string amount_words(double value);
/// "1 city", "20 cities", "2.1 years"
[[nodiscard]] std::string counted_words(double count, std::string_view one, std::string_view many);

}  // namespace hansa
