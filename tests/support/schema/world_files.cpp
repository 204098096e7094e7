/// Writes them row by row.
#include "support/schema/world_files.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace hansa::test {

namespace {

std::string or_blank(Dice& dice, int percent, std::string text) {
  return dice.chance(percent) ? "" : std::move(text);
}

std::string label(Author& author, int early) {
  return std::to_string(author.dice.between(author.ground.start - early, author.ground.end + 2));
}

void meet(Names& values, std::string const& value) {
  if (!value.empty() && std::ranges::find(values, value) == values.end()) values.push_back(value);
}

/// When a tie holds: always, in a spell whose ends may be blank, or in one step.
std::string dates_of_tie(Author& author, int dates) {
  if (dates == 0) return "";
  if (dates == 2) return "," + label(author, 2);
  Ground const& ground = author.ground;
  int const from = author.dice.between(ground.start - 3, ground.end);
  int const until = author.dice.between(from, ground.end + 3);
  return fmt::format(",{},{}", or_blank(author.dice, 20, std::to_string(from)),
                     or_blank(author.dice, 20, std::to_string(until)));
}

/// Whole numbers, decimals, anything, or numbers that fill 32 bits.
std::string weight(Dice& dice, int kind) {
  if (kind == 1) return fmt::format(",{}", dice.between(0, 5));
  if (kind == 2) return fmt::format(",{}", dice.between(1, 4000) / 1000.0);
  if (kind == 3) return fmt::format(",{}", dice.between(1, 1000000) / 777777.0);
  if (kind == 4) return fmt::format(",{}", dice.between(1, 1000) * 400000ll);
  return "";
}

/// One or two spells of membership.
void write_spells(Author& author, std::string const& who, Names& rows) {
  Ground const& ground = author.ground;
  Dice& dice = author.dice;
  int const joined = dice.between(ground.start - 3, ground.end), left = dice.between(joined + 1, ground.end + 3);
  int const kind = dice.between(1, 6);
  if (kind == 1) rows.push_back(fmt::format("{},,,", who));
  if (kind == 2) rows.push_back(fmt::format("{},{},,", who, joined));
  if (kind == 3) rows.push_back(fmt::format("{},,{},{}", who, joined, left));
  if (kind == 4) rows.push_back(fmt::format("{},,,{}", who, left));
  if (kind >= 5) rows.push_back(fmt::format("{},{},,{}", who, joined, left));
  if (kind == 6) rows.push_back(fmt::format("{},{},,", who, left + dice.between(0, 2)));
}

}  // namespace

void write_cities(Author& author) {
  Ground& ground = author.ground;
  Dice& dice = author.dice;
  ground.from_file = true;
  ground.globe = dice.chance(60);
  bool const peopled = dice.chance(50), wealthy = ground.panel && dice.chance(50);
  int const nowhere = dice.chance(40) ? 10 : 0;
  Names rows, countries, regions;
  for (int i = 0; i < ground.cities; ++i) {
    ground.id.push_back(fmt::format("city{}", i));
    std::string const country = or_blank(dice, nowhere, dice.pick(Names{"FRA", "BRA", "IND"}));
    std::string const region = or_blank(dice, nowhere, dice.pick(Names{"north", "south", "east"}));
    meet(countries, country);
    meet(regions, region);
    std::string row = fmt::format("city{},{},{},{},{},{},{},{},{},{}", i, country, region, dice.decimal(-2, 2),
                                  dice.between(1, 9), dice.decimal(0.01, 3), dice.between(-1, 9) / 8.0, i % 9 / 8.0,
                                  or_blank(dice, 60, label(author, 3)), or_blank(dice, 60, label(author, 3)));
    row += fmt::format(",{}", i + 1 == ground.cities && i % 2 == 0 ? 0 : 1);  // an even sum
    if (ground.globe) row += fmt::format(",{},{}", dice.decimal(-80, 80), dice.decimal(-180, 180));
    if (peopled) row += fmt::format(",{},The {}th", dice.between(1000, 9000000), i);
    if (wealthy) row += "," + dice.decimal(0.1, 9);
    rows.push_back(row);
  }
  author.file("cities.csv",
              std::string("id,country,region,size,votes,share,bar,part,entry,exit,degree") +
                  (ground.globe ? ",lat,lon" : "") + (peopled ? ",population,name" : "") + (wealthy ? ",wealth" : ""),
              rows);
  ground.numbers = {"size", "votes", "share"};
  ground.weights = {"votes", "share"};
  ground.parts = {"part"};
  ground.whole = {"votes"};
  ground.years = {"entry", "exit"};
  ground.countries = countries;
  for (auto const& [name, values] : {std::pair{"country", countries}, std::pair{"region", regions}}) {
    if (values.empty()) continue;
    ground.texts.push_back(name);
    ground.values[name] = values;
  }
}

