/// A scenario without data files, taken to a compiled model, for tests of what is said of it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "model/model.hpp"
#include "scenario/validate.hpp"
#include "world/world.hpp"

namespace hansa::test {

struct Asked {
  ScenarioDraft draft;
  std::unique_ptr<Scenario const> scenario;
  std::unique_ptr<World const> world;
  Model model;
};

inline Asked asked(std::string_view yaml) {
  Asked question;
  Complaints complaints;
  question.draft = parse_yaml(yaml, "folder/asked.yaml");
  auto const known = schemas(standard_catalogue());
  question.scenario = std::make_unique<Scenario const>(validate(question.draft, known, complaints));
  complaints.throw_if_any();
  question.world = std::make_unique<World const>(build_world(*question.scenario, {}, complaints));
  complaints.throw_if_any();
  question.model = compile(*question.scenario, *question.world, standard_catalogue(), complaints);
  complaints.throw_if_any();
  return question;
}

/// Thirty cities in a square, of which each observes four; `policies` is the text of that section.
inline Asked asked_about(std::string_view policies, std::string_view more = "") {
  return asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: square}\n"
      "networks: {near: {nearest: {k: 4, on: [x, y]}}}\npolicies: " +
      std::string(policies) + "\n" + std::string(more));
}

}  // namespace hansa::test
