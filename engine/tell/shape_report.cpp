/// Estimated shape parameters in the forms of a fit's report.
#include "tell/shape_report.hpp"

#include <cmath>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"
#include "tell/fit_words.hpp"
#include "tell/latex_text.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::size_t failed_fits(EventHistoryFit const& fit) {
  std::size_t failed = 0;
  for (auto const& [reason, count] : fit.shape_failures) failed += count;
  return failed;
}

Node number_or_null(double value) {
  return std::isnan(value) ? Node() : number_node(value);
}

Node shape_node(ShapeReport const& shape, ShapeEstimate const& from) {
  std::vector<Node> paths;
  for (std::string const& each : from.paths) paths.push_back(text_node(each));
  std::vector<std::pair<std::string, Node>> entries{{"paths", list_node(std::move(paths))},
                                                    {"estimate", number_node(shape.estimate)},
                                                    {"se", number_or_null(shape.error)}};
  if (shape.cluster_error) entries.emplace_back("se_cluster", number_or_null(*shape.cluster_error));
  entries.emplace_back("interval", list_node({number_node(shape.lower), number_node(shape.upper)}));
  entries.emplace_back("searched", list_node({number_node(from.lowest), number_node(from.highest)}));
  entries.emplace_back("written", number_node(from.written));
  entries.emplace_back("scale", text_node(from.logarithmic ? "logarithmic" : "linear"));
  entries.emplace_back("flat", truth_node(from.flat));
  entries.emplace_back("at_end", truth_node(from.at_end));
  entries.emplace_back("jumps", truth_node(from.jumps));
  return map_node(std::move(entries));
}

}  // namespace

std::string shape_text(FitReport const& report) {
  EventHistoryFit const& fit = report.fit;
  bool const clustered = fit.clustered.size() > 0;
  std::vector<std::vector<std::string>> rows{{"  shape parameter", "estimate", "s.e."}};
  if (clustered) rows[0].push_back("clustered s.e.");
  rows[0].insert(rows[0].end(), {fmt::format("{:g} % interval (profile)", 100 * report.options.level), "searched"});
  for (std::size_t k = 0; k < report.shapes.size(); ++k) {
    ShapeReport const& shape = report.shapes[k];
    std::vector<std::string> row{"  " + shape.name, four_digits(shape.estimate), four_digits(shape.error)};
    if (clustered) row.push_back(four_digits(shape.cluster_error.value_or(std::nan(""))));
    row.push_back(four_digits(shape.lower) + " to " + four_digits(shape.upper));
    row.push_back(four_digits(fit.shapes[k].lowest) + " to " + four_digits(fit.shapes[k].highest));
    rows.push_back(std::move(row));
  }
  constexpr Align right = Align::right;
  std::string text = "\n" + lay_out(rows, {Align::left, right, right, right, right, right});
  std::string const line = fmt::format(
      "found by {} fits at trial values, of which {} failed; all errors are of coefficients and shapes "
      "together",
      fit.shape_trials, failed_fits(fit));
  return text + "  " + wrap(line, 100, 4) + "\n";
}

void add_shapes(FitReport const& report, std::vector<std::pair<std::string, Node>>& entries) {
  EventHistoryFit const& fit = report.fit;
  auto const count = [](std::size_t number) { return number_node(static_cast<std::int64_t>(number)); };
  std::vector<std::pair<std::string, Node>> shapes, failures;
  for (std::size_t k = 0; k < report.shapes.size(); ++k)
    shapes.emplace_back(report.shapes[k].name, shape_node(report.shapes[k], fit.shapes[k]));
  if (!shapes.empty()) entries.emplace_back("shapes", map_node(std::move(shapes)));
  for (auto const& [reason, number] : fit.shape_failures) failures.emplace_back(reason, count(number));
  entries.emplace_back("shape_fits", map_node({{"tried", count(fit.shape_trials)},
                                               {"failed", count(failed_fits(fit))},
                                               {"failures", map_node(std::move(failures))}}));
}

std::string shape_csv(FitReport const& report) {
  std::string text;
  for (std::size_t k = 0; k < report.shapes.size(); ++k) {
    ShapeReport const& shape = report.shapes[k];
    ShapeEstimate const& from = report.fit.shapes[k];
    text += fmt::format("{},{},{},{},{},{},{},{},,,{},{},,,,\n", csv_cell(report.subject.name),
                        link_word(report.fit.link), information_word(report.fit.information), csv_cell(shape.name),
                        from.flat ? "flat" : "estimated", csv_number(shape.estimate), csv_number(shape.error),
                        shape.cluster_error ? csv_number(*shape.cluster_error) : "", csv_number(shape.lower),
                        csv_number(shape.upper));
  }
  return text;
}

std::string shape_latex(FitReport const& report) {
  std::string text;
  for (ShapeReport const& shape : report.shapes) {
    std::string const cluster = shape.cluster_error ? " & " + latex_number(*shape.cluster_error) : "";
    text += fmt::format("    {} & {} & {}{} & -- & -- & {} to {} \\\\\n", latex_text(shape.name),
                        latex_number(shape.estimate), latex_number(shape.error), cluster, latex_number(shape.lower),
                        latex_number(shape.upper));
  }
  return text;
}

}  // namespace hansa
