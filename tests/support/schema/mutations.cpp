/// Makes one mistake after the other.
#include "support/schema/mutations.hpp"

#include <algorithm>
#include <vector>

#include "io/yaml.hpp"
#include "support/dice.hpp"
#include "support/schema/schema_texts.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

using Words = std::vector<std::string>;

Words const& junk() {
  static Words const words{"",
                           "-1",
                           "0",
                           "1e308",
                           "-1e308",
                           "1e400",
                           "1e-320",
                           "nan",
                           ".nan",
                           ".inf",
                           "true",
                           "null",
                           "~",
                           "-0.0",
                           "0.5",
                           "3",
                           "30 %",
                           "-5 %",
                           "101 %",
                           "all",
                           "plain",
                           "a.b",
                           "9223372036854775808",
                           "-9223372036854775809",
                           "ÿ",
                           "\t"};
  return words;
}

/// A scalar, written as it is or in quotes.
Node junk_scalar(Dice& dice) {
  Node node = text_node(dice.pick(junk()));
  node.quoted = node.text.empty() || dice.chance(20);
  return node;
}

Node empty(Dice& dice) {
  if (dice.chance(33)) return Node{};
  return dice.chance(50) ? list_node({}) : map_node({});
}

class Mutator {
 public:
  Mutator(Node& root, Dice& dice) : dice_(dice) { gather(root); }

  void mutate() {
    if (nodes_.empty()) return;
    Node& node = *dice_.pick(nodes_);
    switch (dice_.between(1, 10)) {
      case 1:
        return leave_out(node);
      case 2:
        return twice(node);
      case 3:
        return misspell(node);
      case 4:
        node = empty(dice_);
        return;
      case 5:
        return wrap(node);
      case 6: {
        Node const other = *dice_.pick(nodes_);  // a copy, which may hold the node itself
        node = other;
        return;
      }
      case 7:
        if (node.form == Node::Form::scalar && !node.text.empty()) node.text = "-" + node.text;
        return;
      default:
        return spoil(node);
    }
  }

 private:
  void gather(Node& node) {
    nodes_.push_back(&node);
    for (Node& each : node.items) gather(each);
    for (Node::Entry& each : node.entries) gather(each.value);
  }

  template <class Parts>
  std::size_t any(Parts const& parts) {
    return static_cast<std::size_t>(dice_.between(0, static_cast<int>(parts.size()) - 1));
  }

  void leave_out(Node& node) {
    if (!node.entries.empty())
      node.entries.erase(node.entries.begin() + static_cast<std::ptrdiff_t>(any(node.entries)));
    if (!node.items.empty()) node.items.erase(node.items.begin() + static_cast<std::ptrdiff_t>(any(node.items)));
  }
  void twice(Node& node) {
    if (!node.entries.empty()) node.entries.push_back(Node::Entry(node.entries[any(node.entries)]));
    if (!node.items.empty()) node.items.push_back(Node(node.items[any(node.items)]));
  }
  void misspell(Node& node) {
    if (node.entries.empty()) return;
    std::string& key = node.entries[any(node.entries)].key;
    if (dice_.chance(50) && key.size() > 1)
      key.erase(any(key), 1);
    else
      key += dice_.pick(Words{"s", "_", "ß", " ", "."});
  }
  void wrap(Node& node) {
    Node inner = node;
    node = dice_.chance(50) ? list_node({std::move(inner)}) : map_node({{"more", std::move(inner)}});
  }
  /// A scalar somewhere inside.
  void spoil(Node& node) {
    Node* at = &node;
    while (at->form != Node::Form::scalar && (!at->items.empty() || !at->entries.empty()))
      at = at->items.empty() ? &at->entries[any(at->entries)].value : &at->items[any(at->items)];
    *at = junk_scalar(dice_);
  }

  Dice& dice_;
  std::vector<Node*> nodes_;
};

/// A cell, a row or the header of a file.
void spoil_file(std::string& text, Dice& dice) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    lines.push_back(text.substr(at, end - at));
  if (lines.empty()) return;
  std::string& line = dice.chance(20)
                          ? lines.front()
                          : lines[static_cast<std::size_t>(dice.between(0, static_cast<int>(lines.size()) - 1))];
  std::size_t const comma = line.find(',', static_cast<std::size_t>(dice.between(0, static_cast<int>(line.size()))));
  switch (dice.between(1, 5)) {
    case 1:
      line += "," + dice.pick(junk());
      break;
    case 2:
      if (comma != std::string::npos) line = line.substr(0, comma);
      break;
    case 3:
      lines.push_back(line);
      break;
    default: {
      std::size_t const begin = comma == std::string::npos ? 0 : comma + 1;
      std::size_t const end = std::min(line.find(',', begin), line.size());
      line.replace(begin, end - begin, dice.pick(junk()));
    }
  }
  text.clear();
  for (std::string const& each : lines) text += each + "\n";
}

}  // namespace

Texts mutated(Texts texts, std::uint64_t number) {
  Dice dice(number ^ 0xbadull << 44);
  Node root = parse_yaml(texts.yaml, "s.yaml").root;
  for (int k = dice.between(1, 3); k > 0; --k) {
    if (texts.files.empty() || dice.chance(80))
      Mutator(root, dice).mutate();
    else
      spoil_file(std::next(texts.files.begin(), dice.between(0, static_cast<int>(texts.files.size()) - 1))->second,
                 dice);
  }
  texts.yaml = to_yaml(root);
  return texts;
}

Texts unsound_texts(std::uint64_t number) {
  constexpr std::uint64_t others = 900000;  // that are compared with the reference
  return mutated(schema_texts(others + number), number);
}

}  // namespace hansa::test
