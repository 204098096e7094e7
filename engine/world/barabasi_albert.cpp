/// Grows a network, one city after another.
#include "world/barabasi_albert.hpp"

#include "world/skips.hpp"

namespace hansa {
namespace {

/// Draws for one newcomer, two from each block of bits.
class Stream {
 public:
  Stream(std::uint64_t key, std::uint64_t who) : key_(key), who_(who) {}
  std::uint64_t next() noexcept {
    if (!half_) bits_ = draw_bits(key_, who_, draws_++, 0);
    half_ = !half_;
    return half_ ? bits_.low : bits_.high;
  }

 private:
  std::uint64_t key_;
  std::uint64_t who_;
  Bits bits_{};
  std::uint32_t draws_ = 0;
  bool half_ = false;
};

/// Adds the ties of one newcomer. `drawn_by[city]` is the last newcomer that drew the city.
void attach(Index newcomer, std::size_t wanted, Drawing const& drawing, std::vector<Index>& drawn_by,
            std::vector<Pair>& ties) {
  std::size_t const ends = 2 * ties.size();
  Stream stream(drawing.key, drawing.cities.hash[newcomer]);
  for (std::size_t found = 0; found < wanted;) {
    std::uint64_t const end = below(stream.next(), ends);
    Pair const& tie = ties[end / 2];
    Index const city = end % 2 == 0 ? tie.source : tie.target;
    if (drawn_by[city] == newcomer) continue;
    drawn_by[city] = newcomer;
    ties.push_back({city, newcomer});
    ++found;
  }
}

}  // namespace

PairParts draw_barabasi_albert(BarabasiAlbertTies const& spec, Drawing const& drawing) {
  Index const n = drawing.cities.size();
  if (spec.ties_per_city < 1 || spec.ties_per_city >= n) {
    drawing.complaints.add(
        std::to_string(spec.ties_per_city) + " ties of each newcomer do not fit among " + std::to_string(n) + " cities",
        drawing.where, "1 to the number of cities less one was expected");
    return {};
  }
  auto const m = static_cast<std::size_t>(spec.ties_per_city);
  std::size_t const total = m * (n - m);
  double const stored = (drawing.sense == Sense::both_ways ? 2.0 : 1.0) * static_cast<double>(total);
  if (!fits_layer(stored, drawing.where, drawing.complaints)) return {};
  PairParts parts(1);
  std::vector<Pair>& ties = parts[0];
  ties.reserve(total);
  for (Index leaf = 1; leaf <= m; ++leaf) ties.push_back({0, leaf});
  std::vector<Index> drawn_by(n, 0);
  for (Index newcomer = static_cast<Index>(m) + 1; newcomer < n; ++newcomer) {
    attach(newcomer, m, drawing, drawn_by, ties);
  }
  return parts;
}

}  // namespace hansa
