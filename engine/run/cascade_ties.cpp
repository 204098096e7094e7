/// Walks the ties of new adopters.
#include "run/cascade_ties.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/flat_math.hpp"
#include "mechanisms/tie_pieces.hpp"
#include "run/settle.hpp"

namespace hansa {

CascadeTies::CascadeTies(CompiledTerm const& term)
    : term_(term), layer_(term.network), strengths_(term.strengths), even_(amount(term.strength)) {
  std::int32_t groups = 0;
  for (std::int32_t const group : layer_->group) groups = std::max(groups, group + 1);
  fresh_.resize(static_cast<std::size_t>(groups));
}

/// On the grid; 64 for what is certain.
double CascadeTies::amount(double probability) noexcept {
  return on_grid(std::min(flat::hazard_of_probability(probability), hazard_cap));
}

void CascadeTies::begin(Outset const& outset) {
  layer_ = &outset.network(*term_.network);
  living_ = outset.living_ties(*term_.network);
  // The unit is a power of ten or two: dividing by its inverse rounds once, 3 tenths give 0.3.
  per_unit_ = layer_->unit < 1 ? __builtin_nearbyint(1 / layer_->unit) : 1;
  factor_ = layer_->unit > 1 ? layer_->unit : 1;
  if (next_strength_ > 0) strengths_ = term_.strengths;
  next_strength_ = 0;
}

void CascadeTies::advance(std::int32_t step) {
  auto const& later = term_.strengths_later;
  for (; next_strength_ < later.size() && later[next_strength_].step <= step; ++next_strength_) {
    strengths_[later[next_strength_].city] = later[next_strength_].sum;
  }
}

/// take(target, amount) for every tie that acts in `step`.
template <class Take>
void CascadeTies::each_tie(std::span<Event const> sources, std::int32_t step, Take&& take) {
  NetworkLayer const& layer = *layer_;
  if (!layer.group.empty()) return each_mate(sources, take);
  if (living_ != nullptr) return each_living(sources, step, take);
  if (!layer.weighted() && !layer.dated() && strengths_.empty()) {
    for_tie_pieces<false>(layer, sources, [&](TiePiece const& piece) {
      for (Index const target : piece.target) take(target, even_);
    });
    return;
  }
  for (std::size_t q = 0; q < sources.size(); ++q) {
    prefetch_ties(layer, sources, q);
    std::uint32_t const end = layer.first[sources[q].city + 1];
    for (std::uint32_t e = layer.first[sources[q].city]; e < end; e += batch_size) {
      uneven(e, std::min<std::uint32_t>(end - e, batch_size), step, take);
    }
  }
}

/// The same for at most batch_size ties from `first` on, which differ in what they take.
template <class Take>
void CascadeTies::uneven(std::uint32_t first, std::size_t n, std::int32_t step, Take&& take) const {
  NetworkLayer const& layer = *layer_;
  alignas(64) std::array<double, batch_size> taken;
  for (std::size_t k = 0; k < n; ++k) {
    double const weight = layer.weighted() ? layer.weight[first + k] * factor_ / per_unit_ : 1;
    taken[k] = weight * (strengths_.empty() ? term_.strength : strengths_[layer.target[first + k]]);
  }
  for (std::size_t k = 0; k < n; ++k) taken[k] = amount(taken[k]);
  for (std::size_t k = 0; k < n; ++k) {
    if (layer.dated() && (layer.from[first + k] > step || layer.until[first + k] < step)) continue;
    take(layer.target[first + k], taken[k]);
  }
}

/// The same along ties of which each has a strength.
template <class Take>
void CascadeTies::each_living(std::span<Event const> sources, std::int32_t step, Take&& take) const {
  for (Event const& source : sources) {
    living_->for_each_target(source.city, [&](std::uint32_t tie, Index target, std::uint32_t whole) {
      double const strength = static_cast<double>(living_->strength(tie, step - 1)) * 0x1p-63;
      double const weight = whole * factor_ / per_unit_ * strength;
      take(target, amount(weight * (strengths_.empty() ? term_.strength : strengths_[target])));
    });
  }
}

/// The same in complete groups, which have no ties: n new adopters of a group take n times as much from all of it.
template <class Take>
void CascadeTies::each_mate(std::span<Event const> sources, Take&& take) {
  std::vector<std::int32_t> const& group = layer_->group;
  std::fill(fresh_.begin(), fresh_.end(), 0.0);
  for (Event const& source : sources) {
    if (group[source.city] >= 0) fresh_[static_cast<std::size_t>(group[source.city])] += 1;
  }
  if (sources.empty()) return;
  for (Index i = 0; i < group.size(); ++i) {
    double const times = group[i] < 0 ? 0 : fresh_[static_cast<std::size_t>(group[i])];
    if (times > 0) take(i, times * (strengths_.empty() ? even_ : amount(strengths_[i])));
  }
}

void CascadeTies::push(std::span<Event const> sources, std::int32_t step, double* remaining, Index* list,
                       std::size_t& count) {
  std::size_t found = count;
  each_tie(sources, step, [&](Index target, double taken) {
    double const before = remaining[target];
    double const after = before - taken;
    remaining[target] = after;
    list[found] = target;
    found += static_cast<std::size_t>(before > 0) & static_cast<std::size_t>(after <= 0);
  });
  count = found;
}

bool CascadeTies::counted(CompiledTerm const& term, std::span<DynamicsModel const> living) {
  if (std::any_of(living.begin(), living.end(), [&](auto const& each) { return each.network == term.network; }))
    return false;
  NetworkLayer const& layer = *term.network;
  if (layer.weighted() || layer.dated() || layer.redrawn || !layer.group.empty()) return false;
  if (!term.strengths.empty() || !term.strengths_later.empty() || amount(term.strength) <= 0) return false;
  constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
  return std::all_of(layer.in_degree.begin(), layer.in_degree.end(),
                     [](std::uint32_t degree) { return degree < most; });
}

void CascadeTies::push(std::span<Event const> sources, std::int32_t, std::uint16_t* missing, Index* list,
                       std::size_t& count) const {
  std::size_t found = count;
  for_tie_pieces<false>(*layer_, sources, [&](TiePiece const& piece) {
    for (Index const target : piece.target) {
      std::uint16_t const before = missing[target];
      missing[target] = static_cast<std::uint16_t>(before - 1);
      list[found] = target;
      found += before == 1;
    }
  });
  count = found;
}

void CascadeTies::weigh(std::span<Event const> sources, std::int32_t step, std::span<std::uint64_t const> bits,
                        double* brought) {
  each_tie(sources, step, [&](Index target, double taken) {
    if ((bits[target / 64] >> (target % 64) & 1) != 0) brought[target] += taken;
  });
}

}  // namespace hansa
