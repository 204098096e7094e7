/// Reads or generates the ties of a network.
#include "world/network.hpp"

#include <utility>

#include "base/random.hpp"
#include "world/barabasi_albert.hpp"
#include "world/configuration.hpp"
#include "world/erdos_renyi.hpp"
#include "world/file_ties.hpp"
#include "world/near_ties.hpp"
#include "world/pairs.hpp"
#include "world/stochastic_block.hpp"
#include "world/tie_weights.hpp"
#include "world/watts_strogatz.hpp"

namespace hansa {
namespace {

bool weighs_anew(NetworkSpec const& spec) noexcept {
  return !std::holds_alternative<std::monostate>(spec.weight);
}

Sense sense_of(NetworkSpec const& spec) noexcept {
  return spec.directed ? Sense::one_way : Sense::both_ways;
}

NetworkLayer layer_from_file(FileTies const& file, NetworkSpec const& spec, Cities const& cities, Tables const& tables,
                             Clock const& clock, Complaints& complaints) {
  DrawnTies drawn = read_ties(file, spec, cities, tables, clock, complaints);
  Sense sense = sense_of(spec);
  if (sense == Sense::both_ways && weighs_anew(spec)) {
    // The weight of a tie may differ from that of its mirror image.
    mirror_rows(drawn.ties);
    sense = Sense::one_way;
  }
  if (weighs_anew(spec) && drawn.weights == Weights::given) {
    complaints.add("network '" + spec.name + "' has weights in its file and under `weight`", spec.where,
                   "remove one of them");
  } else if (weighs_anew(spec)) {
    weigh(drawn.ties, spec, cities, complaints);
  }
  return make_layer(spec.name, std::move(drawn.ties), cities.size(), spec.where, complaints, sense);
}

PairParts in_one_piece(std::vector<Pair> pairs) {
  PairParts parts;
  parts.push_back(std::move(pairs));
  return parts;
}

/// The pairs of each kind of network that is not read.
struct PairSource {
  NetworkSpec const& spec;
  Drawing const& drawing;

  PairParts operator()(NearestTies const& ties) const {
    return in_one_piece(nearest_ties(ties, drawing.cities, spec.where, drawing.complaints, drawing.threads));
  }
  PairParts operator()(SimilarTies const& ties) const {
    return in_one_piece(similar_ties(ties, drawing.cities, spec.where, drawing.complaints, drawing.threads));
  }
  PairParts operator()(WithinTies const& ties) const {
    return ties_within(ties, drawing.cities, spec.where, drawing.complaints, drawing.threads);
  }
  PairParts operator()(ErdosRenyiTies const& ties) const { return draw_erdos_renyi(ties, drawing); }
  PairParts operator()(WattsStrogatzTies const& ties) const { return draw_watts_strogatz(ties, drawing); }
  PairParts operator()(BarabasiAlbertTies const& ties) const { return draw_barabasi_albert(ties, drawing); }
  PairParts operator()(StochasticBlockTies const& ties) const { return draw_stochastic_block(ties, drawing); }
  PairParts operator()(ConfigurationTies const& ties) const { return draw_configuration(ties, drawing); }
  PairParts operator()(SameTies const&) const { return {}; }
  PairParts operator()(FileTies const&) const { return {}; }
};

/// The complete groups of `same`.
std::vector<std::int32_t> groups_of(SameTies const& ties, Cities const& cities, Complaints& complaints) {
  TextColumn const* column = require_text(cities, ties.attribute, "same", complaints);
  if (column == nullptr) return {};
  if (auto const later = cities.later_texts.find(ties.attribute.name);
      later != cities.later_texts.end() && !later->second.empty()) {
    complaints.warn("attribute '" + ties.attribute.name + "' changes, but its groups are those of the start (same)",
                    ties.attribute.where);
  }
  return column->code;
}

}  // namespace

NetworkLayer build_network(NetworkSpec const& spec, Cities const& cities, Tables const& tables, Clock const& clock,
                           std::uint64_t seed, Complaints& complaints, int threads) {
  auto const* file = std::get_if<FileTies>(&spec.ties);
  if (file == nullptr) return draw_network(spec, cities, seed, 0, complaints, threads);
  NetworkLayer layer = layer_from_file(*file, spec, cities, tables, clock, complaints);
  layer.timing = spec.timing;
  return layer;
}

NetworkLayer draw_network(NetworkSpec const& spec, Cities const& cities, std::uint64_t seed, std::int64_t draw,
                          Complaints& complaints, int threads) {
  std::uint64_t const key = make_key(seed, static_cast<std::uint64_t>(draw), Purpose::network, hash_id(spec.name));
  // Two cities within a distance see each other, whether or not that is called directed.
  bool const mutual = std::holds_alternative<WithinTies>(spec.ties);
  Sense const sense = mutual ? Sense::both_ways : sense_of(spec);
  Drawing const drawing{cities, key, sense, spec.where, complaints, threads};
  NetworkLayer layer = layer_of_pairs(spec.name, std::visit(PairSource{spec, drawing}, spec.ties), cities.size(),
                                      spec.where, complaints, sense, threads);
  if (weighs_anew(spec)) weigh(layer, spec, cities, complaints, threads);
  if (auto const* same = std::get_if<SameTies>(&spec.ties)) layer.group = groups_of(*same, cities, complaints);
  layer.timing = spec.timing;
  layer.redrawn = spec.redraw == Redrawing::replicate;
  return layer;
}

}  // namespace hansa
