/// Looks at the lines around the place where a YAML parser stopped, for what its message means there.
#include "io/yaml_mistakes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace hansa {

namespace {

constexpr char const* plain_blanks = "plain blanks were expected";

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n';
}

/// Follows brackets through a text, past quotes, comments and block scalars.
class Brackets {
 public:
  explicit Brackets(std::string_view text) : text_(text) {}

  /// The bracket that is never closed, or closed by one of the other kind.
  [[nodiscard]] std::optional<std::size_t> unclosed() {
    for (; at_ < text_.size(); ++at_)
      if (!step(text_[at_])) break;
    return open_.empty() ? std::nullopt : std::optional(open_.back());
  }

 private:
  [[nodiscard]] bool ends_word(std::size_t at) const { return at >= text_.size() || is_blank(text_[at]); }

  /// False where a bracket closes another one than was opened last.
  bool step(char c) {
    bool const inside = !open_.empty();
    if (c == '\n') return end_line();
    if (c == ' ' || c == '\t') return true;
    if (c == '#' && (at_ == 0 || is_blank(text_[at_ - 1]))) return skip_to(text_.find('\n', at_));
    if (begins_ && (c == '"' || c == '\'')) return skip_quoted(c);
    if (begins_ && (c == '&' || c == '!')) return skip_to(text_.find_first_of(" \n", at_));
    if ((c == '[' || c == '{') && (inside || begins_)) {
      open_.push_back(at_);
      begins_ = true;
    } else if ((c == ']' || c == '}') && inside) {
      if (text_[open_.back()] != (c == ']' ? '[' : '{')) return false;
      open_.pop_back();
      begins_ = false;
    } else {
      bool const item = begins_ && (c == '-' || c == '?') && ends_word(at_ + 1);
      begins_ = item || (c == ':' && ends_word(at_ + 1)) || (c == ',' && inside);
    }
    return true;
  }
  bool skip_to(std::size_t next) {
    at_ = std::min(next, text_.size()) - 1;
    return true;
  }
  bool skip_quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_)
      if (quote == '"' && text_[at_] == '\\') ++at_;
    begins_ = at_ + 1 < text_.size() && text_[at_ + 1] == '\'';  // doubled: it goes on
    return true;
  }
  /// The lines of a block scalar are deeper than the one that ends in | or >.
  bool end_line() {
    std::string_view const line = text_.substr(line_, at_ - line_);
    std::size_t const last = line.find_last_not_of(" 0123456789+-");
    bool const block = open_.empty() && last != std::string_view::npos && last > 0 &&
                       (line[last] == '|' || line[last] == '>') && line[last - 1] == ' ';
    std::size_t const indent = line.find_first_not_of(' ');
    line_ = at_ + 1;
    while (block && line_ < text_.size()) {
      std::size_t const first = text_.find_first_not_of(' ', line_);
      if (first != std::string_view::npos && text_[first] != '\n' && first - line_ <= indent) break;
      line_ = std::min(text_.find('\n', line_), text_.size() - 1) + 1;
    }
    at_ = line_ - 1;
    begins_ = true;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 0;
  bool begins_ = true;  ///< a value or a key can begin here
  std::vector<std::size_t> open_;
};

