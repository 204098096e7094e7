/// A small reader of drafts in flow style, so that validation is tested without a YAML library, and schemas to test
/// with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/schema.hpp"
#include "scenario/validate.hpp"

namespace hansa::testing {

/// Reads {key: value, list: [a, "b"], empty: } with places; the text must be well formed.
class FlowReader {
 public:
  explicit FlowReader(std::string_view text) : text_(text) {}

  Node read() {
    skip();
    Node node;
    node.where = {"s.yaml", line_, column_};
    if (take('{')) {
      node.form = Node::Form::map;
      for (skip(); !take('}'); skip()) {
        Node const key = scalar();
        skip();
        Node nothing;
        nothing.where = key.where;
        node.entries.push_back({key.text, key.where, take(':') ? read() : nothing});
        skip();
        take(',');
      }
    } else if (take('[')) {
      node.form = Node::Form::list;
      for (skip(); !take(']'); skip()) {
        node.items.push_back(read());
        skip();
        take(',');
      }
    } else {
      node = scalar();
    }
    return node;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    ++column_;
    if (c == '\n') {
      ++line_;
      column_ = 1;
    }
    return true;
  }
  void skip() {
    while (take(' ') || take('\n')) {
    }
  }
  Node scalar() {
    skip();
    Node node;
    node.where = {"s.yaml", line_, column_};
    node.quoted = take('"');
    std::string_view const ends = node.quoted ? "\"" : ",:]}\n";
    while (at_ < text_.size() && ends.find(peek()) == std::string_view::npos) {
      node.text += peek();
      take(peek());
    }
    if (node.quoted) REQUIRE(take('"'));
    node.form = node.text.empty() && !node.quoted ? Node::Form::null : Node::Form::scalar;
    return node;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

inline constexpr std::string_view normalize[] = {"share", "weight", "count"};
inline constexpr Field prior[] = {{.name = "mean", .standard = "0"},
                                  {.name = "precision", .standard = "1", .lowest = 0}};
inline constexpr Field exposure_fields[] = {
    {.name = "network", .kind = Kind::network},
    {.name = "pool", .kind = Kind::pool},
    {.name = "normalize", .kind = Kind::choice, .standard = "share", .choices = normalize},
    {.name = "shape", .kind = Kind::shape, .standard = "linear"},
    {.name = "only", .kind = Kind::policy},
    {.name = "lag", .kind = Kind::integer, .standard = "1", .lowest = 0, .highest = 5},
    {.name = "cost", .kind = Kind::number_or_attribute, .lowest = 0},
    {.name = "at", .kind = Kind::numbers, .standard = "[1, 2.5]"},
    {.name = "clubs", .kind = Kind::collaborations},
    {.name = "prior", .kind = Kind::section, .inside = prior},
};
inline constexpr Field scale_fields[] = {
    {.name = "progress_ratio", .need = Need::required, .lowest = 0.5, .highest = 1}};
inline constexpr Schema exposure{"exposure", "", "", "", exposure_fields};
inline constexpr Schema scale{"scale", "", "", "", scale_fields};
inline constexpr Schema const* kinds[] = {&exposure, &scale};

/// A scenario with its complaints, as text in the order of their places.
struct Checked {
  Scenario scenario;
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

inline Checked check(std::string_view text, std::span<Schema const* const> mechanisms = kinds) {
  Checked checked;
  Complaints complaints;
  checked.scenario = validate({"folder/s.yaml", FlowReader(text).read()}, mechanisms, complaints);
  for (Complaint const& each : complaints.warnings()) checked.warnings.push_back(format(each));
  try {
    complaints.throw_if_any();
  } catch (Error const& error) {
    CHECK(error.complaints().size() == complaints.size());  // nothing is told twice
    for (Complaint const& each : error.complaints()) checked.errors.push_back(format(each));
  }
  return checked;
}

/// Complaints as one text, each on its line.
inline std::string lines(std::vector<std::string> const& complaints) {
  std::string text;
  for (std::string const& each : complaints) text += (text.empty() ? "" : "\n") + each;
  return text;
}

/// Checks a scenario that is good but for what is added in the last place of the map.
inline Checked check_with(std::string_view more, std::string_view policies = "{p: {baseline: -5}}",
                          std::span<Schema const* const> mechanisms = kinds) {
  std::string const text = "{" + std::string(more) +
                           "\nhansa: 1, time: {start: 2000, end: 2010}, policies: " + std::string(policies) +
                           ", cities: {file: c.csv}}";
  return check(text, mechanisms);
}

/// The one complaint about a scenario with `more` on its first line.
inline std::string complaint(std::string_view more) {
  Checked const checked = check_with(more);
  REQUIRE(checked.errors.size() == 1);
  return checked.errors[0];
}

/// The one complaint about a policy whose keys are these, from column 6 of line 1.
inline std::string policy_complaint(std::string_view keys) {
  std::string const text = "{p: {" + std::string(keys) + "}}";
  Checked const checked = check("{policies:\n" + text +
                                ",\nhansa: 1, time: {start: 2000, end: 2010}, cities: {file: c.csv},"
                                "networks: {sister: {file: t.csv}, nearby: {nearest: {k: 3}}}}");
  REQUIRE(checked.errors.size() == 1);
  return checked.errors[0];
}

/// The same of a mechanism in a policy, from column 7.
inline std::string mechanism_complaint(std::string_view keys) {
  return policy_complaint("baseline: -5, mechanisms: {m:\n{" + std::string(keys) + "}}");
}

}  // namespace hansa::testing
