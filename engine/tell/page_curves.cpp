/// Draws bands, lines and axes.
#include "tell/page_curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "tell/comparison_words.hpp"
#include "tell/html.hpp"
#include "tell/page_axis.hpp"

namespace hansa {

namespace {

constexpr double width = 460, height = 300;
constexpr double left_margin = 52, right_margin = 12, top_margin = 26, bottom_margin = 42;
constexpr std::size_t most_points = 400;
constexpr std::size_t most_rows = 120;

/// Numbers of steps, evenly from the first to the last.
std::vector<std::size_t> thinned(std::size_t count, std::size_t most) {
  std::size_t const every = std::max<std::size_t>(1, (count + most - 1) / most);
  std::vector<std::size_t> made;
  for (std::size_t k = 0; k < count; k += every) made.push_back(k);
  if (count > 0 && made.back() != count - 1) made.push_back(count - 1);
  return made;
}

class Drawing {
 public:
  explicit Drawing(CurveChart const& chart)
      : chart_(chart),
        across_(axis_of_labels(chart.clock.start, chart.clock.end, 7)),
        up_(range()),
        steps_(thinned(chart.curves.front().mean.size(), most_points)) {}

  [[nodiscard]] std::string draw() const {
    std::string text = fmt::format(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-t {}-d\"><title id=\"{}-t\">{}</title><desc "
        "id=\"{}-d\">{}</desc>\n",
        width, height, chart_.id, chart_.id, chart_.id, html_text(chart_.title), chart_.id,
        html_text(chart_.description));
    text += axes();
    for (Curve const& each : chart_.curves) text += band(each);
    for (Curve const& each : chart_.curves) text += line(each);
    return text + "</svg>\n";
  }

 private:
  [[nodiscard]] Axis range() const {
    double low = 0, high = 0;  // a count is seen from none
    for (Curve const& curve : chart_.curves) {
      for (std::vector<double> const* const each : {&curve.mean, &curve.low, &curve.high}) {
        for (double const value : *each) {
          if (!std::isfinite(value)) continue;
          low = std::min(low, value);
          high = std::max(high, value);
        }
      }
    }
    return axis_over(low, high, 6);
  }

  [[nodiscard]] double x(double label) const {
    return left_margin + across_.at(label) * (width - left_margin - right_margin);
  }
  [[nodiscard]] double y(double value) const {
    return height - bottom_margin - up_.at(value) * (height - top_margin - bottom_margin);
  }
  [[nodiscard]] double label_of(std::size_t step) const { return chart_.clock.start + static_cast<double>(step); }

  [[nodiscard]] std::string axes() const {
    std::string text = "<g class=\"axes\">";
    for (double const tick : up_.ticks) {
      text += fmt::format("<line class=\"{}\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>",
                          std::fabs(tick) < up_.step / 2 ? "zero" : "grid", left_margin, width - right_margin, y(tick),
                          y(tick));
      text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", left_margin - 6, y(tick) + 4,
                          up_.label(tick));
    }
    for (double const tick : across_.ticks) {
      text += fmt::format("<line class=\"tick\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", x(tick),
                          x(tick), height - bottom_margin, height - bottom_margin + 4);
      text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
                          std::min(x(tick), width - 18), height - bottom_margin + 18, across_.label(tick));
    }
    text +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
                    left_margin + (width - left_margin - right_margin) / 2, height - 5, html_text(chart_.clock.unit));
    text += fmt::format("<text x=\"4\" y=\"13\">{}</text>", html_text(chart_.axis));
    return text + "</g>\n";
  }

  /// From left to right along the upper ends, and back along the lower ones; only steps that have both.
  [[nodiscard]] std::string band(Curve const& curve) const {
    std::string points, back;
    for (std::size_t const step : steps_) {
      if (!std::isfinite(curve.low[step]) || !std::isfinite(curve.high[step])) continue;
      points += fmt::format("{:.1f},{:.1f} ", x(label_of(step)), y(curve.high[step]));
      back = fmt::format("{:.1f},{:.1f} ", x(label_of(step)), y(curve.low[step])) + back;
    }
    if (points.empty()) return {};
    return fmt::format("<polygon class=\"band {}\" points=\"{}{}\"/>\n", curve.look, points,
                       back.substr(0, back.size() - 1));
  }

  [[nodiscard]] std::string line(Curve const& curve) const {
    std::string points;
    for (std::size_t const step : steps_) {
      if (!std::isfinite(curve.mean[step])) continue;
      points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", x(label_of(step)), y(curve.mean[step]));
    }
    return fmt::format("<polyline class=\"line {}\" points=\"{}\"/>\n", curve.look, points);
  }

  CurveChart const& chart_;
  Axis across_, up_;
  std::vector<std::size_t> steps_;
};

std::string legend(CurveChart const& chart) {
  std::string text = "<ul class=\"legend\">";
  for (Curve const& each : chart.curves)
    text += fmt::format(
        "<li><svg class=\"key\" viewBox=\"0 0 36 14\" aria-hidden=\"true\"><rect class=\"band {}\" width=\"36\" "
        "height=\"14\"/><line class=\"line {}\" x1=\"0\" x2=\"36\" y1=\"7\" y2=\"7\"/></svg>{}</li>",
        each.look, each.look, html_text(each.name));
  return text + "</ul>\n";
}

}  // namespace

Curve curve_of(std::string name, std::string look, std::vector<Interval> const& means, std::vector<Luck> const& luck) {
  Curve made{std::move(name), std::move(look), {}, {}, {}};
  for (Interval const& each : means) made.mean.push_back(each.mean);
  for (Luck const& each : luck) {
    made.low.push_back(each.low);
    made.high.push_back(each.high);
  }
  return made;
}

std::string curve_figure(CurveChart const& chart) {
  return fmt::format("<figure>\n<figcaption>{}</figcaption>\n{}{}</figure>\n", html_text(chart.title),
                     Drawing(chart).draw(), legend(chart));
}

std::string curve_table(CurveChart const& chart) {
  std::vector<HtmlColumn> columns{{chart.clock.unit, true}};
  for (Curve const& each : chart.curves) {
    columns.push_back({each.name + ": mean"});
    columns.push_back({"5 %"});
    columns.push_back({"95 %"});
  }
  std::size_t const count = chart.curves.front().mean.size();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t const step : thinned(count, most_rows)) {
    auto& row = rows.emplace_back();
    row.push_back(std::to_string(std::int64_t{chart.clock.start} + static_cast<std::int64_t>(step)));
    for (Curve const& each : chart.curves)
      for (double const value : {each.mean[step], each.low[step], each.high[step]}) row.push_back(short_number(value));
  }
  std::string const every = rows.size() < count ? fmt::format(" ({} of {} steps)", rows.size(), count) : "";
  return html_table(chart.title + every, columns, rows);
}

}  // namespace hansa