void generate_cities(Author& author, bool globe, bool placed) {
  Ground& ground = author.ground;
  for (int i = 0; i < ground.cities; ++i) ground.id.push_back(fmt::format("c{}", i));
  ground.globe = globe;
  if (globe) ground.numbers = {"lat", "lon"};
  if (placed) ground.numbers = ground.weights = ground.parts = {"x", "y"};
}

void write_panel(Author& author) {
  Ground& ground = author.ground;
  Dice& dice = author.dice;
  Names rows;
  for (std::string const& city : ground.id) {
    int const percent = dice.between(0, 80);
    rows.push_back(
        fmt::format("{},{},{},{}", city, ground.start - 3, dice.decimal(0.1, 9), dice.pick(Names{"calm", "wild"})));
    for (int t = ground.start - 2; t < ground.end; ++t)
      if (dice.chance(percent))
        rows.push_back(fmt::format("{},{},{},{}", city, t, or_blank(dice, 20, dice.decimal(0.1, 9)),
                                   or_blank(dice, 20, dice.pick(Names{"calm", "wild", "1"}))));
  }
  Names const last{"calm", "wild"};
  for (std::size_t i = 0; i < last.size(); ++i)
    rows.push_back(fmt::format("{},{},,{}", ground.id[i], ground.end, last[i]));
  author.file("panel.csv", "city,year,wealth,mood", rows);
  ground.changing = {"wealth"};
  ground.changing_texts = {"mood"};
  ground.values["mood"] = last;
}

void write_countries(Author& author) {
  author.ground.ruled = true;
  Dice& dice = author.dice;
  Names rows;
  for (std::string const& country : author.ground.countries)
    rows.push_back(fmt::format("{},{},{},{},{}", country, dice.between(0, 8) / 8.0, dice.decimal(0, 0.6),
                               dice.between(0, 3), dice.decimal(0, 0.6)));
  rows.push_back("ELSEWHERE,0.5,0.1,1,0.5");
  author.file("countries.csv", "country,need,drive,patience,duty", rows);
}

void write_ties(Author& author, std::string const& file, Spread spread) {
  Ground const& ground = author.ground;
  Dice& dice = author.dice;
  int const weights = dice.between(0, dice.chance(30) ? 4 : 3);
  int const dates = !dice.chance(35) ? 0 : dice.between(1, 2);
  int const ties = ground.cities * dice.between(1, spread == Spread::thin ? 1 : std::min(5, ground.cities));
  Names rows;
  for (int k = 0; k < ties; ++k) {
    std::string const a = author.city(), b = author.city();
    for (int again = dice.between(1, dates == 2 ? 4 : 1); again > 0; --again)
      rows.push_back(fmt::format("{},{}{}{}", a, b, weight(dice, weights), dates_of_tie(author, dates)));
  }
  std::string const header = fmt::format("source,target{}{}", weights == 0 ? "" : ",weight",
                                         dates == 0   ? ""
                                         : dates == 2 ? ",time"
                                                      : ",from,until");
  author.file(file, header, rows);
  if (author.network != nullptr && weights == 4) author.network->tame = false;
}

void write_members(Author& author) {
  Ground& ground = author.ground;
  Dice& dice = author.dice;
  Names rows;
  for (int k = dice.between(1, 2); k > 0; --k) {
    std::string const& club = ground.clubs.emplace_back(fmt::format("club{}", k));
    int const percent = dice.between(5, 90);
    for (std::string const& city : ground.id)
      if (city == ground.id.front() || dice.chance(percent))
        write_spells(author, fmt::format("{},{}", city, club), rows);
  }
  ground.leagues = {"league"};  // everybody in it has a date of joining
  for (std::string const& city : ground.id) {
    if (city != ground.id.front() && !dice.chance(60)) continue;
    rows.push_back(
        fmt::format("{},league,{},,{}", city, label(author, 9), or_blank(dice, 70, std::to_string(ground.end + 3))));
  }
  ground.clubs.push_back("league");
  author.file("clubs.csv", "city,collaboration,joined,joined_by,left", rows);
}

}  // namespace hansa::test
