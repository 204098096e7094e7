/// A row for each kind whose formula is known here.
#include "tell/levels.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "mechanisms/shape.hpp"

namespace hansa {

namespace {

struct Asked {
  MechanismSpec const& spec;
  CompiledTerm const& term;
  PolicySpec const& policy;
  World const& world;
  Model const& model;
  [[nodiscard]] Parameters const& read() const { return spec.parameters; }
};

/// A pool or a network as seen from the middle city that has any tie.
struct Observed {
  double cities = 0;  ///< sources
  double weight = 0;  ///< their weights together
};

Observed observed_in(NetworkLayer const& layer) {
  std::vector<double> degrees, weights;
  for (std::size_t i = 0; i < layer.in_degree.size(); ++i) {
    if (layer.in_degree[i] == 0) continue;
    degrees.push_back(layer.in_degree[i]);
    weights.push_back(static_cast<double>(layer.in_weight[i]) * layer.unit);
  }
  return {median_of(std::move(degrees)), median_of(std::move(weights))};
}

/// The middle city's number of others with its label.
double others_with_label(std::vector<std::int32_t> const& code) {
  std::map<std::int32_t, double> sizes;
  for (std::int32_t const each : code)
    if (each >= 0) ++sizes[each];
  std::vector<double> others;
  for (std::int32_t const each : code)
    if (each >= 0) others.push_back(sizes[each] - 1);
  return median_of(std::move(others));
}

Observed observed_along(NetworkLayer const& layer) {
  if (layer.group.empty()) return observed_in(layer);
  double const others = others_with_label(layer.group);
  return {others, others};
}

double members_at(Collaboration const& collaboration, std::int32_t label) {
  return static_cast<double>(std::ranges::count_if(
      collaboration.members, [&](Membership const& each) { return each.joined <= label && label < each.left; }));
}

Observed observed_in(Pool const& pool, Asked const& asked) {
  World const& world = asked.world;
  double others = 0;
  if (pool.of == Pool::Of::all) others = world.cities.size() - 1.0;
  if (pool.of == Pool::Of::network) {
    NetworkLayer const* const layer = world.network(pool.name.name);
    return layer == nullptr ? Observed{} : observed_along(*layer);
  }
  if (pool.of == Pool::Of::country || pool.of == Pool::Of::attribute) {
    TextColumn const* const column = world.cities.text(pool.name.name);
    if (column != nullptr) others = others_with_label(column->code);
  }
  if (pool.of == Pool::Of::collaboration) {
    Collaboration const* const found = world.collaboration(pool.name.name);
    if (found != nullptr) others = members_at(*found, asked.model.clock.end) - 1;
  }
  return {std::max(others, 0.0), std::max(others, 0.0)};
}

Observed observed_by(Asked const& asked) {
  if (asked.read().has("pool")) return observed_in(asked.read().pool("pool"), asked);
  NetworkLayer const* const layer = asked.world.network(asked.read().reference("network").name);
  return layer == nullptr ? Observed{} : observed_along(*layer);
}

std::string per_cent(double share) {
  return fmt::format("{:.3g} %", 100 * share);
}

/// Levels of a function of a share: its ends, the middle, and where it steps or bends.
Levels levels_of_share(Shape const& shape, std::string_view whose) {
  ShapeFunction const f(shape);
  Levels all{{}, Scale::share, shape};
  std::vector<double> shares = {0, 0.5, 1};
  if (shape.form == Shape::Form::step) shares = {0, shape.a};
  if (shape.form == Shape::Form::logistic && shape.a > 0 && shape.a < 1 && shape.a != 0.5) shares = {0, shape.a, 1};
  for (double const share : shares) {
    std::string const words = share == 0     ? fmt::format("none of {}", whose)
                              : share == 0.5 ? fmt::format("half of {}", whose)
                              : share == 1   ? fmt::format("all of {}", whose)
                                             : fmt::format("{} of {}", per_cent(share), whose);
    bool const step = shape.form == Shape::Form::step && share > 0;
    all.levels.push_back({step ? "from " + words + " on" : words, f(share)});
  }
  return all;
}

Levels levels_of_exposure(Asked const& asked) {
  Parameters const& read = asked.read();
  Observed const observed = observed_by(asked);
  bool const pool = read.has("pool");
  std::string_view const whose = pool ? "the others in the pool" : "those observed";
  Shape const& shape = read.shape("shape");
  if (read.has("transmission")) {
    double const of_one = -flat::log1p(-read.number("transmission") * observed.weight / std::max(observed.cities, 1.0));
    return {{{fmt::format("none of {}", whose), 0},
             {"one of them", of_one},
             {fmt::format("half of them ({:.3g})", observed.cities / 2), of_one * observed.cities / 2},
             {fmt::format("all of them ({:.3g})", observed.cities), of_one * observed.cities}}};
  }
  if (read.text("normalize") == "share") return levels_of_share(shape, whose);
  if (read.has("source_weight")) return {tried_levels(*asked.term.term, asked.world, asked.model)};
  ShapeFunction const f(shape);
  double const whole = read.text("normalize") == "count" ? observed.cities : observed.weight;
  double const one = observed.cities > 0 ? whole / observed.cities : 0;
  return {{{fmt::format("none of {}", whose), f(0)},
           {"one of them", f(one)},
           {fmt::format("half of them ({:.3g})", observed.cities / 2), f(whole / 2)},
           {fmt::format("all of them ({:.3g})", observed.cities), f(whole)}}};
}

/// 0, 1, 10, 100, … and all others of the pool.
std::vector<double> counts_up_to(double most) {
  std::vector<double> counts = {0};
  double n = 1;
  while (n < most) {
    counts.push_back(n);
    n *= 10;
  }
  if (most > 0) counts.push_back(std::floor(most));
  return counts;
}

std::string adopters_words(double n, bool last) {
  if (n == 0) return "no adopter in the pool";
  return fmt::format("{:.15g} {}{}", n, n == 1 ? "adopter" : "adopters", last ? ", all others in the pool" : "");
}

template <class Function>
Levels levels_of_counts(Asked const& asked, Function const& m) {
  Levels all;
  std::vector<double> const counts = counts_up_to(observed_in(asked.read().pool("pool"), asked).cities);
  for (double const n : counts)
    all.levels.push_back({adopters_words(n, n == counts.back() && counts.size() > 1), m(n)});
  return all;
}

Levels levels_of_scale(Asked const& asked) {
  Parameters const& read = asked.read();
  if (read.has("progress_ratio")) {
    double const slope = -flat::log(read.number("progress_ratio")) / flat::log(2.0);
    return levels_of_counts(asked, [&](double n) { return slope * flat::log(1 + n); });
  }
  double const fixed = read.number("shared.fixed"), variable = read.number("shared.variable");
  return levels_of_counts(asked,
                          [&](double n) { return flat::log((variable + fixed) / (variable + fixed / (1 + n))); });
}

Levels levels_of_log_adopters(Asked const& asked) {
  return levels_of_counts(asked, [](double n) { return flat::log1p(n); });
}

/// Members of the middle collaboration that counts, at the end.
double typical_members(Asked const& asked) {
  std::vector<double> sizes;
  for (Collaboration const& each : asked.world.collaborations) {
    bool counts = !asked.read().has("collaborations");
    if (!counts)
      counts = std::ranges::any_of(asked.read().references("collaborations"),
                                   [&](Reference const& name) { return name.name == each.name; });
    if (counts) sizes.push_back(members_at(each, asked.model.clock.end));
  }
  return median_of(std::move(sizes));
}

Levels levels_of_collective(Asked const& asked) {
  Parameters const& read = asked.read();
  Levels all = levels_of_share(read.shape("production"), "the members");
  if (read.text("incentive") != "marginal") return all;
  ShapeFunction const f(read.shape("production"));
  double const members = typical_members(asked);
  if (members < 2) return {{{"of no collaboration with others", 0}}};
  Levels marginal;
  double const own = 1 / members;
  for (double const others : {0.0, std::floor((members - 1) / 2), members - 1}) {
    double const share = others * own;
    marginal.levels.push_back(
        {fmt::format("{:.15g} of the {:.15g} other members", others, members - 1), (f(share + own) - f(share)) / own});
  }
  return marginal;
}

Levels levels_of_membership(Asked const& asked) {
  bool const years = asked.read().text("measure") == "years";
  if (!years) return {{{"no member", 0}, {"a member", 1}}};
  return {{{"no member", 0}, {"member for one year", 1}, {"member for ten years", 10}}};
}

Levels levels_of_synergy(Asked const& asked) {
  std::string const& other = asked.read().reference("policy").name;
  return {{{fmt::format("{} not adopted", other), 0}, {fmt::format("{} adopted", other), 1}}};
}

Levels levels_of_national(Asked const&) {
  return {{{"no law in force", 0}, {"a law in force", 1}}};
}

double number_of(Parameters const& read, std::string_view name, World const& world) {
  Value const& value = read.value(name);
  if (auto const* number = std::get_if<double>(&value)) return *number;
  auto const* either = std::get_if<NumberOrAttribute>(&value);
  if (either == nullptr) return 0;
  if (auto const* number = std::get_if<double>(either)) return *number;
  std::vector<double> const* const column = world.cities.number(std::get<Reference>(*either).name);
  return column == nullptr ? 0 : median_of(*column);
}

/// Without news, and when all is known of a policy as good as its merit says.
Levels levels_of_learning(Asked const& asked) {
  Parameters const& read = asked.read();
  if (asked.policy.merit.performance) return {tried_levels(*asked.term.term, asked.world, asked.model)};
  double const prior = number_of(read, "prior.mean", asked.world);
  double const precision = number_of(read, "prior.precision", asked.world);
  double const caution = precision > 0 ? read.number("risk_aversion") / std::sqrt(precision) : 0;
  double const known = asked.policy.merit.mean - prior + caution;
  return {{{"no news", 0},
           {"a belief one better than the prior", 1},
           {"a belief one worse than the prior", -1},
           {fmt::format("a merit of {:.4g} known for certain", asked.policy.merit.mean), known}}};
}

struct LevelsOfKind {
  std::string_view kind;
  Levels (*of)(Asked const&);
};
constexpr LevelsOfKind levels_by_kind[] = {
    {"exposure", levels_of_exposure},     {"competition", levels_of_exposure},
    {"scale", levels_of_scale},           {"log_adopters", levels_of_log_adopters},
    {"collective", levels_of_collective}, {"membership", levels_of_membership},
    {"learning", levels_of_learning},     {"synergy", levels_of_synergy},
    {"national", levels_of_national},
};

}  // namespace

double median_of(std::vector<double> values) {
  std::erase_if(values, [](double each) { return std::isnan(each); });
  if (values.empty()) return 0;
  std::ranges::sort(values);
  std::size_t const half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::vector<Level> tried_levels(Term const& term, World const& world, Model const& model) {
  constexpr std::size_t most = 64, share = 256;
  Index const n = world.cities.size();
  std::size_t const watchers = std::min<std::size_t>(most, n);
  std::size_t const together = std::max<std::size_t>(1, n / share);  // who watches has not adopted, nor seen each other
  std::size_t const rounds = (watchers + together - 1) / together;
  std::vector<std::vector<Index>> watching(rounds);
  for (std::size_t k = 0; k < watchers; ++k) watching[k % rounds].push_back(static_cast<Index>(k * n / watchers));
  std::unique_ptr<Kept> const kept = term.keep();
  std::vector<std::uint8_t> seen(n, 0);
  std::vector<LivingTies> living;  // at full strength
  for (DynamicsModel const& each : model.dynamics)
    living.emplace_back(DynamicsSpec{}, model.clock.steps()).begin(*each.network);
  auto const m_with = [&](Index every) {
    std::vector<double> all;
    for (std::vector<Index> const& who : watching) {
      Touched touched{nullptr, seen.data(), 0, false};
      term.reset(*kept, {.seed = model.seed, .living = living});
      term.advance(*kept, {0, model.clock.start - 1}, touched);
      std::vector<Event> events;
      for (Index i = 0; every > 0 && i < n; ++i)
        if (world.cities.hash[i] % every == 0 && !std::ranges::binary_search(who, i)) events.push_back({i, 0, +1});
      term.apply(*kept, events, touched);
      term.advance(*kept, {1, model.clock.start}, touched);
      std::vector<double> m(who.size());
      term.value(*kept, who, m.data());
      all.insert(all.end(), m.begin(), m.end());
    }
    return median_of(std::move(all));
  };
  return {{"nobody else", m_with(0)}, {"half of the other cities", m_with(2)}, {"all other cities", m_with(1)}};
}

Levels levels_of(MechanismSpec const& spec, CompiledTerm const& term, PolicySpec const& policy, World const& world,
                 Model const& model) {
  auto const* row = std::ranges::find(levels_by_kind, spec.kind, &LevelsOfKind::kind);
  if (row == std::end(levels_by_kind)) return {tried_levels(*term.term, world, model)};
  return row->of({spec, term, policy, world, model});
}

}  // namespace hansa
