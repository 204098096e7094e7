/// Reads the sections `networks` and `collaborations`.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

void check_not_empty(std::string_view name, Parameters const& read, Reading& reading) {
  if (read.has(name) && read.references(name).empty())
    reading.complaints.add("'on' is empty", read.place(name), "at least one attribute was expected");
}

/// What the readers of each kind of ties share.
struct TieReader {
  Item const& source;  ///< the entry that names the kind
  Parameters const& read;
  NetworkSpec& into;
  Reading& reading;

  [[nodiscard]] std::string name(std::string_view field) const { return fmt::format("{}.{}", source.key, field); }
  [[nodiscard]] std::vector<Reference> references(std::string_view field) const {
    return read.has(name(field)) ? read.references(name(field)) : std::vector<Reference>{};
  }
  [[nodiscard]] std::int64_t integer(std::string_view field) const {
    return read.has(name(field)) ? read.integer(name(field)) : 0;
  }
  [[nodiscard]] std::optional<double> number(std::string_view field) const {
    return read.has(name(field)) ? std::optional(read.number(name(field))) : std::nullopt;
  }
  [[nodiscard]] Reference reference(std::string_view field) const {
    return read.has(name(field)) ? read.reference(name(field)) : Reference{};
  }

  void file() const {
    if (read.has("file")) into.ties = FileTies{file_ref(read.text("file"), read.place("file"), reading)};
  }
  void nearest() const {
    check_not_empty(name("on"), read, reading);
    into.ties = NearestTies{integer("k"), references("on")};
  }
  void similar() const {
    check_not_empty(name("on"), read, reading);
    into.ties = SimilarTies{integer("k"), references("on")};
  }
  void within() const {
    constexpr std::string_view forms[] = {"km", "distance"};
    check_not_empty(name("on"), read, reading);
    auto const form = exactly_one(source, forms, reading);
    bool const has_axes = read.has(name("on"));
    if (form && form->key == "distance" && !has_axes && !child(source, "on"))
      reading.complaints.add("'on' is missing in 'within'", source.where,
                             "the attributes in which 'distance' is measured were expected");
    if (form && form->key == "km" && has_axes)
      reading.complaints.add("'on' cannot stand beside 'km'", read.place(name("on")),
                             "kilometres are measured along the great circle on lat, lon");
    into.ties = WithinTies{number("km"), number("distance"), references("on")};
  }
  void same() const {
    if (read.has("same")) into.ties = SameTies{read.reference("same")};
  }
  void erdos_renyi() const {
    constexpr std::string_view forms[] = {"degree", "probability", "ties"};
    (void)exactly_one(source, forms, reading);
    ErdosRenyiTies ties{number("degree"), number("probability"), {}};
    if (read.has(name("ties"))) ties.ties = read.integer(name("ties"));
    into.ties = ties;
  }
  void watts_strogatz() const {
    std::int64_t const degree = integer("degree");
    if (degree % 2 != 0)
      reading.complaints.add(fmt::format("the degree of a ring is {}", degree), read.place(name("degree")),
                             "an even number was expected: half of the neighbours stand on either side");
    into.ties = WattsStrogatzTies{static_cast<double>(degree), number("rewire").value_or(0)};
  }
  void barabasi_albert() const { into.ties = BarabasiAlbertTies{integer("ties_per_city")}; }
  void configuration() const { into.ties = ConfigurationTies{reference("degrees")}; }
  void stochastic_block() const {
    StochasticBlockTies ties{reference("group"), {}};
    if (auto const probability = child(source, "probability")) {
      constexpr std::string_view expected = "a map of groups to probabilities";
      for (Item const& row : entries_of(*probability, "a map of groups to maps", reading))
        for (Item const& each : entries_of(row, expected, reading))
          if (auto const p = read_number(each, fields::block_probability, reading))
            ties.probability[row.key][each.key] = *p;
    }
    into.ties = std::move(ties);
  }
};

/// A kind of ties: its key, its reader, and what the common keys mean for it.
struct TieKind {
  std::string_view key;
  void (TieReader::*read)() const;
  bool directed = false;  ///< unless said otherwise
  bool random = false;
};
constexpr TieKind tie_kinds[] = {
    {"file", &TieReader::file, true, false},
    {"nearest", &TieReader::nearest, true, false},
    {"similar", &TieReader::similar, true, false},
    {"within", &TieReader::within, false, false},
    {"same", &TieReader::same, false, false},
    {"erdos_renyi", &TieReader::erdos_renyi, false, true},
    {"watts_strogatz", &TieReader::watts_strogatz, false, true},
    {"barabasi_albert", &TieReader::barabasi_albert, false, true},
    {"stochastic_block", &TieReader::stochastic_block, false, true},
    {"configuration", &TieReader::configuration, false, true},
};

