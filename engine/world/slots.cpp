/// Cities at virtual places, and rows of skips over them.
#include "world/slots.hpp"

#include <algorithm>
#include <numeric>

#include "base/parallel.hpp"
#include "world/skips.hpp"

namespace hansa {
namespace {

constexpr std::uint64_t full = ~std::uint64_t{0};

/// The place that a city gets in a slot that is not full: its own or the next free one, round the end.
int free_place(std::uint64_t taken, int wanted) noexcept {
  return (wanted + std::countr_one(std::rotr(taken, wanted))) % 64;
}

/// The cities by hash.
std::vector<Index> by_hash(std::span<std::uint64_t const> hashes) {
  struct Entry {
    std::uint64_t hash;
    Index city;
  };
  std::vector<Entry> entries(hashes.size());
  for (Index i = 0; i < hashes.size(); ++i) entries[i] = {hashes[i], i};
  std::sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return a.hash < b.hash; });
  std::vector<Index> cities(hashes.size());
  for (std::size_t k = 0; k < entries.size(); ++k) cities[k] = entries[k].city;
  return cities;
}

}  // namespace

Slots::Slots(std::span<std::uint64_t const> hashes) {
  int const bits = std::max(0, static_cast<int>(std::bit_width(hashes.size())) - 4);
  std::size_t const mask = (std::size_t{1} << bits) - 1;
  taken_.assign(mask + 1, 0);
  std::vector<Index> const order = by_hash(hashes);
  std::vector<std::uint64_t> place(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    std::uint64_t const turned = std::rotl(hashes[order[k]], bits);  // the slot below, the rest above
    std::size_t slot = turned & mask;
    int wanted = static_cast<int>(std::rotl(turned, 6) & 63);
    for (; taken_[slot] == full; slot = (slot + 1) & mask) wanted = 0;
    int const at = free_place(taken_[slot], wanted);
    taken_[slot] |= std::uint64_t{1} << at;
    place[k] = slot * 64 + static_cast<std::uint64_t>(at);
  }
  first_.assign(taken_.size(), 0);
  for (std::size_t slot = 1; slot < taken_.size(); ++slot) {
    first_[slot] = first_[slot - 1] + static_cast<std::uint32_t>(std::popcount(taken_[slot - 1]));
  }
  cities_.resize(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) cities_[rank(place[k])] = order[k];
}

namespace {

/// Draws the rows of some slots. What is read is read for a whole row at once, so that reads overlap.
class RowDrawer {
 public:
  RowDrawer(Slots const& slots, double probability, Drawing const& drawing, std::vector<Pair>& found)
      : slots_(slots), probability_(probability), drawing_(drawing), found_(found) {}

  void draw(std::uint64_t own) {
    Index const city = slots_.cities()[slots_.rank(own)];
    Skips skips(drawing_.key, drawing_.cities.hash[city], probability_);
    drawn_.clear();
    std::uint64_t at = drawing_.sense == Sense::both_ways ? own + 1 : 0;
    for (at += skips.next(); at < slots_.places(); at += 1 + skips.next()) drawn_.push_back(at);
    std::size_t kept = 0;
    for (std::uint64_t const place : drawn_) {
      drawn_[kept] = place;
      kept += slots_.is_taken(place) && place != own ? 1 : 0;
    }
    for (std::size_t k = 0; k < kept; ++k) found_.push_back({city, slots_.rank(drawn_[k])});
  }
  /// Turns ranks into cities.
  void finish() {
    for (Pair& pair : found_) pair.target = slots_.cities()[pair.target];
    found_.shrink_to_fit();
  }

 private:
  Slots const& slots_;
  double probability_;
  Drawing const& drawing_;
  std::vector<Pair>& found_;
  std::vector<std::uint64_t> drawn_;
};

}  // namespace

PairParts draw_by_slots(double probability, Drawing const& drawing) {
  constexpr std::size_t slots_a_task = 256;
  Slots const slots(drawing.cities.hash);
  std::size_t const count = slots.taken().size();
  PairParts parts((count + slots_a_task - 1) / slots_a_task);
  parallel_for(parts.size(), drawing.threads, [&](std::size_t task) {
    RowDrawer rows(slots, probability, drawing, parts[task]);
    for (std::size_t slot = task * slots_a_task; slot < std::min(count, (task + 1) * slots_a_task); ++slot) {
      for (std::uint64_t left = slots.taken()[slot]; left != 0; left &= left - 1) {
        rows.draw(slot * 64 + static_cast<std::uint64_t>(std::countr_zero(left)));
      }
    }
    rows.finish();
  });
  return parts;
}

}  // namespace hansa
