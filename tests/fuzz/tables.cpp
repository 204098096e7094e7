/// Any bytes as the data files of a scenario, one after the other, parted by lines of ====: they make a world, or
/// complaints with places.
#include <array>
#include <string>
#include <utility>

#include "fuzz/target.hpp"
#include "io/csv.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"
#include "world/world.hpp"

namespace {

using hansa::fuzz::demand;

constexpr std::string_view question = R"(
hansa: 1
time: {start: 2000, end: 2010}
cities:
  file: cities.csv
  attributes: {size: {log: population, standardize: true}, class: {bins: population, at: [10, 100], labels: [s, m, l]}}
networks:
  sister: {file: ties.csv, directed: false}
  nearby: {nearest: {k: 3}, weight: {decay_km: 100}}
collaborations: {file: members.csv, properties: {club: {dissolved: 2005}}}
policies:
  led:
    baseline: -3
    attributes: {size: 0.1}
    adopters: {file: adoptions.csv, until: 2004, coverage: {where: {country: A}}}
    mechanisms:
      imitation: {exposure: {network: sister}, strength: 1}
      club: {exposure: {pool: {collaboration: club}}, strength: 1}
output: {by: [region]}
)";

constexpr std::array<char const*, 4> names = {"cities.csv", "ties.csv", "members.csv", "adoptions.csv"};

/// The bytes of each file; missing ones are sound.
std::array<std::string, 4> parts_of(std::string_view bytes) {
  std::array<std::string, 4> parts = {
      "id,population,country,region,lat,lon\na,5,A,x,0,0\nb,50,A,y,1,1\nc,500,B,x,2,2\n",
      "source,target,weight\na,b,1\nb,c,0.5\n", "city,collaboration,joined,left\na,club,2001,\n",
      "city,year,policy\na,1999,led\nc,2003,led\n"};
  constexpr std::string_view parting = "\n====\n";
  for (std::string& part : parts) {
    std::size_t const end = bytes.find(parting);
    part = bytes.substr(0, end);
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + parting.size());
  }
  return parts;
}

hansa::Scenario const& scenario() {
  static hansa::Scenario const made = [] {
    hansa::Complaints complaints;
    static hansa::Catalogue const catalogue = hansa::standard_catalogue();
    hansa::Scenario checked =
        hansa::validate(hansa::parse_yaml(question, "s.yaml"), hansa::schemas(catalogue), complaints);
    complaints.throw_if_any();
    return checked;
  }();
  return made;
}

void check_table(hansa::Table const& table) {
  demand(table.cells.size() == table.rows() * table.columns(), "cells do not fill rows and columns");
  for (std::size_t row = 1; row < table.rows(); ++row)
    demand(table.lines[row - 1] < table.lines[row], "rows do not begin one after the other");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::array<std::string, 4> const parts = parts_of(hansa::fuzz::text_of(data, size));
  hansa::Complaints complaints;
  hansa::Tables tables;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    hansa::Table table = hansa::parse_csv(parts[k], names[k], complaints);
    check_table(table);
    if (!table.header.empty()) tables.emplace(names[k], std::move(table));
  }
  hansa::World const world = hansa::build_world(scenario(), tables, complaints, 1);
  demand(complaints.empty() || !complaints.errors().empty(), "complaints are counted but none is kept");
  for (hansa::Complaint const& each : complaints.errors()) {
    demand(!each.problem.empty(), "a complaint says nothing");
    demand(!each.where.file.empty(), "a complaint names no file");
  }
  if (complaints.empty()) demand(world.cities.size() > 0, "no cities and no complaint");
  return 0;
}
