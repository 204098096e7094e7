/// Beliefs on their way to the file: cut into chunks, shuffled, deflated.
#include "io/belief_chunks.hpp"

#include <algorithm>
#include <limits>

#include "io/chunk_rows.hpp"

namespace hansa {

namespace {

constexpr std::size_t widest = 16384;
constexpr std::size_t values_of_chunk = (std::size_t{1} << 20) / sizeof(double);

/// The chunks of one policy; `rows` has T × n values, cities in canonical order.
void pack_rows(std::vector<double> const& rows, std::size_t policy, BeliefCut const& cut,
               std::span<std::uint32_t const> row_city, std::vector<BeliefChunk>& chunks) {
  if (rows.empty()) return;
  std::vector<double> raw(cut.tall * cut.wide);
  for (std::size_t step = 0; step < cut.steps; step += cut.tall) {
    for (std::size_t city = 0; city < cut.cities; city += cut.wide) {
      std::fill(raw.begin(), raw.end(), std::numeric_limits<double>::quiet_NaN());
      std::size_t const tall = std::min(cut.tall, cut.steps - step), wide = std::min(cut.wide, cut.cities - city);
      for (std::size_t t = 0; t < tall; ++t) {
        double const* const from = rows.data() + (step + t) * cut.cities;
        double* const to = raw.data() + t * cut.wide;
        for (std::size_t k = 0; k < wide; ++k) to[k] = from[row_city[city + k]];
      }
      chunks.push_back({{policy, step, city}, shuffle_and_deflate(raw)});
    }
  }
}

}  // namespace

BeliefCut::BeliefCut(std::size_t its_steps, std::size_t its_cities) noexcept
    : steps(its_steps), cities(its_cities), wide(std::clamp<std::size_t>(its_cities, 1, widest)) {
  tall = std::clamp<std::size_t>(values_of_chunk / wide, 1, std::max<std::size_t>(1, steps));
}

std::uint64_t PackedBeliefs::bytes() const noexcept {
  std::uint64_t sum = 0;
  for (auto const* each : {&mean, &precision}) {
    for (BeliefChunk const& chunk : *each) sum += chunk.bytes.size();
  }
  return sum;
}

PackedBeliefs pack_beliefs(History const& history, BeliefCut const& cut, std::span<std::uint32_t const> row_city) {
  PackedBeliefs packed;
  for (std::size_t p = 0; p < history.policies.size(); ++p) {
    pack_rows(history.policies[p].belief_mean, p, cut, row_city, packed.mean);
    pack_rows(history.policies[p].belief_precision, p, cut, row_city, packed.precision);
  }
  return packed;
}

void write_beliefs(NetcdfFile& file, H5Dataset const& to, hsize_t replicate, std::vector<BeliefChunk> const& chunks) {
  file.extend(to, replicate + 1);
  for (BeliefChunk const& chunk : chunks) {
    hsize_t const offset[] = {replicate, chunk.at[0], chunk.at[1], chunk.at[2]};
    file.write_chunk(to, offset, chunk.bytes);
  }
}

}  // namespace hansa
