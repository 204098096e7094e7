/// Draws lines of degrees and dots.
#include "tell/page_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "tell/followers.hpp"
#include "tell/html.hpp"
#include "tell/page_axis.hpp"

namespace hansa {

namespace {

constexpr double map_width = 760;
constexpr double edge = 8, below = 24, beside = 8;

/// Classes of change, from the one that falls most.
struct Shade {
  double from;       ///< least change
  char const* look;  ///< class of the style sheet
  char const* words;
};
constexpr std::array<Shade, 7> shades = {{{-2, "m3", "at least 0.20 lower"},
                                          {-0.2, "m2", "0.10 to 0.20 lower"},
                                          {-0.1, "m1", "0.02 to 0.10 lower"},
                                          {-0.02, "z", "less than 0.02 either way"},
                                          {0.02, "p1", "0.02 to 0.10 higher"},
                                          {0.1, "p2", "0.10 to 0.20 higher"},
                                          {0.2, "p3", "at least 0.20 higher"}}};

std::size_t shade_of(double change) {
  std::size_t made = 0;
  for (std::size_t k = 1; k < shades.size(); ++k) {
    // A change by exactly a limit belongs to the stronger class, on both sides.
    bool const reached = k <= 3 ? change > shades[k].from : change >= shades[k].from;
    if (reached) made = k;
  }
  return made;
}

class MapDrawing {
 public:
  MapDrawing(PolicyDifference const& difference, Cities const& cities, CityMap const& map)
      : difference_(difference), cities_(cities), map_(map) {
    choose();
    if (!shown_.empty()) frame();
  }

  [[nodiscard]] std::string figure() const {
    if (located_ == 0)
      return "<p>There is no map: the cities of this comparison have no coordinates (<code>lat</code> and "
             "<code>lon</code>).</p>\n";
    return fmt::format("<figure class=\"wide\">\n<figcaption>{}</figcaption>\n{}{}{}</figure>\n", html_text(map_.title),
                       picture(), legend(), html_paragraph(said()));
  }

 private:
  [[nodiscard]] double change(Index i) const {
    return difference_.cities.chance_with[i] - difference_.cities.chance_without[i];
  }
  [[nodiscard]] bool funded(Index i) const {
    std::vector<Index> const& among = difference_.followers.funded;
    return std::binary_search(among.begin(), among.end(), i);
  }

  void choose() {
    lat_ = cities_.number("lat");
    lon_ = cities_.number("lon");
    if (lat_ == nullptr || lon_ == nullptr) return;
    for (Index i = 0; i < cities_.size(); ++i)
      if (std::isfinite((*lat_)[i]) && std::isfinite((*lon_)[i])) shown_.push_back(i);
    located_ = shown_.size();
    auto const before = [&](Index a, Index b) {
      if (funded(a) != funded(b)) return funded(a);
      return std::fabs(change(a)) > std::fabs(change(b));
    };
    std::stable_sort(shown_.begin(), shown_.end(), before);
    if (shown_.size() > map_.most) shown_.resize(map_.most);
    std::reverse(shown_.begin(), shown_.end());  // what moves most lies on top
  }

  /// A frame around all cities that are shown, in the proportion of their middle latitude, no flatter than 1 : 4.
  void frame() {
    double south = 90, north = -90, west = 180, east = -180;
    for (Index const i : shown_) {
      south = std::min(south, (*lat_)[i]);
      north = std::max(north, (*lat_)[i]);
      west = std::min(west, (*lon_)[i]);
      east = std::max(east, (*lon_)[i]);
    }
    double const margin = std::max({0.01, 0.04 * (east - west), 0.04 * (north - south)});
    double wide = std::max(east - west, 0.02) + 2 * margin, tall = std::max(north - south, 0.02) + 2 * margin;
    wide = std::max(wide, tall);
    tall = std::max(tall, wide / 4);
    double const x_middle = (west + east) / 2, y_middle = (south + north) / 2;
    across_ = {x_middle - wide / 2, x_middle + wide / 2, 1, {}};
    up_ = {y_middle - tall / 2, y_middle + tall / 2, 1, {}};
    height_ = edge + below + (map_width - edge - beside) * tall / wide;
  }

  [[nodiscard]] double x(double lon) const { return beside + across_.at(lon) * (map_width - edge - beside); }
  [[nodiscard]] double y(double lat) const { return height_ - below - up_.at(lat) * (height_ - edge - below); }

