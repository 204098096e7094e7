/// Peeling and pasting.
#include "design/prim.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/student.hpp"

namespace hansa {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

struct Side {
  double low = -unbounded, high = unbounded;
  [[nodiscard]] bool has(double x) const noexcept { return x >= low && x <= high; }
  [[nodiscard]] bool open() const noexcept { return low == -unbounded && high == unbounded; }
};
using Box = std::vector<Side>;

class Search {
 public:
  Search(std::vector<std::vector<double>> const& columns, std::vector<bool> const& hits, PrimOptions const& options)
      : columns_(columns), hits_(hits), options_(options), live_(hits.size(), true) {
    all_hits_ = static_cast<std::size_t>(std::count(hits.begin(), hits.end(), true));
    auto const points = static_cast<double>(hits.size());
    least_ = static_cast<std::size_t>(std::max(std::ceil(options.least_support * points), 1.0));
  }

  PrimBox find() {
    PrimBox found;
    std::vector<Box> peeled{Box(columns_.size())};
    found.peeled.push_back(quality_of(peeled[0]));
    while (std::optional<Box> next = peel(peeled.back())) {
      found.peeled.push_back(quality_of(*next));
      peeled.push_back(*std::move(next));
    }
    std::size_t best = 0;
    for (std::size_t k = 1; k < peeled.size(); ++k)
      if (merit(found.peeled[k]) > merit(found.peeled[best])) best = k;
    Box box = peeled[best];
    while (std::optional<Box> wider = paste(box)) box = *std::move(wider);
    give_up_chance(box);
    for (std::size_t d = 0; d < box.size(); ++d)
      if (!box[d].open()) found.limits.push_back({d, box[d].low, box[d].high, quasi_p(box, d)});
    found.quality = quality_of(box);
    for (std::size_t k = 0; k < hits_.size(); ++k)
      if (live_[k] && holds(box, k)) live_[k] = false;
    return found;
  }

 private:
  [[nodiscard]] bool holds(Box const& box, std::size_t point) const {
    for (std::size_t d = 0; d < box.size(); ++d)
      if (!box[d].has(columns_[d][point])) return false;
    return true;
  }

