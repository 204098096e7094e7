/// Changes texts and drafts.
#include "changes.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "io/yaml.hpp"
#include "support/dice.hpp"

namespace hansa::metamorphic {

namespace {

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The cells of a line, the last one too if it is empty.
std::vector<std::string> cells_of(std::string const& line) {
  std::vector<std::string> cells{""};
  for (char const c : line) {
    if (c == ',')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

std::string joined(std::vector<std::string> const& lines) {
  std::string text;
  for (std::string const& line : lines) text += line + "\n";
  return text;
}

void reverse_keys(Node& node) {
  std::reverse(node.entries.begin(), node.entries.end());
  for (Node::Entry& entry : node.entries) reverse_keys(entry.value);
  for (Node& item : node.items) reverse_keys(item);
}

}  // namespace

test::Texts with_rows_shuffled(test::Texts texts, std::uint64_t seed) {
  test::Dice dice(seed);
  for (auto& [name, text] : texts.files) {
    std::vector<std::string> lines = lines_of(text);
    std::vector<std::string> rows(lines.begin() + 1, lines.end());
    dice.shuffle(rows);
    text = lines.front() + "\n" + joined(rows);
  }
  return texts;
}

test::Texts with_row(test::Texts texts, std::string const& file, std::string const& row) {
  texts.files.at(file) += row + "\n";
  return texts;
}

test::Texts with_weights_doubled(test::Texts texts) {
  for (auto& [name, text] : texts.files) {
    if (!name.starts_with("net")) continue;
    std::vector<std::string> lines = lines_of(text);
    std::vector<std::string> const header = cells_of(lines.front());
    auto const found = std::find(header.begin(), header.end(), "weight");
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (found == header.end()) {
        lines[k] += k == 0 ? ",weight" : ",2";
      } else if (k > 0) {
        std::vector<std::string> cells = cells_of(lines[k]);
        std::string& weight = cells[static_cast<std::size_t>(found - header.begin())];
        weight = fmt::format("{}", 2 * std::stod(weight));
        lines[k] = fmt::format("{}", fmt::join(cells, ","));
      }
    }
    text = joined(lines);
  }
  return texts;
}

test::Texts with_ties_cut_in_two(test::Texts texts, std::int32_t last) {
  for (auto& [name, text] : texts.files) {
    if (!name.starts_with("net")) continue;
    std::vector<std::string> const lines = lines_of(text);
    std::vector<std::string> const header = cells_of(lines.front());
    if (std::find(header.begin(), header.end(), "until") != header.end()) continue;
    if (std::find(header.begin(), header.end(), "time") != header.end()) continue;
    std::vector<std::string> cut{lines.front() + ",from,until"};
    for (std::size_t k = 1; k < lines.size(); ++k) {
      cut.push_back(fmt::format("{},,{}", lines[k], last));
      cut.push_back(fmt::format("{},{},", lines[k], last + 1));
    }
    text = joined(cut);
  }
  return texts;
}

test::Texts with_city_columns(test::Texts texts, std::string const& names, std::string const& values) {
  std::string& text = texts.files.at("cities.csv");
  std::vector<std::string> lines = lines_of(text);
  for (std::size_t k = 0; k < lines.size(); ++k) lines[k] += "," + (k == 0 ? names : values);
  text = joined(lines);
  return texts;
}

void reverse_keys(ScenarioDraft& draft) {
  reverse_keys(draft.root);
}

void add_mechanism(ScenarioDraft& draft, std::string const& name, std::string const& yaml) {
  Node const mechanism = parse_yaml(yaml, "mechanism.yaml").root;
  for (Node::Entry& policy : draft.root.find("policies")->entries) {
    Node const* rule = policy.value.find("rule");
    if (rule != nullptr && rule->text == "cascade") continue;  // which has no strength 0
    Node* mechanisms = policy.value.find("mechanisms");
    if (mechanisms == nullptr) {
      policy.value.entries.push_back({"mechanisms", {}, {}});
      mechanisms = &policy.value.entries.back().value;
    }
    mechanisms->form = Node::Form::map;
    mechanisms->entries.push_back({name, {}, mechanism});
  }
}

void for_exposures(ScenarioDraft& draft, std::function<void(Node&)> const& change) {
  for (Node::Entry& policy : draft.root.find("policies")->entries) {
    Node* mechanisms = policy.value.find("mechanisms");
    if (mechanisms == nullptr) continue;
    for (Node::Entry& mechanism : mechanisms->entries) {
      for (char const* kind : {"exposure", "competition"}) {
        if (Node* parameters = mechanism.value.find(kind)) change(*parameters);
      }
    }
  }
}

void add_parameter(Node& parameters, std::string const& name, std::string const& yaml) {
  parameters.entries.push_back({name, {}, parse_yaml("value: " + yaml, "parameter.yaml").root.entries.front().value});
}

}  // namespace hansa::metamorphic
