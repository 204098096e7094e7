/// Rows of ties, written piece by piece.
#include "tell/tie_rows.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"

namespace hansa {

namespace {

/// The weight of a tie as a number: decimals as they were read (3 × 0.1 is 0.3).
double weight_of(NetworkLayer const& layer, std::uint32_t tie) noexcept {
  double const whole = layer.weighted() ? layer.weight[tie] : 1;
  double const inverse = 1 / layer.unit;
  bool const exact = inverse < 0x1p53 && inverse == std::nearbyint(inverse);
  return exact ? whole / inverse : whole * layer.unit;
}

void append_dates(std::string& text, NetworkLayer const& layer, Clock const& clock, std::uint32_t tie) {
  int const zero = clock.start - 1 - (layer.timing == TieTiming::lagged ? 1 : 0);
  text += ',';
  if (layer.from[tie] > 1) text += std::to_string(zero + layer.from[tie]);
  text += ',';
  if (layer.until[tie] < for_ever) text += std::to_string(zero + layer.until[tie]);
}

}  // namespace

Mirrors mirrors_of(NetworkSpec const& spec) noexcept {
  bool const alike = !std::holds_alternative<SourceWeight>(spec.weight);
  bool const mutual = !spec.directed || std::holds_alternative<WithinTies>(spec.ties);
  return mutual && alike ? Mirrors::left_out : Mirrors::shown;
}

std::string tie_header(NetworkLayer const& layer) {
  return layer.dated() ? "draw,source,target,weight,from,until\n" : "draw,source,target,weight\n";
}

std::uint64_t write_tie_rows(NetworkLayer const& layer, Cities const& cities, Clock const& clock, std::int64_t draw,
                             Mirrors mirrors, std::function<void(std::string_view)> const& write) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  std::uint64_t rows = 0;
  std::string text;
  text.reserve(piece + 4096);
  for (Index source = 0; source < cities.size(); ++source) {
    if (layer.first[source] == layer.first[source + 1]) continue;
    std::string const begin = std::to_string(draw) + ',' + csv_cell(cities.id[source]) + ',';
    for (std::uint32_t tie = layer.first[source]; tie < layer.first[source + 1]; ++tie) {
      if (mirrors == Mirrors::left_out && layer.target[tie] < source) continue;
      text += begin;
      text += csv_cell(cities.id[layer.target[tie]]);
      fmt::format_to(std::back_inserter(text), ",{}", weight_of(layer, tie));
      if (layer.dated()) append_dates(text, layer, clock, tie);
      text += '\n';
      ++rows;
      if (text.size() < piece) continue;
      write(text);
      text.clear();
    }
  }
  write(text);
  return rows;
}

}  // namespace hansa
