/// Any text as a scenario: it is understood or refused with a reason, and what is understood survives being written.
/// What stands below a line of ===== is the base of what stands above it.
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/target.hpp"
#include "io/read_scenario.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"
#include "scenario/what_if.hpp"

namespace {

using hansa::Node;
using hansa::fuzz::demand;

bool same(Node const& a, Node const& b) {
  if (a.form != b.form || a.text != b.text || a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (a.entries[i].key != b.entries[i].key || !same(a.entries[i].value, b.entries[i].value)) return false;
  return true;
}

void check_told(std::vector<hansa::Complaint> const& complaints) {
  for (hansa::Complaint const& each : complaints) {
    demand(!each.problem.empty(), "a complaint says nothing");
    demand(hansa::format(each).size() < 10000, "a complaint has no end");
  }
}

/// The file, with the base that it names read from the disk, or merged with the one that stands below it.
hansa::ScenarioDraft read(std::string_view text) {
  constexpr std::string_view line = "\n=====\n";
  std::size_t const end = text.find(line);
  if (end == std::string_view::npos) return hansa::parse_scenario(text, "s.yaml");
  hansa::ScenarioDraft draft = hansa::parse_yaml(text.substr(0, end), "s.yaml");
  Node base = hansa::parse_yaml(text.substr(end + line.size()), "base.yaml").root;
  if (draft.root.form != Node::Form::map || base.form != Node::Form::map) return draft;
  hansa::Complaints none;
  Node changes;
  changes.form = Node::Form::map;
  demand(same(hansa::merge(base, changes, none), base) && none.empty(), "no changes are some");
  draft.bases.push_back({"base.yaml", ""});
  draft.root = hansa::merge(std::move(base), std::move(draft.root), draft.mistakes);
  return draft;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static hansa::Catalogue const catalogue = hansa::standard_catalogue();
  static auto const kinds = hansa::schemas(catalogue);
  hansa::Complaints complaints;
  try {
    hansa::ScenarioDraft const draft = read(hansa::fuzz::text_of(data, size));
    (void)hansa::validate(draft, kinds, complaints);
    check_told(complaints.errors());
    check_told(complaints.told_warnings());
    demand(same(draft.root, hansa::parse_yaml(hansa::to_yaml(draft.root), "again.yaml").root),
           "what was written reads differently");
    complaints.throw_if_any();
  } catch (hansa::Error const& error) {
    check_told(error.complaints());
    demand(!error.complaints().empty(), "an error says nothing");
  }
  return 0;
}