struct Line {
  std::string_view text;  ///< without its indent
  std::size_t indent = 0;
  std::size_t start = 0;  ///< byte at which the text begins
  [[nodiscard]] bool is_item() const { return text == "-" || text.starts_with("- "); }
  [[nodiscard]] bool has_key() const { return text.ends_with(':') || text.find(": ") != std::string_view::npos; }
  [[nodiscard]] bool says_nothing() const { return text.empty() || text.front() == '#'; }
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  char const* const begin = text.data();
  while (true) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    std::size_t const indent = std::min(line.find_first_not_of(" \t"), line.size());
    lines.push_back({line.substr(indent), indent, static_cast<std::size_t>(line.data() - begin) + indent});
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

/// The nearest line above whose indent is nearest to this one's, no further up than its parent.
std::optional<std::size_t> sibling_of(std::vector<Line> const& lines, std::size_t line) {
  std::optional<std::size_t> best;
  std::size_t nearest = 0;
  for (std::size_t k = line; k-- > 0;) {
    if (lines[k].says_nothing()) continue;
    std::size_t const a = lines[k].indent, b = lines[line].indent;
    std::size_t const apart = std::max(a, b) - std::min(a, b);
    if ((lines[k].has_key() || lines[k].is_item()) && (!best || apart < nearest)) {
      best = k;
      nearest = apart;
    }
    if (a < b) break;
  }
  return best;
}

/// Number of lines in line with this one, up and down to the next that is indented less.
std::size_t count_in_line(std::vector<Line> const& lines, std::size_t line) {
  std::size_t const indent = lines[line].indent;
  std::size_t count = 1;
  auto const goes_on = [&](Line const& other) {
    if (other.says_nothing()) return true;
    count += other.indent == indent ? 1 : 0;
    return other.indent >= indent;
  };
  for (std::size_t k = line; k-- > 0 && goes_on(lines[k]);) {
  }
  for (std::size_t k = line + 1; k < lines.size() && goes_on(lines[k]); ++k) {
  }
  return count;
}

YamlMistake as_said(std::string_view said) {
  return {"not valid YAML: " + std::string(said), {}};
}

/// Of two lines that should be in line the one that is like fewer others is to blame.
YamlMistake misplaced_line(std::vector<Line> const& lines, std::size_t line, std::string_view said) {
  std::optional<std::size_t> const sibling = sibling_of(lines, line);
  if (!sibling) return as_said(said);
  if (lines[*sibling].indent != lines[line].indent) {
    bool const sibling_is_odd = count_in_line(lines, *sibling) < count_in_line(lines, line);
    std::size_t const odd = sibling_is_odd ? *sibling : line;
    std::size_t const even = sibling_is_odd ? line : *sibling;
    return {"the line is indented unlike the others",
            fmt::format("line it up with line {}", even + 1),
            {},
            lines[odd].start};
  }
  std::size_t const number = *sibling + 1;
  if (lines[line].is_item() && !lines[*sibling].is_item())
    return {"an item of a list stands among keys", fmt::format("'key: value' was expected, as on line {}", number)};
  if (!lines[line].is_item() && lines[*sibling].is_item())
    return {"a key stands among the items of a list",
            fmt::format("'- ' was expected, as on line {}", number),
            {},
            lines[line].start};
  return as_said(said);
}

/// The parser met the colon of a key where no key can be.
YamlMistake misplaced_colon(std::vector<Line> const& lines, std::size_t line, std::size_t column,
                            std::string_view said) {
  Line const& here = lines[line];
  std::size_t const before = std::min(column - std::min(column, here.indent), here.text.size());
  if (here.text.substr(0, before).find(": ") != std::string_view::npos)
    return {"a second ': ' stands in the value", "put the text in quotes"};
  std::size_t above = line;
  while (above > 0 && lines[above - 1].says_nothing()) --above;
  if (above > 0 && !lines[above - 1].has_key() && !lines[above - 1].is_item() && lines[above - 1].indent <= here.indent)
    return {fmt::format("line {} has no ': ' after its key", above), "'key: value' was expected there"};
  return misplaced_line(lines, line, said);
}

YamlMistake explain_brackets(std::string_view text, std::size_t at, std::string_view said) {
  std::optional<std::size_t> const opened = Brackets(text).unclosed();
  if (opened && *opened < at) return {fmt::format("a '{}' is never closed", text[*opened]), {}, opened};
  if (said == "illegal flow end")
    return {fmt::format("the '{}' closes nothing", at < text.size() ? text[at] : ' '), "remove it"};
  if (at > 0 && at < text.size() && text[at - 1] == ':' && (text[at] == '{' || text[at] == '['))
    return {fmt::format("'{}' stands right after a colon", text[at]), "a blank was expected between them"};
  return {"the entry does not end here",
          "a comma before the next one, or quotes around a text with ': ', was expected"};
}

}  // namespace

std::string_view foreign_blank(std::string_view text) noexcept {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"\u00A0", "a no-break space"}, {"\u2002", "an en space"},          {"\u2003", "an em space"},
      {"\u2007", "a figure space"},   {"\u2009", "a thin space"},         {"\u200B", "a space without width"},
      {"\u202F", "a narrow space"},   {"\u3000", "an ideographic space"},
  };
  auto const found =
      std::find_if(std::begin(names), std::end(names), [&](auto const& each) { return text.starts_with(each.first); });
  return found == std::end(names) ? std::string_view() : found->second;
}

YamlMistake explain_yaml(std::string_view text, std::size_t line, std::size_t column, std::string_view said) {
  std::vector<Line> const lines = lines_of(text);
  if (line >= lines.size()) return as_said(said);
  auto const indent = [&](std::size_t k) {
    return std::string_view(lines[k].text.data() - lines[k].indent, lines[k].indent);
  };
  if (indent(line).find('\t') != std::string_view::npos)
    return {"a tab indents the line", "indent with blanks, not tabs"};
  for (std::size_t k = line + 1; k-- > 0;) {
    std::string_view const blank = foreign_blank(lines[k].text);
    if (!blank.empty()) return {fmt::format("{} indents the line", blank), plain_blanks, {}, lines[k].start};
  }
  std::size_t const start = static_cast<std::size_t>(indent(line).data() - text.data());
  if (said.find("flow") != std::string_view::npos) return explain_brackets(text, start + column, said);
  if (said == "illegal map value") return misplaced_colon(lines, line, column, said);
  if (said == "end of map not found" || said == "end of sequence not found") {
    if (column <= lines[line].indent) return misplaced_line(lines, line, said);
    return {"the value goes on after a closing quote or bracket",
            "put the whole text in quotes, with quotes in it doubled"};
  }
  if (said == "illegal block entry") return {"a list begins on the line of its key", "begin it on the next line"};
  if (said == "unknown token" && start + column < text.size())
    return {fmt::format("no text can begin with '{}'", text[start + column]), "put the text in quotes"};
  return as_said(said);
}

}  // namespace hansa
