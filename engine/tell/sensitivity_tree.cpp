/// Analyses of designs as trees.
#include <algorithm>
#include <cmath>

#include "tell/sensitivity_report.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

using Entries = std::vector<std::pair<std::string, Node>>;

Node range_node(IndexInterval const& each) {
  return list_node({number_node(each.low), number_node(each.high)});
}

Node quality_node(BoxQuality const& quality) {
  return map_node({{"points", count_node(quality.inside)},
                   {"hits", count_node(quality.hits)},
                   {"coverage", number_node(quality.coverage)},
                   {"density", number_node(quality.density)},
                   {"support", number_node(quality.support)},
                   {"limits", count_node(quality.limits)}});
}

class TreeOf {
 public:
  TreeOf(Sensitivity const& about, Entries& entries) : about_(about), entries_(entries) {}

  void operator()(SobolReport const& report) const {
    add("S1", [&](std::size_t i) { return number_node(report.first[i].value); });
    add("ST", [&](std::size_t i) { return number_node(report.total[i].value); });
    add_pairs("S2", report, [](IndexInterval const& each) { return number_node(each.value); });
    add("S1_interval", [&](std::size_t i) { return range_node(report.first[i]); });
    add("ST_interval", [&](std::size_t i) { return range_node(report.total[i]); });
    add_pairs("S2_interval", report, [](IndexInterval const& each) { return range_node(each); });
    if (!report.second.empty()) entries_.emplace_back("interactions", heat_map(report));
    entries_.emplace_back("base_points", count_node(report.rows.base_points));
    if (report.of_means) {
      Entries means;
      means.emplace_back("S1", by_input([&](std::size_t i) { return number_node(report.of_means->first[i]); }));
      means.emplace_back("ST", by_input([&](std::size_t i) { return number_node(report.of_means->total[i]); }));
      entries_.emplace_back("of_means", map_node(std::move(means)));
    }
    std::vector<Node> before;
    for (auto const& [n, indices] : report.before)
      before.push_back(map_node({{"base_points", count_node(n)},
                                 {"S1", by_input([&](std::size_t i) { return number_node(indices.first[i]); })},
                                 {"ST", by_input([&](std::size_t i) { return number_node(indices.total[i]); })}}));
    entries_.emplace_back("convergence", list_node(std::move(before)));
  }

  void operator()(MorrisReport const& report) const {
    MorrisEffects const& effects = report.effects;
    add("mu", [&](std::size_t i) { return number_node(effects.mu[i]); });
    add("mu_star", [&](std::size_t i) { return number_node(effects.mu_star[i]); });
    add("sigma", [&](std::size_t i) { return number_node(effects.sigma[i]); });
    add("mu_star_error", [&](std::size_t i) { return number_node(effects.mu_star_error[i]); });
    if (about_.replicates > 1)
      add("sigma_without_noise", [&](std::size_t i) { return number_node(effects.sigma_without_noise[i]); });
    entries_.emplace_back("trajectories", count_node(report.steps.blocks));
  }

  void operator()(RegressionEffects const& effects) const {
    add("SRC", [&](std::size_t i) { return number_node(effects.standardized[i]); });
    add("SRRC", [&](std::size_t i) { return number_node(effects.standardized_ranks[i]); });
    add("spearman", [&](std::size_t i) { return number_node(effects.rank_correlation[i]); });
    add("PRCC", [&](std::size_t i) { return number_node(effects.partial[i]); });
    add("PRCC_p", [&](std::size_t i) { return number_node(effects.partial_p[i]); });
    entries_.emplace_back("R2", number_node(effects.r2));
    entries_.emplace_back("R2_ranks", number_node(effects.r2_ranks));
  }

  void operator()(Tornado const& found) const {
    entries_.emplace_back("base", number_node(found.base));
    Entries bars;
    for (TornadoBar const& bar : found.bars)
      bars.emplace_back(about_.inputs[bar.input], map_node({{"low", number_node(bar.low_change)},
                                                            {"high", number_node(bar.high_change)},
                                                            {"low_error", number_node(bar.low_error)},
                                                            {"high_error", number_node(bar.high_error)},
                                                            {"low_point", count_node(bar.low)},
                                                            {"high_point", count_node(bar.high)}}));
    entries_.emplace_back("bars", map_node(std::move(bars)));
  }

  void operator()(PrimReport const& report) const {
    entries_.emplace_back("hits", count_node(report.hits));
    std::vector<Node> boxes;
    for (PrimBox const& box : report.boxes) {
      Entries limits;
      for (BoxLimit const& each : box.limits)
        limits.emplace_back(about_.inputs[each.input], map_node({{"low", number_node(each.low)},
                                                                 {"high", number_node(each.high)},
                                                                 {"quasi_p", number_node(each.quasi_p)}}));
      std::vector<Node> peeled;
      for (BoxQuality const& each : box.peeled) peeled.push_back(quality_node(each));
      Node node = quality_node(box.quality);
      node.entries.back() = {"limits", {}, map_node(std::move(limits))};
      node.entries.push_back({"peeled", {}, list_node(std::move(peeled))});
      boxes.push_back(std::move(node));
    }
    entries_.emplace_back("boxes", list_node(std::move(boxes)));
  }

 private:
  /// A row an input, in their order: S1 of itself, S2 with each other one.
  [[nodiscard]] Node heat_map(SobolReport const& report) const {
    std::size_t const d = about_.inputs.size();
    std::vector<Node> rows;
    for (std::size_t i = 0; i < d; ++i) {
      std::vector<Node> row;
      for (std::size_t j = 0; j < d; ++j)
        row.push_back(
            number_node(i == j ? report.first[i].value : report.second[std::min(i, j) * d + std::max(i, j)].value));
      rows.push_back(list_node(std::move(row)));
    }
    return map_node({{"inputs", texts_node(about_.inputs)}, {"matrix", list_node(std::move(rows))}});
  }

  template <class Of>
  [[nodiscard]] Node by_input(Of const& of) const {
    Entries entries;
    for (std::size_t i = 0; i < about_.inputs.size(); ++i) entries.emplace_back(about_.inputs[i], of(i));
    return map_node(std::move(entries));
  }
  template <class Of>
  void add(std::string name, Of const& of) const {
    entries_.emplace_back(std::move(name), by_input(of));
  }
  template <class Of>
  void add_pairs(std::string name, SobolReport const& report, Of const& of) const {
    if (report.second.empty()) return;
    std::size_t const d = about_.inputs.size();
    Entries entries;
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = i + 1; j < d; ++j)
        entries.emplace_back(about_.inputs[i] + "," + about_.inputs[j], of(report.second[i * d + j]));
    entries_.emplace_back(std::move(name), map_node(std::move(entries)));
  }

  Sensitivity const& about_;
  Entries& entries_;
};

}  // namespace

Node sensitivity_tree(std::span<Sensitivity const> measures) {
  Entries all;
  for (Sensitivity const& each : measures) {
    Entries entries;
    std::visit(TreeOf(each, entries), each.result);
    entries.emplace_back("points", count_node(each.points));
    entries.emplace_back("replicates", count_node(each.replicates));
    if (each.parts)
      entries.emplace_back("variance", map_node({{"points", number_node(each.parts->points)},
                                                 {"common", number_node(each.parts->common)},
                                                 {"noise", number_node(each.parts->noise)}}));
    entries.emplace_back("warnings", texts_node(each.warnings));
    all.emplace_back(each.measure, map_node(std::move(entries)));
  }
  return map_node({{"measures", map_node(std::move(all))}});
}

}  // namespace hansa