  [[nodiscard]] std::string graticule() const {
    std::string text = fmt::format(
        "<g class=\"axes\"><rect class=\"frame\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
        beside, edge, map_width - edge - beside, height_ - edge - below);
    Axis const meridians = axis_over(across_.low, across_.high, 8), parallels = axis_over(up_.low, up_.high, 5);
    for (double const tick : meridians.ticks) {
      if (tick <= across_.low || tick >= across_.high || std::fabs(tick) > 180) continue;
      text += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/><text x=\"{0:.1f}\" "
          "y=\"{3:.1f}\" text-anchor=\"middle\">{4}</text>",
          x(tick), edge, height_ - below, height_ - 5, degrees(meridians, tick, 'E', 'W'));
    }
    for (double const tick : parallels.ticks) {
      if (tick <= up_.low || tick >= up_.high || std::fabs(tick) > 90) continue;
      text += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/><text x=\"{3:.1f}\" "
          "y=\"{4:.1f}\">{5}</text>",
          beside, map_width - edge, y(tick), beside + 4, y(tick) - 4, degrees(parallels, tick, 'N', 'S'));
    }
    return text + "</g>\n";
  }

  static std::string degrees(Axis const& axis, double tick, char positive, char negative) {
    std::string const number = axis.label(std::fabs(tick));
    return number == "0" ? "0°" : fmt::format("{}°{}", number, tick < 0 ? negative : positive);
  }

  [[nodiscard]] std::string picture() const {
    std::string text = fmt::format(
        "<svg class=\"map\" viewBox=\"0 0 {} {:.0f}\" role=\"img\" aria-labelledby=\"{}-t {}-d\"><title id=\"{}-t\">{}"
        "</title><desc id=\"{}-d\">{}</desc>\n",
        map_width, height_, map_.id, map_.id, map_.id, html_text(map_.title), map_.id, html_text(described()));
    text += graticule();
    for (Index const i : shown_) {
      double const left = x((*lon_)[i]), top = y((*lat_)[i]);
      char const* const look = shades[shade_of(change(i))].look;
      std::string const told =
          html_text(fmt::format("{}{}: {:.2f} → {:.2f}", name_of(cities_, i), funded(i) ? " (funded)" : "",
                                difference_.cities.chance_without[i], difference_.cities.chance_with[i]));
      if (funded(i))
        text += fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}l6 6-6 6-6-6z\"><title>{}</title></path>\n", look,
                            left, top - 6, told);
      else
        text += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.6\"><title>{}</title></circle>\n",
                            look, left, top, told);
    }
    return text + "</svg>\n";
  }

  /// How many cities are in each class.
  [[nodiscard]] std::array<std::size_t, shades.size()> counts() const {
    std::array<std::size_t, shades.size()> made{};
    for (Index const i : shown_) ++made[shade_of(change(i))];
    return made;
  }

  [[nodiscard]] std::string described() const {
    auto const found = counts();
    std::string text = "Change of the chance to have adopted by the end. Cities by class:";
    for (std::size_t k = 0; k < shades.size(); ++k)
      if (found[k] > 0) text += fmt::format(" {}: {};", shades[k].words, found[k]);
    text.back() = '.';
    return text;
  }

  [[nodiscard]] std::string legend() const {
    auto const found = counts();
    std::string text = "<ul class=\"legend\">";
    for (std::size_t k = 0; k < shades.size(); ++k) {
      bool const rise = k >= 3;
      if (found[k] == 0 && !rise) continue;
      text += fmt::format(
          "<li><svg class=\"key dot\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><circle class=\"{}\" cx=\"7\" "
          "cy=\"7\" "
          "r=\"5\"/></svg>{}</li>",
          shades[k].look, shades[k].words);
    }
    if (!difference_.followers.funded.empty())
      text +=
          "<li><svg class=\"key dot\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"p2\" d=\"M7 1l6 6-6 "
          "6-6-6z\"/>"
          "</svg>funded (any colour)</li>";
    return text + "</ul>\n";
  }

  [[nodiscard]] std::string said() const {
    std::string text;
    if (shown_.size() < located_)
      text = fmt::format("The map shows {} of {} cities: {}those whose chance changes most.", shown_.size(), located_,
                         difference_.followers.funded.empty() ? "" : "funded ones, then ");
    if (located_ < cities_.size())
      text += fmt::format("{}{} of {} cities have no coordinates and are not on the map.", text.empty() ? "" : " ",
                          cities_.size() - located_, cities_.size());
    return text;
  }

  PolicyDifference const& difference_;
  Cities const& cities_;
  CityMap const& map_;
  std::vector<double> const* lat_ = nullptr;
  std::vector<double> const* lon_ = nullptr;
  std::vector<Index> shown_;
  std::size_t located_ = 0;
  Axis across_, up_;
  double height_ = 0;
};

}  // namespace

std::string map_figure(PolicyDifference const& difference, Cities const& cities, CityMap const& map) {
  return MapDrawing(difference, cities, map).figure();
}

}  // namespace hansa
