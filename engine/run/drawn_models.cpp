/// A model for each replicate, with parameters drawn from their estimates.
#include "run/drawn_models.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "scenario/adopt.hpp"
#include "scenario/validate.hpp"

namespace hansa {

DrawnModels::DrawnModels(DrawnQuestion question, std::vector<Estimates> const& estimates, std::uint64_t seed,
                         World const& world)
    : question_(std::move(question)), world_(&world) {
  std::erase_if(question_.draft.root.entries,  // no run looks at them, and each draw would try their values anew
                [](Node::Entry const& each) { return each.key == "sweep" || each.key == "calibrate" || each.key == "stats"; });
  Complaints complaints;
  for (Estimates const& each : estimates) {
    for (auto const& paths : each.paths)
      for (std::string const& path : paths)
        if (!path.starts_with("policies."))
          complaints.add(fmt::format("'{}' cannot be drawn anew in each replicate", path), question_.where,
                         "a parameter of a policy was expected: networks are built once");
    try {
      draws_.emplace_back(each, seed);
    } catch (Error const& error) {
      for (Complaint const& one : error.complaints()) complaints.add(one.problem, question_.where, one.mend);
    }
  }
  complaints.throw_if_any();
}

DrawnModels DrawnModels::in(ScenarioDraft draft, std::vector<std::string> const& settings, std::uint64_t seed,
                            World const& world) const {
  std::vector<Estimates> estimates;
  for (EstimateDraws const& each : draws_) estimates.push_back(each.estimates());
  DrawnQuestion question = question_;
  question.draft = std::move(draft);
  question.settings.insert(question.settings.end(), settings.begin(), settings.end());
  return {std::move(question), estimates, seed, world};
}

Model DrawnModels::model(std::int64_t replicate) const {
  std::vector<PathValue> values;
  for (EstimateDraws const& each : draws_) {
    std::vector<double> const drawn = each.draw(replicate).values;
    for (std::size_t k = 0; k < drawn.size(); ++k)
      for (std::string const& path : each.estimates().paths[k]) values.push_back({path, drawn[k]});
  }
  Complaints complaints;
  ScenarioDraft draft = question_.draft;
  adopt(draft, values, question_.settings, question_.where, complaints);
  Scenario const scenario = validate(draft, schemas(question_.mechanisms), complaints);
  complaints.throw_if_any();
  Model model = compile(scenario, *world_, question_.mechanisms, complaints);
  complaints.throw_if_any();
  return model;
}

std::int64_t DrawnModels::redrawn(std::int64_t count) const {
  std::int64_t redrawn = 0;
  for (EstimateDraws const& each : draws_) {
    if (!each.is_bounded()) continue;
    for (std::int64_t replicate = 0; replicate < count; ++replicate) {
      try {
        redrawn += each.draw(replicate).redrawn;
      } catch (Error const&) {  // the replicate failed
        redrawn += most_tries;
      }
    }
  }
  return redrawn;
}

}  // namespace hansa
