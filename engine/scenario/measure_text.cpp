/// A reader of calls by recursive descent.
#include "scenario/measure_text.hpp"

#include <string>
#include <utility>

#include "base/names.hpp"

namespace hansa {

namespace {

constexpr int deepest = 32;

class MeasureText {
 public:
  MeasureText(std::string_view text, Place const& where) : rest_(text), where_(where) {}

  std::optional<Node> call() {
    std::optional<std::string> const name = word("(");
    if (!name || !is_name(*name) || !takes('(')) return std::nullopt;
    std::optional<Node> arguments = entries(')', 0);
    skip_blanks();
    if (!arguments || !rest_.empty()) return std::nullopt;
    Node root = empty(Node::Form::map);
    root.entries.push_back({*name, where_, *std::move(arguments)});
    return root;
  }

 private:
  [[nodiscard]] Node empty(Node::Form form) const {
    Node node;
    node.form = form;
    node.where = where_;
    return node;
  }

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  bool takes(char letter) {
    skip_blanks();
    if (!rest_.starts_with(letter)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Up to one of `ends`, without blanks around it; nothing where that is empty.
  std::optional<std::string> word(std::string_view ends) {
    skip_blanks();
    std::string text(rest_.substr(0, std::min(rest_.find_first_of(ends), rest_.size())));
    rest_.remove_prefix(text.size());
    text.resize(text.find_last_not_of(" \t") + 1);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }

  std::optional<Node> quoted() {
    char const quote = rest_.front();
    std::size_t const end = rest_.find(quote, 1);
    if (end == std::string_view::npos) return std::nullopt;
    Node node = empty(Node::Form::scalar);
    node.text = rest_.substr(1, end - 1);
    node.quoted = true;
    rest_.remove_prefix(end + 1);
    return node;
  }

  std::optional<Node> value(int depth) {
    skip_blanks();
    if (rest_.empty() || depth > deepest) return std::nullopt;
    if (takes('{')) return entries('}', depth);
    if (takes('[')) return items(depth);
    if (rest_.front() == '"' || rest_.front() == '\'') return quoted();
    std::optional<std::string> text = word(",)]}[{(");
    if (!text) return std::nullopt;
    Node node = empty(Node::Form::scalar);
    node.text = *std::move(text);
    return node;
  }

  std::optional<Node> items(int depth) {
    Node list = empty(Node::Form::list);
    if (takes(']')) return list;
    do {
      std::optional<Node> item = value(depth + 1);
      if (!item) return std::nullopt;
      list.items.push_back(*std::move(item));
    } while (takes(','));
    return takes(']') ? std::optional(std::move(list)) : std::nullopt;
  }

  std::optional<Node> entries(char end, int depth) {
    Node map = empty(Node::Form::map);
    if (takes(end)) return map;
    do {
      std::optional<std::string> key = word(":,)]}[{(");
      if (!key || !takes(':')) return std::nullopt;
      std::optional<Node> held = value(depth + 1);
      if (!held) return std::nullopt;
      map.entries.push_back({*std::move(key), where_, *std::move(held)});
    } while (takes(','));
    return takes(end) ? std::optional(std::move(map)) : std::nullopt;
  }

  std::string_view rest_;
  Place const& where_;
};

}  // namespace

std::optional<Node> parse_measure(std::string_view text, Place const& where) {
  return MeasureText(text, where).call();
}

}  // namespace hansa
