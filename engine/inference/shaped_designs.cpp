/// Values of shapes written into scenarios, and the covariates that follow.
#include "inference/shaped_designs.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "inference/ranking.hpp"
#include "inference/reduced_scenario.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

constexpr double farthest_factor = 1024, farthest_distance_factor = 8, farthest_multiple = 4;

std::string name_of(ShapeParameter const& parameter) {
  return (parameter.mechanism.empty() ? parameter.network : parameter.mechanism) + "." + parameter.parameter;
}

void add_range(FittedShape& shape) {
  Field const& field = shape.field();
  double const value = shape.parameters.front().value;
  shape.logarithmic = field.lowest >= 0;
  shape.least = field.lowest >= 0 && field.lowest < 1e-300 ? 0 : field.lowest;
  shape.most = field.highest;
  if (!shape.logarithmic) {
    double const reach = farthest_multiple * (value != 0 ? std::fabs(value) : 1);
    shape.range = {std::max(field.lowest, value - reach), std::min(field.highest, value + reach), value};
    return;
  }
  double const factor = shape.parameters.front().jumps && !shape.parameters.front().network.empty()
                            ? farthest_distance_factor
                            : farthest_factor;
  shape.range = {flat::log(std::max(field.lowest, value / factor)), flat::log(std::min(field.highest, value * factor)),
                 flat::log(value)};
}

/// The same parameter of the mechanism of that name in another policy, if it has one.
void add_pooled(FittedShape& shape, PolicySpec const& policy, Scenario const& scenario,
                std::span<Schema const* const> known) {
  ShapeParameter const& first = shape.parameters.front();
  for (MechanismSpec const& each : policy.mechanisms) {
    if (each.name != first.mechanism || each.kind != first.kind) continue;
    std::string const path =
        joined(joined(joined("policies", policy.name) + ".mechanisms", each.name), each.kind) + "." + first.parameter;
    auto found = find_shape_parameter(scenario, known, {path, first.path.where});
    if (auto* parameter = std::get_if<ShapeParameter>(&found)) shape.parameters.push_back(std::move(*parameter));
  }
}

std::optional<FittedShape> shape_at(Reference const& path, FitQuestion const& question,
                                    std::vector<PolicyId> const& policies, std::span<Schema const* const> known) {
  Scenario const& scenario = *question.scenario;
  auto found = find_shape_parameter(scenario, known, path);
  if (!std::holds_alternative<ShapeParameter>(found)) return std::nullopt;
  FittedShape shape;
  shape.parameters.push_back(std::get<ShapeParameter>(std::move(found)));
  std::string const own = shape.parameters.front().policy;
  shape.name = name_of(shape.parameters.front());
  bool fitted = own.empty();
  std::set<std::string> users;
  for (PolicyId const policy : policies) {
    PolicySpec const& spec = scenario.policies[policy.value];
    fitted = fitted || spec.name == own;
    if (!own.empty() && spec.name != own) add_pooled(shape, spec, scenario, known);
  }
  for (ShapeParameter const& each : shape.parameters) {
    for (PolicyId const policy : policies) {
      for (std::string& user : users_of(each, scenario.policies[policy.value], known)) users.insert(std::move(user));
    }
  }
  shape.mechanisms.assign(users.begin(), users.end());
  if (!fitted || users.empty()) return std::nullopt;
  add_range(shape);
  return shape;
}

std::set<std::string> changing_with(std::vector<FittedShape> const& shapes) {
  std::set<std::string> changing;
  for (FittedShape const& each : shapes) changing.insert(each.mechanisms.begin(), each.mechanisms.end());
  return changing;
}

Sources sources_of(FitQuestion const& question) {
  return question.scored == Scored::data ? Sources::known : Sources::all;
}

std::shared_ptr<World const> rebuilt_world(FitQuestion const& question, Scenario const& scenario,
                                           Complaints& complaints) {
  if (!question.tables) throw std::logic_error("distances of networks are fitted without the tables");
  auto world = std::make_shared<World const>(build_world(scenario, *question.tables, complaints, 1));
  complaints.throw_if_any();
  return world;
}

}  // namespace

double FittedShape::searched(double value) const {
  if (value == parameters.front().value) return range.start;
  return logarithmic ? flat::log(value) : value;
}

double FittedShape::value(double searched) const {
  if (searched == range.start) return parameters.front().value;
  double const value = logarithmic ? flat::exp(searched) : searched;
  return std::clamp(value, field().lowest, field().highest);
}

std::vector<FittedShape> shapes_of(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  std::vector<Schema const*> const known = schemas(question.catalogue);
  std::vector<FittedShape> shapes;
  for (Reference const& path : question.spec.profile) {
    if (auto shape = shape_at(path, question, policies, known)) shapes.push_back(*std::move(shape));
  }
  std::sort(shapes.begin(), shapes.end(), [](FittedShape const& a, FittedShape const& b) {
    return a.parameters.front().path.name < b.parameters.front().path.name;
  });
  return shapes;
}

