/// How networks come about, form by form.
#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"

namespace hansa {

namespace {

std::vector<std::string> names(std::vector<Reference> const& references) {
  std::vector<std::string> each;
  for (Reference const& reference : references) each.push_back(reference.name);
  return each;
}

struct NetworkWords {
  std::string operator()(FileTies const& ties) const {
    return fmt::format("Ties are read from {}; duplicate rows add up, ties of a city to itself are dropped.",
                       code(ties.file.given));
  }
  std::string operator()(NearestTies const& ties) const {
    return fmt::format("Each city observes its {} nearest cities, {}; cities at the same distance go by id.", ties.k,
                       ties.on.empty() ? "along great circles" : "in the plane of " + listed(names(ties.on)));
  }
  std::string operator()(SimilarTies const& ties) const {
    return fmt::format(
        "Each city observes the {} cities most like it in {}: Euclidean distance on standardised columns, where a text "
        "counts 1 if it differs; of cities equally alike the smaller id goes first.",
        ties.k, listed(names(ties.on)));
  }
  std::string operator()(ErdosRenyiTies const& ties) const {
    if (ties.ties) return fmt::format("{} pairs of cities are tied, all sets of so many equally likely.", *ties.ties);
    if (ties.probability) return fmt::format("Each pair of cities is tied with probability {}.", *ties.probability);
    return fmt::format("Each pair of cities is tied with probability {} / (n - 1).", ties.degree.value_or(0));
  }
  std::string operator()(WithinTies const& ties) const {
    if (ties.km) return fmt::format("Cities at most {} km apart, along great circles, are tied.", *ties.km);
    return fmt::format("Cities at most {} apart in the plane of {} are tied.", ties.distance.value_or(0),
                       listed(names(ties.on)));
  }
  std::string operator()(WattsStrogatzTies const& ties) const {
    return fmt::format(
        "Cities stand in a ring in order of their ids, each tied to the {} nearest; with probability {} the far end of "
        "a "
        "tie is moved to a city drawn at random.",
        ties.degree, ties.rewire);
  }
  std::string operator()(BarabasiAlbertTies const& ties) const {
    return fmt::format(
        "Preferential attachment: after a star of {} cities, each further one, in order of the ids, ties itself to {} "
        "others drawn in proportion to the ties that they have.",
        ties.ties_per_city + 1, ties.ties_per_city);
  }
  std::string operator()(StochasticBlockTies const& ties) const {
    std::string text =
        fmt::format("Each pair of cities is tied with a probability that depends on their {}:", ties.group.name);
    for (auto const& [group, row] : ties.probability) {
      for (auto const& [other, p] : row) text += fmt::format(" {}–{} {},", group, other, p);
    }
    return text + " other pairs as their mirror image, else 0.";
  }
  std::string operator()(ConfigurationTies const& ties) const {
    return fmt::format("Each city has as many ties as its {} says; who is tied to whom is drawn at random.",
                       ties.degrees.name);
  }
  std::string operator()(SameTies const& ties) const {
    return fmt::format("Cities with the same {} all observe one another; no tie is stored.", ties.attribute.name);
  }
};

}  // namespace

bool is_generated(NetworkSpec const& network) noexcept {
  return std::visit(
      []<class Ties>(Ties const&) {
        return !std::is_same_v<Ties, FileTies> && !std::is_same_v<Ties, NearestTies> &&
               !std::is_same_v<Ties, SimilarTies> && !std::is_same_v<Ties, WithinTies> &&
               !std::is_same_v<Ties, SameTies>;
      },
      network.ties);
}

std::string_view network_source(NetworkSpec const& network) {
  return std::visit(
      []<class Ties>(Ties const&) -> std::string_view {
        if (std::is_same_v<Ties, ErdosRenyiTies>) return "Gilbert 1959; Erdős & Rényi 1959";
        if (std::is_same_v<Ties, WithinTies>) return "Gilbert 1961";
        if (std::is_same_v<Ties, WattsStrogatzTies>) return "Watts & Strogatz 1998";
        if (std::is_same_v<Ties, BarabasiAlbertTies>) return "Barabási & Albert 1999";
        if (std::is_same_v<Ties, StochasticBlockTies>) return "Holland, Laskey & Leinhardt 1983";
        if (std::is_same_v<Ties, ConfigurationTies>) return "Molloy & Reed 1995";
        return {};
      },
      network.ties);
}

/// How ties live.
std::string dynamics_words(DynamicsSpec const& dynamics) {
  std::string text = fmt::format(
      " Each tie has a strength s, 1 when it begins, by which what it brings is multiplied. At the end of each step t "
      "s "
      "falls to {} s; where the target adopts n policies in t that the source had at the end of t - 1, it then rises "
      "to "
      "1 - (1 - s) {}^n.",
      1 - dynamics.decay, 1 - dynamics.reinforce);
  if (dynamics.floor > 0) text += fmt::format(" A tie with s below {} is gone for good.", dynamics.floor);
  if (!dynamics.visits) return text + " Shares are of all ties that there are, whatever their strength.";
  VisitsSpec const& visits = *dynamics.visits;
  text += fmt::format(" In each step a city visits another with probability 1 - exp(-{}) and observes it from then on.",
                      visits.rate);
  if (visits.closure > 0)
    text += fmt::format(
        " With chance {} it goes to one that is observed by one that it observes, both drawn evenly (Jackson & Rogers "
        "2007);{}",
        visits.closure, visits.closure < 1 ? " else" : "");
  if (visits.closure < 1) {
    text += fmt::format(" it goes to a city drawn by (1 + policies adopted)^{}", visits.prestige);
    if (visits.decay_km)
      text += fmt::format(" and reached with chance exp(-distance / {} km), in 32 tries at most", *visits.decay_km);
    text += ".";
  }
  if (visits.reciprocal > 0)
    text += fmt::format(" With chance {} the city that is visited observes the visitor too.", visits.reciprocal);
  return text + " New ties have weight 1. Shares are of all ties that there are, whatever their strength.";
}

std::string network_words(NetworkSpec const& network) {
  std::string text = std::visit(NetworkWords{}, network.ties);
  if (!std::holds_alternative<SameTies>(network.ties))
    text += network.directed ? " A tie is seen by its target alone." : " Both ends of a tie see each other.";
  if (auto const* decay = std::get_if<DecayWeight>(&network.weight))
    text += fmt::format(" The weight of a tie is exp(-distance / {} km).", decay->km);
  if (auto const* source = std::get_if<SourceWeight>(&network.weight))
    text += fmt::format(" The weight of a tie is the {} of its source.", source->attribute.name);
  if (network.timing == TieTiming::lagged) text += " Decisions see the ties of the step before.";
  if (is_generated(network))
    text += network.redraw == Redrawing::replicate ? " Drawn anew in each replicate."
                                                   : " Drawn once, the same in all replicates.";
  if (network.dynamics) text += dynamics_words(*network.dynamics);
  if (std::string_view const source = network_source(network); !source.empty()) text += fmt::format(" ({})", source);
  return text;
}

}  // namespace hansa
