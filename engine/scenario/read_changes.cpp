/// Reads interventions that change collaborations and networks.
#include "scenario/read_changes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace hansa {

namespace {

Reference collaboration_of(Item const& item, Parameters const& read) {
  std::string const name = fmt::format("{}.collaboration", item.key);
  if (!read.has(name)) return {{}, item.where};
  return {read.text(name), read.place(name)};
}

/// The cities under a key; all where it is missing.
Selector selector_of(Item const& item, std::string_view key, Reading& reading) {
  Selector selector;
  if (auto const given = child(item, key)) selector = read_selector(*given, reading);
  if (selector.where.file.empty()) selector.where = item.where;
  return selector;
}

/// Ties that are stored, and the same in all replicates, can be changed.
void check_network(Reference const& network, Scenario const& scenario, Reading& reading) {
  auto const found = std::find_if(scenario.networks.begin(), scenario.networks.end(),
                                  [&](NetworkSpec const& each) { return each.name == network.name; });
  if (found == scenario.networks.end()) return;
  if (std::holds_alternative<SameTies>(found->ties))
    reading.complaints.add(fmt::format("network '{}' is complete groups, which are never stored as ties", network.name),
                           network.where,
                           "a network of ties was expected: none can be added to groups or taken from them");
  if (found->redraw == Redrawing::replicate)
    reading.complaints.add(
        fmt::format("network '{}' is drawn anew in each replicate, but interventions change ties once", network.name),
        network.where, "leave out 'redraw: replicate'");
}

/// Network, file and selections of either verb.
template <class Act>
Act read_ties(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  Act act;
  std::string const network = fmt::format("{}.network", item.key), file = fmt::format("{}.file", item.key);
  act.network.where = item.where;
  if (read.has(network)) {
    act.network = read.reference(network);
    check_network(act.network, scenario, reading);
  }
  if (read.has(file)) act.file = file_ref(read.text(file), read.place(file), reading);
  act.sources = selector_of(item, "sources", reading);
  act.targets = selector_of(item, "targets", reading);
  for (std::string_view const key : {"sources", "targets", "weight"}) {
    auto const given = child(item, key);
    if (given && child(item, "file"))
      reading.complaints.add(fmt::format("'{}' cannot stand beside 'file'", key), given->where,
                             "either a file of ties, or sources and targets, were expected");
  }
  return act;
}

}  // namespace

ActSpec read_join(Item const& item, Parameters const& read, Scenario const&, Reading& reading) {
  return JoinSpec{collaboration_of(item, read), selector_of(item, "cities", reading)};
}

ActSpec read_leave(Item const& item, Parameters const& read, Scenario const&, Reading& reading) {
  return LeaveSpec{collaboration_of(item, read), selector_of(item, "cities", reading)};
}

ActSpec read_dissolve(Item const& item, Parameters const& read, Scenario const&, Reading&) {
  return DissolveSpec{collaboration_of(item, read)};
}

ActSpec read_add_ties(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  auto act = read_ties<AddTiesSpec>(item, read, scenario, reading);
  act.weight = read.number("add_ties.weight");
  bool const chosen = child(item, "file") || child(item, "sources") || child(item, "targets");
  if (!chosen)
    reading.complaints.add("'add_ties' has none of sources, targets, file", item.where,
                           "one of them was expected: not all cities are to be tied to all others");
  return act;
}

ActSpec read_remove_ties(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  return read_ties<RemoveTiesSpec>(item, read, scenario, reading);
}

}  // namespace hansa