/// Complains of common keys that mean nothing for ties of this kind.
void check_common(Item const& item, TieKind const& kind, Parameters const& read, NetworkSpec const& spec,
                  Reading& reading) {
  if (spec.redraw == Redrawing::replicate && !kind.random)
    reading.complaints.add(fmt::format("the ties of {} are not random", item.label), read.place("redraw"),
                           "'redraw: replicate' is for ties that are drawn; leave it out");
  if (kind.key == "configuration" && spec.directed)
    reading.complaints.add("ties of given degrees are undirected", read.place("directed"),
                           "leave out 'directed: true'");
  if (kind.key != "same") return;
  for (std::string_view const key : {"directed", "weight"})
    if (auto const given = child(item, key))
      reading.complaints.add(fmt::format("'{}' means nothing for complete groups", key), given->where,
                             "leave it out: all in a group observe each other alike");
  if (spec.timing == TieTiming::lagged)
    reading.complaints.add("complete groups hold at all times", read.place("ties"), "leave out 'ties: lagged'");
}

void read_weight(Item const& item, Parameters const& read, NetworkSpec& into, Reading& reading) {
  constexpr std::string_view forms[] = {"decay_km", "attribute"};
  auto const weight = child(item, "weight");
  if (!weight || weight->node->form != Node::Form::map) return;
  (void)exactly_one(*weight, forms, reading);
  if (read.has("weight.decay_km"))
    into.weight = DecayWeight{read.number("weight.decay_km")};
  else if (read.has("weight.attribute"))
    into.weight = SourceWeight{read.reference("weight.attribute")};
}

void read_dynamics(Item const& item, Parameters const& read, NetworkSpec& into, Reading& reading) {
  auto const section = child(item, "dynamics");
  if (!section || section->node->form != Node::Form::map) return;
  DynamicsSpec spec;
  spec.where = section->where;
  spec.decay = read.number("dynamics.decay");
  spec.reinforce = read.number("dynamics.reinforce");
  spec.floor = read.number("dynamics.floor");
  if (read.has("dynamics.visits.rate")) {
    VisitsSpec visits{read.number("dynamics.visits.rate"), read.number("dynamics.visits.closure"),
                      read.number("dynamics.visits.prestige"), std::nullopt, read.number("dynamics.visits.reciprocal")};
    if (read.has("dynamics.visits.decay_km")) visits.decay_km = read.number("dynamics.visits.decay_km");
    spec.visits = visits;
  }
  if (std::holds_alternative<SameTies>(into.ties))
    reading.complaints.add(fmt::format("the ties of '{}' are complete groups, which are never stored", into.name),
                           section->where, "'dynamics' needs a network with ties of its own");
  if (spec.decay == 0 && !spec.visits)
    reading.complaints.warn(fmt::format("the ties of '{}' lose no strength and nobody visits", into.name),
                            section->where, "they are as strong as without 'dynamics'");
  into.dynamics = spec;
}

NetworkSpec read_network(Item const& item, Reading& reading) {
  NetworkSpec spec;
  spec.name = item.key;
  spec.where = item.where;
  (void)check_name(item, reading);
  Parameters const read = read_section(item, fields::network, reading);
  if (item.node->form != Node::Form::map) return spec;
  std::vector<std::string_view> sources;
  for (TieKind const& kind : tie_kinds) sources.push_back(kind.key);
  auto const source = exactly_one(item, sources, reading);
  if (!source) return spec;
  TieKind const& kind = *std::find_if(std::begin(tie_kinds), std::end(tie_kinds),
                                      [&](TieKind const& each) { return each.key == source->key; });
  (TieReader{*source, read, spec, reading}.*kind.read)();
  spec.directed = read.has("directed") ? read.flag("directed") : kind.directed;
  if (read.has("ties") && read.text("ties") == "lagged") spec.timing = TieTiming::lagged;
  if (read.has("redraw") && read.text("redraw") == "replicate") spec.redraw = Redrawing::replicate;
  read_weight(item, read, spec, reading);
  check_common(item, kind, read, spec, reading);
  read_dynamics(item, read, spec, reading);
  return spec;
}

/// `read`: the properties of the collaboration.
PledgeSpec read_pledge(Item const& item, Parameters const& read, Reading& reading) {
  PledgeSpec pledge;
  pledge.where = item.where;
  pledge.policy = read.reference("pledge.policy");
  pledge.from = optional_label(read, "pledge.from");
  pledge.deadline = optional_label(read, "pledge.deadline");
  auto const needs = child(item, "needs");
  if (!needs) return pledge;  // complained of
  if (needs->node->form == Node::Form::map) {
    Parameters const own = read_section(*needs, fields::needs, reading);
    if (own.has("share")) pledge.share = own.number("share");
  } else if (needs->node->form == Node::Form::scalar) {
    Value const members = read_value(fields::needed_members, *needs, reading);
    if (auto const* const number = std::get_if<std::int64_t>(&members)) pledge.members = *number;
  } else {
    refuse(*needs, "a number of members or {share: s}", reading);
  }
  return pledge;
}

