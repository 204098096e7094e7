/// Digests of the parts of a world, each by itself.
#include "world/input_digests.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.hpp"

namespace hansa {

namespace {

/// Whether there are any.
template <class Of>
bool add_later(Digest& digest, std::map<std::string, std::vector<Later<Of>>, std::less<>> const& all,
               std::string const& name) {
  auto const found = all.find(name);
  if (found == all.end()) return false;
  for (Later<Of> const& each : found->second) {
    digest.add_signed(each.from);
    digest.add(std::uint64_t{each.city});
    digest.add(std::span<Of const>(&each.value, 1));
  }
  return !found->second.empty();
}

InputDigest of_cities(Cities const& cities) {
  Digest digest;
  for (std::string const& id : cities.id) digest.add(std::string_view(id));
  return {digest.hex(), false};
}

InputDigest of_number(Cities const& cities, std::string const& name) {
  Digest digest;
  digest.add(*cities.number(name));
  bool const changes = add_later(digest, cities.later_numbers, name);
  return {digest.hex(), changes};
}

InputDigest of_text(Cities const& cities, std::string const& name) {
  Digest digest;
  TextColumn const& column = *cities.text(name);
  digest.add(std::uint64_t{column.labels.size()});
  for (std::string const& label : column.labels) digest.add(std::string_view(label));
  digest.add(column.code);
  bool const changes = add_later(digest, cities.later_texts, name);
  return {digest.hex(), changes};
}

InputDigest of_network(NetworkLayer const& layer) {
  Digest digest;
  digest.add(layer.first);
  digest.add(std::span<Index const>(layer.target).first(layer.ties()));
  digest.add(std::uint64_t{layer.weighted()});
  if (layer.weighted()) digest.add(std::span<std::uint32_t const>(layer.weight).first(layer.ties()));
  digest.add(std::span<double const>(&layer.unit, 1));
  digest.add(layer.from);
  digest.add(layer.until);
  digest.add(static_cast<std::uint64_t>(layer.timing));
  digest.add(layer.group);
  return {digest.hex(), layer.dated()};
}

InputDigest of_collaboration(Collaboration const& collaboration) {
  Digest digest;
  for (Membership const& member : collaboration.members) {
    digest.add(std::uint64_t{member.city});
    digest.add_signed(member.joined);
    digest.add_signed(member.left);
  }
  return {digest.hex(), false};
}

InputDigest of_laws(LawRecords const& records) {
  Digest digest;
  for (DatedLaw const& law : records.laws) {
    digest.add_signed(law.country);
    digest.add_signed(law.from);
  }
  return {digest.hex(), false};
}

}  // namespace

InputDigests input_digests(World const& world) {
  InputDigests digests;
  digests.emplace("cities", of_cities(world.cities));
  for (auto const& [name, values] : world.cities.numbers)
    digests.emplace("attributes." + name, of_number(world.cities, name));
  for (auto const& [name, column] : world.cities.texts)
    digests.emplace("attributes." + name, of_text(world.cities, name));
  for (NetworkLayer const& layer : world.networks) digests.emplace("networks." + layer.name, of_network(layer));
  for (Collaboration const& each : world.collaborations)
    digests.emplace("collaborations." + each.name, of_collaboration(each));
  for (auto const& [name, values] : world.countries.numbers) {
    Digest digest;
    digest.add(values);
    digests.emplace("countries." + name, InputDigest{digest.hex(), false});
  }
  for (LawRecords const& each : world.laws)
    digests.emplace("laws." + each.policy + "." + each.mechanism, of_laws(each));
  return digests;
}

}  // namespace hansa
