/// Writes a draft as YAML text.
#include <algorithm>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "io/yaml.hpp"

namespace hansa {

namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// True if the text means itself without quotes, wherever it stands. Cautious: what is refused here is quoted.
bool can_be_plain(std::string_view text) {
  if (text.empty() || text == "null" || text == "Null" || text == "NULL" || text.back() == ' ') return false;
  std::size_t const sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
  std::size_t const first = sign + (sign < text.size() && text[sign] == '.' ? 1 : 0);
  if (first >= text.size() || !(is_alphanumeric(text[first]) || (first == 0 && text[0] == '_'))) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view("_-./+() ").find(c) != std::string_view::npos;
  });
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else if (c == '\t')
      quoted += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      fmt::format_to(std::back_inserter(quoted), "\\x{:02X}", static_cast<unsigned>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

std::string scalar_text(Node const& node) {
  return node.quoted || !can_be_plain(node.text) ? quote(node.text) : node.text;
}

std::string key_text(std::string const& key) {
  return can_be_plain(key) ? key : quote(key);
}

bool is_block(Node const& node) {
  return !node.items.empty() || !node.entries.empty();
}

void write(Node const& node, std::size_t indent, std::string& out);

/// A value after "key:" or "-": on the same line, or as a block below.
void write_value(Node const& value, std::size_t indent, std::string& out) {
  if (is_block(value)) {
    out += '\n';
    write(value, indent + 2, out);
  } else {
    out += ' ';
    write(value, indent, out);
  }
}

void write(Node const& node, std::size_t indent, std::string& out) {
  switch (node.form) {
    case Node::Form::null:
      out += "null\n";
      return;
    case Node::Form::scalar:
      out += scalar_text(node) + '\n';
      return;
    case Node::Form::list:
      if (node.items.empty()) out += "[]\n";
      for (Node const& item : node.items) {
        out.append(indent, ' ') += '-';
        write_value(item, indent, out);
      }
      return;
    case Node::Form::map:
      if (node.entries.empty()) out += "{}\n";
      for (Node::Entry const& entry : node.entries) {
        out.append(indent, ' ') += key_text(entry.key) + ':';
        write_value(entry.value, indent, out);
      }
      return;
  }
}

}  // namespace

std::string to_yaml(Node const& root) {
  std::string text;
  write(root, 0, text);
  return text;
}

}  // namespace hansa