void check_shapes(FitSpec const& spec, Complaints& complaints) {
  if (spec.profile.empty()) return;
  Place const& where = spec.profile.front().where;
  if (spec.penalty == Penalty::firth)
    complaints.add("Firth's penalty is one of the coefficients' information, which shape parameters rescale", where,
                   "leave out profile or penalty: firth");
  if (spec.intervals == Intervals::profile)
    complaints.add("intervals of coefficients from profiles would take the shape parameters as known", where,
                   "leave out intervals: shape parameters have profile intervals, and Wald's of the coefficients "
                   "account for them");
  if (spec.cross_validation)
    complaints.add("fits with shape parameters are not cross-validated", where,
                   "leave out profile or cross_validation");
}

bool needs_tables(FitSpec const& spec) {
  return std::any_of(spec.profile.begin(), spec.profile.end(),
                     [](Reference const& each) { return each.name.starts_with("networks."); });
}

FitQuestion with_shapes(FitQuestion const& question, std::vector<ShapeEstimate> const& shapes) {
  FitQuestion result;
  result.scored = question.scored;
  result.world = question.world;
  result.own_world = question.own_world;
  result.tables = question.tables;
  result.catalogue = question.catalogue;
  result.spec = question.spec;
  result.histories = question.histories;
  auto scenario = std::make_unique<Scenario>(*question.scenario);
  std::vector<Schema const*> const known = schemas(question.catalogue);
  bool rebuilds = false;
  for (ShapeEstimate const& each : shapes) {
    for (std::string const& path : each.paths) {
      auto const found = find_shape_parameter(*scenario, known, {path, {}});
      set_shape(*scenario, std::get<ShapeParameter>(found), each.estimate);
      rebuilds = rebuilds || !std::get<ShapeParameter>(found).network.empty();
    }
  }
  Complaints complaints;
  if (rebuilds) {
    result.own_world = rebuilt_world(question, *scenario, complaints);
    result.world = result.own_world.get();
  }
  result.model = compile(*scenario, *result.world, result.catalogue, complaints, sources_of(question));
  complaints.throw_if_any();
  result.scenario = std::move(scenario);
  return result;
}

bool has_shapes(FitQuestion const& question, std::vector<ShapeEstimate> const& shapes) {
  std::vector<Schema const*> const known = schemas(question.catalogue);
  return std::all_of(shapes.begin(), shapes.end(), [&](ShapeEstimate const& each) {
    return std::all_of(each.paths.begin(), each.paths.end(), [&](std::string const& path) {
      auto const found = find_shape_parameter(*question.scenario, known, {path, {}});
      auto const* parameter = std::get_if<ShapeParameter>(&found);
      return parameter != nullptr && parameter->value == each.estimate;
    });
  });
}

ShapedDesigns::ShapedDesigns(FitQuestion const& question, std::vector<PolicyId> const& policies,
                             std::vector<ObservedHistory> const& histories, std::vector<FittedShape> shapes)
    : question_(question),
      histories_(histories),
      shapes_(std::move(shapes)),
      order_(design_order(question, policies)),
      reduced_(reduced_scenario(*question.scenario, policies, changing_with(shapes_))),
      written_(design_of(question, policies, histories)) {
  for (FittedShape const& each : shapes_) rebuilds_ = rebuilds_ || !each.parameters.front().network.empty();
}

Design ShapedDesigns::at(Shapes const& at) const {
  Scenario scenario = reduced_;
  for (std::size_t k = 0; k < shapes_.size(); ++k)
    for (ShapeParameter const& each : shapes_[k].parameters) set_shape(scenario, each, shapes_[k].value(at[k]));
  Complaints complaints;
  std::shared_ptr<World const> const own = rebuilds_ ? rebuilt_world(question_, scenario, complaints) : nullptr;
  World const& world = own ? *own : *question_.world;
  Model const model = compile(scenario, world, question_.catalogue, complaints, sources_of(question_));
  complaints.throw_if_any();
  ObservedDesign const made = build_design(scenario, world, model, histories_, order_);
  Design design = written_.design;
  require(rows_digest(made.design) == rows_digest(design), "it changes who is at risk", question_.spec.profile[0].where,
          "a parameter of covariates alone was expected");
  for (std::size_t c = 0; c < made.coefficients.size(); ++c) {
    if (made.coefficients[c].mechanism.empty()) continue;
    auto const to = std::find(design.names.begin(), design.names.end(), made.design.names[c]);
    design.x.col(to - design.names.begin()) = made.design.x.col(static_cast<Eigen::Index>(c));
  }
  return design;
}

}  // namespace hansa