  [[nodiscard]] BoxQuality quality_of(Box const& box) const {
    BoxQuality quality;
    for (std::size_t k = 0; k < hits_.size(); ++k) {
      if (!live_[k] || !holds(box, k)) continue;
      ++quality.inside;
      quality.hits += hits_[k] ? 1 : 0;
    }
    auto const share = [](std::size_t part, std::size_t whole) {
      return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    quality.coverage = share(quality.hits, all_hits_);
    quality.density = share(quality.hits, quality.inside);
    quality.support = share(quality.inside, hits_.size());
    for (Side const& each : box) quality.limits += each.open() ? 0 : 1;
    return quality;
  }

  /// The harmonic mean of coverage and density.
  static double merit(BoxQuality const& quality) {
    double const sum = quality.coverage + quality.density;
    return sum > 0 ? 2 * quality.coverage * quality.density / sum : 0;
  }

  /// Points in the box by their value of an input.
  [[nodiscard]] std::vector<std::pair<double, bool>> sorted(Box const& box, std::size_t d) const {
    std::vector<std::pair<double, bool>> values;
    for (std::size_t k = 0; k < hits_.size(); ++k)
      if (live_[k] && holds(box, k)) values.emplace_back(columns_[d][k], hits_[k]);
    std::sort(values.begin(), values.end());
    return values;
  }

  /// The peel after which the density is highest; nothing where too few would stay, or no value can be taken off.
  [[nodiscard]] std::optional<Box> peel(Box const& box) const {
    std::optional<Box> best;
    double best_density = -1;
    for (std::size_t d = 0; d < box.size(); ++d) {
      auto const values = sorted(box, d);
      std::size_t const count = values.size();
      auto const off = static_cast<std::size_t>(std::max(options_.peel * static_cast<double>(count), 1.0));
      if (off >= count) continue;
      for (bool const low : {true, false}) {
        // What goes has a value beyond the limit; equal values go or stay together.
        double const edge = low ? values[off].first : values[count - 1 - off].first;
        double const end = low ? values.front().first : values.back().first;
        double limit = edge;
        if (edge == end) {
          auto const beyond =
              low ? std::find_if(values.begin(), values.end(), [&](auto const& each) { return each.first > end; })
                  : std::find_if(values.begin(), values.end(), [&](auto const& each) { return each.first == end; });
          if (low ? beyond == values.end() : beyond == values.begin()) continue;
          limit = low ? beyond->first : std::prev(beyond)->first;
        }
        std::size_t stay = 0, kept = 0;
        for (auto const& [x, hit] : values)
          if (low ? x >= limit : x <= limit) {
            ++stay;
            kept += hit ? 1 : 0;
          }
        if (stay < least_) continue;
        double const density = static_cast<double>(kept) / static_cast<double>(stay);
        if (!(density > best_density)) continue;
        best_density = density;
        best = box;
        (low ? (*best)[d].low : (*best)[d].high) = limit;
      }
    }
    return best;
  }

  /// The wider box with the highest density, where that is higher than before.
  [[nodiscard]] std::optional<Box> paste(Box const& box) const {
    BoxQuality const now = quality_of(box);
    std::optional<Box> best;
    double best_density = now.density;
    auto const on = static_cast<std::size_t>(std::max(options_.peel * static_cast<double>(now.inside), 1.0));
    for (std::size_t d = 0; d < box.size(); ++d) {
      Box without = box;
      without[d] = {};
      auto const values = sorted(without, d);
      for (bool const low : {true, false}) {
        if (low ? box[d].low == -unbounded : box[d].high == unbounded) continue;
        std::vector<double> outside;
        for (auto const& each : values)
          if (low ? each.first < box[d].low : each.first > box[d].high) outside.push_back(each.first);
        if (low) std::reverse(outside.begin(), outside.end());
        Box wider = box;
        double& limit = low ? wider[d].low : wider[d].high;
        limit = on < outside.size() ? outside[on - 1] : low ? -unbounded : unbounded;
        double const density = quality_of(wider).density;
        if (!(density > best_density)) continue;
        best_density = density;
        best = wider;
      }
    }
    return best;
  }

  /// P(as many hits or more) if the points inside were drawn from those that the other limits leave.
  [[nodiscard]] double quasi_p(Box const& box, std::size_t d) const {
    Box without = box;
    without[d] = {};
    BoxQuality const inside = quality_of(box), all = quality_of(without);
    if (inside.hits == 0) return 1;
    auto const hits = static_cast<double>(inside.hits), points = static_cast<double>(inside.inside);
    return flat::beta_share(hits, points - hits + 1, all.density, 1 - all.density);
  }

  void give_up_chance(Box& box) const {
    for (;;) {
      std::size_t worst = box.size();
      double most = options_.most_p;
      for (std::size_t d = 0; d < box.size(); ++d)
        if (!box[d].open() && quasi_p(box, d) > most) {
          most = quasi_p(box, d);
          worst = d;
        }
      if (worst == box.size()) return;
      box[worst] = {};
    }
  }

  std::vector<std::vector<double>> const& columns_;
  std::vector<bool> const& hits_;
  PrimOptions const& options_;
  std::vector<bool> live_;  ///< not in an earlier box
  std::size_t all_hits_ = 0, least_ = 1;
};

}  // namespace

std::vector<PrimBox> find_boxes(std::vector<std::vector<double>> const& columns, std::vector<bool> const& hits,
                                PrimOptions const& options) {
  std::vector<PrimBox> boxes;
  Search search(columns, hits, options);
  while (boxes.size() < options.boxes) {
    boxes.push_back(search.find());
    if (boxes.back().limits.empty()) break;
  }
  return boxes;
}

}  // namespace hansa