CollaborationProperties read_properties(Item const& item, Reading& reading) {
  CollaborationProperties properties;
  properties.name = item.key;
  properties.where = item.where;
  Parameters const read = read_section(item, fields::collaboration, reading);
  if (auto const members = child(item, "members")) properties.members = read_selector(*members, reading);
  properties.dissolved = optional_label(read, "dissolved");
  if (read.has("fee.amount"))
    properties.fee = FeeSpec{read.number("fee.amount"), read.text("fee.per") == "once" ? CostPer::once : CostPer::step};
  if (read.has("recruit.network"))
    properties.recruit = RecruitSpec{read.reference("recruit.network"), read.number("recruit.hazard.base"),
                                     read.number("recruit.hazard.share"), child(item, "recruit")->where};
  if (auto const pledge = child(item, "pledge"); pledge && read.has("pledge.policy"))
    properties.pledge = read_pledge(*pledge, read, reading);
  return properties;
}

}  // namespace

std::vector<NetworkSpec> read_networks(Item const& item, Reading& reading) {
  std::vector<NetworkSpec> networks;
  for (Item const& each : entries_of(item, "a map of networks by name", reading)) {
    std::size_t const before = reading.complaints.size();
    NetworkSpec network = read_network(each, reading);
    if (reading.complaints.size() == before) networks.push_back(std::move(network));
  }
  std::sort(networks.begin(), networks.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return networks;
}

void check_uses_of_living_ties(Scenario const& scenario, Reading& reading) {
  auto const lives = [&](Reference const& name) {
    return std::any_of(scenario.networks.begin(), scenario.networks.end(),
                       [&](NetworkSpec const& each) { return each.name == name.name && each.dynamics; });
  };
  auto const complain = [&](std::string const& what, Reference const& name, std::string const& mend) {
    if (lives(name))
      reading.complaints.add(fmt::format("{} cannot use network '{}', whose ties have dynamics", what, name.name),
                             name.where, mend);
  };
  constexpr std::string_view users[] = {"exposure", "competition", "learning"};
  for (PolicySpec const& policy : scenario.policies)
    for (MechanismSpec const& each : policy.mechanisms) {
      bool const follows = std::find(std::begin(users), std::end(users), each.kind) != std::end(users);
      if (each.parameters.has("network") && !follows)
        complain("'" + each.kind + "'", each.parameters.reference("network"),
                 "only exposure, competition and learning can");
    }
}

void check_uses_of_groups(Scenario const& scenario, Reading& reading) {
  auto const is_groups = [&](Reference const& name) {
    return std::any_of(scenario.networks.begin(), scenario.networks.end(), [&](NetworkSpec const& each) {
      return each.name == name.name && std::holds_alternative<SameTies>(each.ties);
    });
  };
  auto const check = [&](MechanismSpec const& mechanism, Reference const& name) {
    if (!is_groups(name)) return;
    reading.complaints.add(fmt::format("'{}' cannot use network '{}', whose complete groups are never stored as ties",
                                       mechanism.kind, name.name),
                           name.where, fmt::format("only {} can", fmt::join(fields::users_of_groups, ", ")));
  };
  for (PolicySpec const& policy : scenario.policies)
    for (MechanismSpec const& mechanism : policy.mechanisms) {
      auto const& users = fields::users_of_groups;
      if (std::find(std::begin(users), std::end(users), mechanism.kind) != std::end(users)) continue;
      auto const schema = std::find_if(reading.mechanisms.begin(), reading.mechanisms.end(),
                                       [&](Schema const* each) { return each->name == mechanism.kind; });
      if (schema == reading.mechanisms.end()) continue;
      for (Field const& field : (*schema)->parameters) {
        if (!mechanism.parameters.has(field.name)) continue;
        if (field.kind == Kind::network) check(mechanism, mechanism.parameters.reference(field.name));
        if (field.kind != Kind::pool) continue;
        Pool const& pool = mechanism.parameters.pool(field.name);
        if (pool.of == Pool::Of::network) check(mechanism, pool.name);
      }
    }
}

CollaborationsSpec read_collaborations(Item const& item, Parameters const& read, Reading& reading) {
  CollaborationsSpec spec;
  if (read.has("collaborations.file"))
    spec.file = file_ref(read.text("collaborations.file"), read.place("collaborations.file"), reading);
  if (auto const properties = child(item, "properties"))
    for (Item const& each : entries_of(*properties, "a map of collaborations by name", reading))
      spec.properties.push_back(read_properties(each, reading));
  std::sort(spec.properties.begin(), spec.properties.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  return spec;
}

}  // namespace hansa
