/// Any text as a scenario: it is understood or refused with a reason, and what is understood survives being written.
#include <string>

#include "fuzz/target.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static hansa::Catalogue const catalogue = hansa::standard_catalogue();
  static auto const kinds = hansa::schemas(catalogue);
  hansa::Complaints complaints;
  try {
    hansa::ScenarioDraft const draft = hansa::parse_yaml(hansa::fuzz::text_of(data, size), "s.yaml");
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
