/// Changes texts and drafts.
#include "changes.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <fmt/format.h>

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
    bool const weighted = lines.front().ends_with("weight");
    for (std::size_t k = 0; k < lines.size(); ++k) {
      std::string& line = lines[k];
      if (!weighted) {
        line += k == 0 ? ",weight" : ",2";
      } else if (k > 0) {
        std::size_t const comma = line.rfind(',');
        line = fmt::format("{},{}", line.substr(0, comma), 2 * std::stod(line.substr(comma + 1)));
      }
    }
    text = joined(lines);
  }
  return texts;
}

void reverse_keys(ScenarioDraft& draft) {
  reverse_keys(draft.root);
}

void add_mechanism(ScenarioDraft& draft, std::string const& name, std::string const& yaml) {
  Node const mechanism = parse_yaml(yaml, "mechanism.yaml").root;
  for (Node::Entry& policy : draft.root.find("policies")->entries) {
    Node* mechanisms = policy.value.find("mechanisms");
    if (mechanisms == nullptr) {
      policy.value.entries.push_back({"mechanisms", {}, {}});
      mechanisms = &policy.value.entries.back().value;
    }
    mechanisms->form = Node::Form::map;
    mechanisms->entries.push_back({name, {}, mechanism});
  }
}

}  // namespace hansa::metamorphic
