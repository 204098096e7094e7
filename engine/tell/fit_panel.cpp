/// Rows of a design, written piece by piece.
#include "tell/fit_panel.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"

namespace hansa {

void write_panel(Design const& design, Scenario const& scenario, Cities const& cities,
                 std::function<void(std::string_view)> const& write) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  bool const spells = std::any_of(design.spell.begin(), design.spell.end(), [](auto spell) { return spell >= 0; });
  bool const dyads = !design.leader.empty();
  std::string text = dyads ? "follower,leader,policy,year,event" : "city,policy,year,event";
  if (spells) text += ",spell";
  for (std::string const& name : design.names) text += ',' + csv_cell(name);
  text += '\n';
  for (std::size_t k = 0; k < design.rows(); ++k) {
    text += csv_cell(cities.id[design.city[k]]);
    if (dyads) text += ',' + csv_cell(cities.id[design.leader[k]]);
    fmt::format_to(std::back_inserter(text), ",{},{},{}", csv_cell(scenario.policies[design.policy[k]].name),
                   design.period[k], design.event[k]);
    if (spells) text += ',';
    if (spells && design.spell[k] >= 0) text += std::to_string(design.spell[k]);
    for (std::size_t c = 0; c < design.columns(); ++c) {
      fmt::format_to(std::back_inserter(text), ",{}",
                     design.x(static_cast<std::ptrdiff_t>(k), static_cast<std::ptrdiff_t>(c)));
    }
    text += '\n';
    if (text.size() < piece) continue;
    write(text);
    text.clear();
  }
  write(text);
}

}  // namespace hansa
