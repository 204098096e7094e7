/// Collaborations: their member lists from a file or from selectors.
#include "world/collaborations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/names.hpp"
#include "base/random.hpp"
#include "world/rows.hpp"
#include "world/select.hpp"

namespace hansa {
namespace {

struct MembershipRow {
  Membership membership;
  std::size_t row;
};

using SpellsByName = std::map<std::string, std::vector<MembershipRow>, std::less<>>;

constexpr std::string_view membership_columns[] = {"city", "collaboration", "joined", "joined_by", "left"};

/// Reads the rows of the memberships file.
class SpellReader {
 public:
  SpellReader(Table const& table, Cities const& cities, Complaints& complaints) : rows_(table, cities, complaints) {}

  SpellsByName read() {
    city_ = rows_.required("city");
    collaboration_ = rows_.required("collaboration");
    if (!city_ || !collaboration_) return {};
    joined_ = rows_.optional("joined", membership_columns);
    joined_by_ = rows_.optional("joined_by", membership_columns);
    left_ = rows_.optional("left", membership_columns);
    SpellsByName spells;
    for (std::size_t row = 0; row < rows_.table().rows(); ++row) read_row(row, spells);
    return spells;
  }

 private:
  void read_row(std::size_t row, SpellsByName& spells) {
    std::optional<Index> const city = rows_.city(row, *city_);
    std::string const& name = rows_.table().cell(row, *collaboration_);
    if (name.empty()) {
      rows_.complain(row, *collaboration_, "the collaboration is blank", "its name was expected");
      return;
    }
    Membership membership{};
    bool sound = true;
    auto const read_label = [&](std::optional<std::size_t> column, std::int32_t& label) {
      if (rows_.blank(row, column)) return;
      std::optional<std::int32_t> const year = rows_.year(row, *column);
      sound = sound && year;
      if (year) label = *year;
    };
    // Both are read, so that a mistake in either is told; `joined_by` counts where `joined` is blank.
    read_label(joined_by_, membership.joined);
    read_label(joined_, membership.joined);
    read_label(left_, membership.left);
    if (sound && membership.left <= membership.joined) {
      rows_.complain(row, *left_, "the city leaves before it is a member for one step",
                     "`left` after " + std::to_string(membership.joined) + " was expected");
      return;
    }
    if (!city || !sound) return;
    membership.city = *city;
    spells[name].push_back({membership, row});
  }

