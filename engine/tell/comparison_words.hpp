/// Numbers of comparisons as words.
#pragma once

#include <string>
#include <string_view>

#include "measures/comparison.hpp"

namespace hansa {

/// At most three digits: "31.2", "0.46", "-3"; "-" for NaN.
[[nodiscard]] std::string short_number(double value);
/// The same with a plus before what is positive.
[[nodiscard]] std::string signed_number(double value);
/// "+1 to +3", or "-" where there is no interval.
[[nodiscard]] std::string bounds_words(Interval const& each);
/// " (95 % interval of the mean +1 to +3)", or nothing where there is none.
[[nodiscard]] std::string sureness_words(Interval const& each);
/// "; by luck …": what luck does in nine of ten runs, and, where parameters were drawn, what is not known of them does
/// in nine of ten draws, with its share of the variance.
[[nodiscard]] std::string spread_words(Luck const& luck, Interval const& of);
/// "; by what is not known of the strengths +1 to +3 (…)", or nothing where none are drawn.
[[nodiscard]] std::string draws_words(Interval const& of);
/// "+1 to +3" of draws, "-" where none are told.
[[nodiscard]] std::string draws_range(Interval const& of);
/// All of it so many times as large.
[[nodiscard]] Interval scaled(Interval const& of, double factor);
/// An amount rounded to three digits, written out: "817000".
[[nodiscard]] std::string amount_words(double value);
/// "1 city", "20 cities", "2.1 years"
[[nodiscard]] std::string counted_words(double count, std::string_view one, std::string_view many);

}  // namespace hansa
