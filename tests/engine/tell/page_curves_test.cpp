/// Tests of tell/page_curves.
#include "tell/page_curves.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

std::size_t count_of(std::string const& text, std::string const& part) {
  std::size_t made = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++made;
  return made;
}

CurveChart chart_of(std::int32_t steps) {
  std::vector<Interval> means;
  std::vector<Luck> luck;
  for (std::int32_t k = 0; k < steps; ++k) {
    means.push_back({double(k), double(k), double(k)});
    luck.push_back({k - 1.0, double(k), k + 2.0});
  }
  return {"c",
          "Adopters <1>",
          "all & any",
          "more",
          {0, steps - 1, "year"},
          {curve_of("base <b>", "base", means, luck), curve_of("with", "with", means, luck)}};
}

}  // namespace

TEST_CASE("a figure draws bands, lines and axes where the numbers are") {
  std::string const text = curve_figure(chart_of(5));
  CHECK(text.find("<title id=\"c-t\">Adopters &lt;1&gt;</title><desc id=\"c-d\">all &amp; any</desc>") !=
        std::string::npos);
  CHECK(text.find("aria-labelledby=\"c-t c-d\"") != std::string::npos);
  CHECK(text.find("base &lt;b&gt;") != std::string::npos);
  // The axis goes from -1 to 6 in steps of 2: from -2, the lowest 258, to 6, the highest 26. Time: 52 to 448.
  CHECK(text.find(
            "<polyline class=\"line base\" points=\"52.0,200.0 151.0,171.0 250.0,142.0 349.0,113.0 448.0,84.0\"/>") !=
        std::string::npos);
  CHECK(text.find("<polygon class=\"band with\" points=\"52.0,142.0 151.0,113.0 250.0,84.0 349.0,55.0 448.0,26.0 "
                  "448.0,113.0 349.0,142.0 250.0,171.0 151.0,200.0 52.0,229.0\"/>") != std::string::npos);
  CHECK(text.find("<line class=\"zero\" x1=\"52.0\" x2=\"448.0\" y1=\"200.0\"") != std::string::npos);
}

TEST_CASE("steps without a number are left out") {
  CurveChart chart = chart_of(3);
  chart.curves.resize(1);
  chart.curves[0].mean[1] = chart.curves[0].low[2] = std::nan("");
  std::string const text = curve_figure(chart);
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("points=\"52.0,211.6 448.0,") != std::string::npos);
  CHECK(curve_table(chart).find("<td class=\"n\">-</td>") != std::string::npos);
}

TEST_CASE("long curves are thinned, and tables say so") {
  std::string const text = curve_figure(chart_of(10'000));
  std::size_t const at = text.find("<polyline");
  std::string const line = text.substr(at, text.find("/>", at) - at);
  CHECK(count_of(line, ",") <= 401);
  CHECK(count_of(line, ",") >= 350);
  CHECK(line.find("448.0,") != std::string::npos);  // the last step is there
  std::string const table = curve_table(chart_of(1000));
  CHECK(table.find("(112 of 1000 steps)") != std::string::npos);
  CHECK(table.find("<th scope=\"row\" class=\"n\">999</th>") != std::string::npos);
  CHECK(curve_table(chart_of(120)).find(" steps)") == std::string::npos);
}

TEST_CASE("the table has mean and band of every curve") {
  std::string const text = curve_table(chart_of(3));
  CHECK(text.find("<th scope=\"col\" class=\"n\">base &lt;b&gt;: mean</th>") != std::string::npos);
  CHECK(
      text.find("<th scope=\"row\" class=\"n\">2</th><td class=\"n\">2</td><td class=\"n\">1</td><td class=\"n\">4</td>"
                "<td class=\"n\">2</td>") != std::string::npos);
}