  Rows rows_;
  std::optional<std::size_t> city_, collaboration_, joined_, joined_by_, left_;
};

auto order_of(MembershipRow const& spell) {
  return std::tie(spell.membership.city, spell.membership.joined, spell.membership.left);
}

/// Sorts; merges repetitions and returns their number; complains of overlaps.
std::size_t settle(std::string const& name, std::vector<MembershipRow>& spells, Table const& table,
                   Cities const& cities, Complaints& complaints) {
  std::sort(spells.begin(), spells.end(), [](MembershipRow const& a, MembershipRow const& b) {
    return std::tuple_cat(order_of(a), std::tie(a.row)) < std::tuple_cat(order_of(b), std::tie(b.row));
  });
  std::size_t const before = spells.size();
  auto const same = [](MembershipRow const& a, MembershipRow const& b) { return order_of(a) == order_of(b); };
  spells.erase(std::unique(spells.begin(), spells.end(), same), spells.end());
  for (std::size_t k = 1; k < spells.size(); ++k) {
    Membership const& earlier = spells[k - 1].membership;
    Membership const& later = spells[k].membership;
    if (earlier.city != later.city || later.joined >= earlier.left) continue;
    complaints.add("two memberships of '" + cities.id[later.city] + "' in '" + name + "' overlap",
                   table.place(spells[k].row),
                   "the other stands on line " + std::to_string(table.lines[spells[k - 1].row]));
  }
  return before - spells.size();
}

std::vector<Membership> memberships_of(std::vector<MembershipRow> const& spells) {
  std::vector<Membership> members;
  for (MembershipRow const& spell : spells) members.push_back(spell.membership);
  return members;
}

void read_file(CollaborationsSpec const& spec, Tables const& tables, World& world, Complaints& complaints) {
  Table const* table = spec.file ? find_table(tables, *spec.file) : nullptr;
  if (!table) return;
  SpellsByName spells = SpellReader(*table, world.cities, complaints).read();
  std::size_t repeated = 0;
  for (auto& [name, list] : spells) {
    repeated += settle(name, list, *table, world.cities, complaints);
    world.collaborations.push_back({name, hash_id(name), memberships_of(list)});
  }
  if (repeated > 0) {
    complaints.warn(
        std::to_string(repeated) + (repeated == 1 ? " repeated membership" : " repeated memberships") + " counted once",
        {table->name, 0, 0});
  }
}

/// The collaborations that a selector refers to, at any depth.
void list_members_of(Selector const& selector, std::vector<Reference>& named) {
  if (selector.form == Selector::Form::members) {
    named.insert(named.end(), selector.names.begin(), selector.names.end());
  }
  for (Selector const& part : selector.parts) list_members_of(part, named);
}

/// Members by selector are those of the first step. Such a collaboration cannot be built on another such one, so that
/// their order cannot matter.
std::optional<Collaboration> select_members(CollaborationProperties const& each, std::set<std::string> const& selected,
                                            std::int32_t start, World const& world, Complaints& complaints,
                                            int threads) {
  std::vector<Reference> named;
  list_members_of(*each.members, named);
  bool sound = true;
  for (Reference const& other : named) {
    if (selected.count(other.name) == 0) continue;
    complaints.add("the members of '" + each.name + "' are chosen among those of '" + other.name +
                       "', which are chosen by a selector too",
                   other.where, "repeat the selector of '" + other.name + "' here");
    sound = false;
  }
  if (!sound) return std::nullopt;
  Collaboration collaboration{each.name, hash_id(each.name), {}};
  for (Index city : select(*each.members, world, start, each.name, complaints, threads)) {
    collaboration.members.push_back({city});
  }
  return collaboration;
}

void add_selected(CollaborationsSpec const& spec, Clock const& clock, World& world, Complaints& complaints,
                  int threads) {
  std::set<std::string> selected;
  for (CollaborationProperties const& each : spec.properties) {
    if (each.members) selected.insert(each.name);
  }
  std::vector<Collaboration> found;
  for (CollaborationProperties const& each : spec.properties) {
    if (!each.members) continue;
    if (world.collaboration(each.name)) {
      complaints.add("collaboration '" + each.name + "' has members in the file and under `members`", each.where,
                     "remove one of them");
      continue;
    }
    std::optional<Collaboration> one = select_members(each, selected, clock.start, world, complaints, threads);
    // Kept by name even after a complaint, so that references to it are not complained of as well.
    found.push_back(one ? std::move(*one) : Collaboration{each.name, hash_id(each.name), {}});
  }
  std::move(found.begin(), found.end(), std::back_inserter(world.collaborations));
  std::sort(world.collaborations.begin(), world.collaborations.end(),
            [](Collaboration const& a, Collaboration const& b) { return a.name < b.name; });
}

/// A collaboration of the file that nothing else is said of may be the one that was meant.
void warn_of_founding(CollaborationProperties const& founded, CollaborationsSpec const& spec, World const& world,
                      Complaints& complaints) {
  std::vector<std::string_view> names;
  for (Collaboration const& each : world.collaborations) {
    bool const mentioned = std::any_of(spec.properties.begin(), spec.properties.end(),
                                       [&](CollaborationProperties const& other) { return other.name == each.name; });
    if (!mentioned) names.push_back(each.name);
  }
  std::string_view const near = nearest_name(founded.name, names);
  if (near.empty()) return;
  complaints.warn("collaboration '" + founded.name + "' is founded without a member, beside '" + std::string(near) +
                      "', which has members in the file",
                  founded.where, "did you mean '" + std::string(near) + "'?");
}

/// Those that begin without a member, and recruit.
void add_founded(CollaborationsSpec const& spec, bool unread, World& world, Complaints& complaints) {
  std::vector<Collaboration> founded;
  for (CollaborationProperties const& each : spec.properties) {
    if (!each.recruit || unread || world.collaboration(each.name)) continue;
    warn_of_founding(each, spec, world, complaints);
    founded.push_back({each.name, hash_id(each.name), {}});
  }
  std::move(founded.begin(), founded.end(), std::back_inserter(world.collaborations));
  std::sort(world.collaborations.begin(), world.collaborations.end(),
            [](Collaboration const& a, Collaboration const& b) { return a.name < b.name; });
}

/// The collaboration that may have been meant.
std::string did_you_mean(std::string_view typed, std::vector<std::string_view> const& names) {
  std::string_view const near = nearest_name(typed, names);
  return near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?";
}

}  // namespace

void dissolve(Collaboration& collaboration, std::int32_t label) {
  collaboration.dissolved = std::min(collaboration.dissolved, label);
  for (Membership& member : collaboration.members) member.left = std::min(member.left, label);
  std::erase_if(collaboration.members, [](Membership const& member) { return member.left <= member.joined; });
}

void check_memberships(CollaborationsSpec const& spec, Tables const& tables, Complaints& complaints) {
  Table const* table = spec.file ? find_table(tables, *spec.file) : nullptr;
  Cities unread;
  unread.complete = false;
  if (table) (void)SpellReader(*table, unread, complaints).read();
}

void build_collaborations(Scenario const& scenario, Tables const& tables, World& world, Complaints& complaints,
                          int threads) {
  CollaborationsSpec const& spec = scenario.collaborations;
  bool const unread = spec.file && !find_table(tables, *spec.file);
  read_file(spec, tables, world, complaints);
  add_selected(spec, scenario.clock, world, complaints, threads);
  add_founded(spec, unread, world, complaints);
  std::vector<std::string_view> names;
  for (Collaboration const& each : world.collaborations) names.push_back(each.name);
  for (CollaborationProperties const& each : spec.properties) {
    auto const found = std::find_if(world.collaborations.begin(), world.collaborations.end(),
                                    [&](Collaboration const& other) { return other.name == each.name; });
    if (found != world.collaborations.end()) {
      found->recruits = each.recruit.has_value();
      if (each.dissolved) dissolve(*found, *each.dissolved);
    } else if (!unread && !each.recruit) {
      complaints.add("collaboration '" + each.name + "' has no members", each.where,
                     "rows in the file or `members` were expected" + did_you_mean(each.name, names));
    }
  }
}

}  // namespace hansa
