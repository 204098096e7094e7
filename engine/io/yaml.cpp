/// Reads YAML through the events of yaml-cpp, so that places, order and repeated keys survive.
#include "io/yaml.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "io/bytes.hpp"
#include "io/yaml_mistakes.hpp"

namespace hansa {

namespace {

constexpr std::size_t deepest = 200;
constexpr char const* no_key = "a text before the colon was expected, and an end to every bracket";

[[noreturn]] void fail(std::string problem, Place where, std::string mend = {}) {
  throw Error(Complaint{std::move(problem), std::move(where), std::move(mend)});
}

/// Turns yaml-cpp's marks, which count bytes, into places, which count characters.
class Places {
 public:
  Places(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }
  [[nodiscard]] Place at(YAML::Mark const& mark) {
    if (mark.is_null()) return {file_, 0, 0};
    return at(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }
  [[nodiscard]] std::size_t byte_of(YAML::Mark const& mark) const {
    return starts_[std::min(static_cast<std::size_t>(mark.line), starts_.size() - 1)] +
           static_cast<std::size_t>(mark.column);
  }
  [[nodiscard]] Place at_byte(std::size_t position) {
    auto const after = std::upper_bound(starts_.begin(), starts_.end(), position);
    std::size_t const line = static_cast<std::size_t>(after - starts_.begin()) - 1;
    return at(line, position - starts_[line]);
  }

 private:
  /// Remembers how far the line was counted, for lines of millions of characters.
  [[nodiscard]] Place at(std::size_t line, std::size_t column) {
    line = std::min(line, starts_.size() - 1);
    std::string_view const rest = text_.substr(starts_[line], column);
    if (line != line_ || rest.size() < bytes_) {
      line_ = line;
      bytes_ = characters_ = 0;
    }
    characters_ += count_characters(rest.substr(bytes_));
    bytes_ = rest.size();
    return {file_, static_cast<int>(line) + 1, static_cast<int>(characters_) + 1};
  }

  std::string_view text_;
  std::string file_;
  std::vector<std::size_t> starts_;
  std::size_t line_ = 0, bytes_ = 0, characters_ = 0;
};

/// Builds the tree from events.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(Places& places) : places_(places) {}
  [[nodiscard]] Node take() { return std::move(root_); }
  /// Where the last quoted scalar begins, with its tag and anchor.
  [[nodiscard]] std::optional<std::size_t> last_quoted() const noexcept { return last_quoted_; }

  void OnDocumentStart(YAML::Mark const& mark) override {
    if (documents_++ > 0) fail("the file holds more than one YAML document", places_.at(mark), "one was expected");
  }
  void OnDocumentEnd() override {}
  void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    Node node;
    node.where = places_.at(mark);
    finish(std::move(node), anchor, {1, 1});
  }
  void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    Place const where = places_.at(mark);
    auto const found = anchored_.find(anchor);
    if (found == anchored_.end()) fail("an alias stands inside what it stands for", where);
    Node node = copy(found->second.node, found->second.extent, where);
    node.where = where;
    finish(std::move(node), 0, found->second.extent);
  }
  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                std::string const& value) override {
    Node node;
    node.form = Node::Form::scalar;
    node.where = places_.at(mark);
    node.text = value;
    node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    if (node.quoted)
      last_quoted_ = places_.byte_of(mark);
    else
      check_tag(tag, node.where);
    if (std::string_view const blank = foreign_blank(value); !blank.empty() && !node.quoted)
      fail(fmt::format("{} stands before the text", blank), node.where, "plain blanks were expected");
    if (value.find('\0') != std::string::npos) fail("a text holds the character NUL", node.where);
    finish(std::move(node), anchor, {1, 1});
  }
  void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Form::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Form::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  /// Number of nodes, and how deep they are nested.
  struct Extent {
    std::size_t nodes = 1, depth = 1;
  };
  struct Frame {
    Node node;
    YAML::anchor_t anchor;
    Extent extent;
    std::optional<Node> key;  ///< of a map, waiting for its value
  };
  struct Anchored {
    Node node;
    Extent extent;
  };

  void check_tag(std::string const& tag, Place const& where) {
    if (!tag.empty() && tag != "?" && tag != "!") fail(fmt::format("the tag '{}' is not understood", tag), where);
  }
  void count(std::size_t nodes, Place const& where) {
    nodes_ += nodes;
    if (nodes_ > most_scenario_values)
      fail(fmt::format("the file has more than {} values", most_scenario_values), where);
  }
  /// What aliases stand for is counted each time, so that a few lines cannot grow without bound.
  Node copy(Node const& node, Extent const& extent, Place const& where) {
    if (frames_.size() + extent.depth > deepest) too_deep(where);
    count(extent.nodes, where);
    return node;
  }
  [[noreturn]] void too_deep(Place const& where) {
    fail(fmt::format("values are nested more than {} deep", deepest), where);
  }
  void open(Node::Form form, YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor) {
    Frame frame{{}, anchor, {}, {}};
    frame.node.form = form;
    frame.node.where = places_.at(mark);
    check_tag(tag, frame.node.where);
    if (frames_.size() >= deepest) too_deep(frame.node.where);
    if (wants_key()) fail("a key is not a plain text", frame.node.where, no_key);
    frames_.push_back(std::move(frame));
  }
  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    finish(std::move(frame.node), frame.anchor, frame.extent);
  }
  [[nodiscard]] bool wants_key() const {
    return !frames_.empty() && frames_.back().node.form == Node::Form::map && !frames_.back().key;
  }
  void finish(Node node, YAML::anchor_t anchor, Extent extent) {
    count(1, node.where);
    if (anchor != 0) anchored_[anchor] = {copy(node, extent, node.where), extent};
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    frame.extent.nodes += extent.nodes;
    frame.extent.depth = std::max(frame.extent.depth, extent.depth + 1);
    if (frame.node.form == Node::Form::list) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.key) {
      if (node.form != Node::Form::scalar) fail("a key is not a plain text", node.where, no_key);
      frame.key = std::move(node);
    } else {
      if (node.form == Node::Form::null) node.where = frame.key->where;  // the parser's mark is that of the next token
      frame.node.entries.push_back({std::move(frame.key->text), std::move(frame.key->where), std::move(node)});
      frame.key.reset();
    }
  }

  Places& places_;
  Node root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchored_;
  std::optional<std::size_t> last_quoted_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

/// With line feeds alone, which count lines as editors do.
std::string with_line_feeds(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bool const both = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (!both) text += bytes[i] == '\r' ? '\n' : bytes[i];
  }
  return text;
}

void check_text(std::string_view text, Places& places) {
  auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; };
  auto const bad = std::find_if(text.begin(), text.end(), control);
  if (bad != text.end()) {
    std::size_t const at = static_cast<std::size_t>(bad - text.begin());
    fail(fmt::format("the byte 0x{:02X} is not text", static_cast<unsigned>(*bad)), places.at_byte(at),
         "a YAML file in UTF-8 was expected");
  }
  std::size_t const invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos)
    fail(fmt::format("the byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[invalid])),
         places.at_byte(invalid), "a YAML file in UTF-8 was expected");
}

/// yaml-cpp takes the end of the file for a closing quote; only the last quoted scalar can be such a one.
void check_last_quote(std::string_view text, std::size_t at, Places& places) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {  // an anchor or a tag goes before
    at = text.find_first_of(" \t\n", at);
    at = text.find_first_not_of(" \t\n", at);
  }
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return;
  char const quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (text[i] == quote && quote == '\'' && i + 1 < text.size() && text[i + 1] == quote)
      ++i;
    else if (text[i] == quote)
      return;
  }
  fail("a quote is never closed", places.at_byte(at), "a closing quote was expected");
}

[[noreturn]] void fail_at(YAML::Exception const& error, std::string_view text, Places& places) {
  if (error.mark.is_null()) fail("not valid YAML: " + error.msg, places.at(error.mark));
  YamlMistake mistake = explain_yaml(text, static_cast<std::size_t>(error.mark.line),
                                     static_cast<std::size_t>(error.mark.column), error.msg);
  if (mistake.opened) {
    Place const opened = places.at_byte(*mistake.opened);
    mistake.mend = fmt::format("it opens at {}:{}:{}", opened.file, opened.line, opened.column);
  }
  fail(std::move(mistake.problem), mistake.at ? places.at_byte(*mistake.at) : places.at(error.mark),
       std::move(mistake.mend));
}

Node parse_text(std::string_view bytes, std::string const& name) {
  if (is_utf16(bytes)) fail("the file is in UTF-16", {name, 0, 0}, "save it as UTF-8");
  std::string const text = with_line_feeds(without_mark(bytes));
  Places places(text, name);
  check_text(text, places);
  Builder builder(places);
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) fail("the file is empty", {name, 0, 0}, "a scenario was expected");
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (YAML::Exception const& error) {
    fail_at(error, text, places);
  }
  if (builder.last_quoted()) check_last_quote(text, *builder.last_quoted(), places);
  return builder.take();
}

}  // namespace

ScenarioDraft parse_yaml(std::string_view text, std::filesystem::path const& name) {
  if (text.size() > most_scenario_bytes)
    fail(fmt::format("the file has more than {} bytes", most_scenario_bytes), {name.string(), 0, 0});
  return {name, parse_text(text, name.string())};
}

ScenarioDraft read_yaml(std::filesystem::path const& file) {
  return parse_yaml(read_bytes(file, most_scenario_bytes, {file.string(), 0, 0}), file);
}

void apply_setting_text(ScenarioDraft& draft, std::string_view path_and_value) {
  Place where{"--set", 0, 0};
  bool inside_quotes = false;
  std::size_t end = 0;
  for (; end < path_and_value.size() && (inside_quotes || path_and_value[end] != '='); ++end)
    if (path_and_value[end] == '"') inside_quotes = !inside_quotes;
  require(end < path_and_value.size(), fmt::format("'{}' has no '='", path_and_value), where,
          "path=value was expected, as in policies.led.baseline=-6");
  std::string_view const path = path_and_value.substr(0, end);
  std::string_view const text = path_and_value.substr(end + 1);
  if (!path.empty()) where.file += " " + std::string(path);
  Node value;
  bool const blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (!blank) value = parse_text(text, where.file);
  value.where = where;
  (void)split_path(path, where);
  apply_setting(draft, path, std::move(value));
}

}  // namespace hansa
