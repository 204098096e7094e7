/// Tests of tell/describe_members, and of what is said of members elsewhere on the page.
#include <map>

#include "asked.hpp"
#include "support/says.hpp"
#include "tell/describe.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::string page_on_club(std::string const& properties) {
  static std::map<std::string, std::string> const digests = {{"folder/asked.yaml", "00ff"}};
  auto const known = schemas(standard_catalogue());
  Asked const question =
      asked_about("{led: {baseline: -5, mechanisms: {good: {collective: {production: {power: 1}}}}}}",
                  "collaborations: {properties: {club: {members: all" + properties + "}}}\n");
  return description({question.draft.root, *question.scenario, *question.world, question.model, known, digests});
}

}  // namespace

TEST_CASE("how cities join is described with its hazard, and what it is drawn from") {
  std::string const text = page_on_club(", recruit: {network: near, hazard: {base: 0.25, share: 0.5}}");
  CHECK(says(text, "**Joining `club`.** A city i that is no member joins with the hazard"));
  CHECK(says(text, "h_i(t) = 0.25 + 0.5 s_i(t)\n"));
  CHECK(says(text, "over the cities j that it observes in `near`"));
  CHECK(says(text, "**Members.** Cities are recruited by collaborations"));
  CHECK(says(text, "Cities also join by themselves"));
  CHECK(says(text, "resistances to joining `club` (one per city and time outside)"));
  CHECK(says(text, "how many members collaborations have"));
  CHECK_FALSE(says(text, "Pledges"));
  CHECK_FALSE(says(page_on_club(""), "Joining"));
}

TEST_CASE("contracts are described with what is enough, until when, and who defaults") {
  std::string const text = page_on_club(", pledge: {policy: led, needs: 2, deadline: 2004}");
  CHECK(says(text,
             "**Pledges in `club`.** Members conclude an assurance contract on `led` (Bagnoli & Lipman 1989): in "
             "each year from 2000 to 2004"));
  CHECK(says(text, "With 2 pledges at the end of t"));
  CHECK(says(text, "Bagnoli, M. & Lipman, B. L. (1989)"));
  CHECK(says(text, "resistances to pledging in `club`"));
  CHECK(says(text, "how many pledges stand and are kept"));
  CHECK(says(page_on_club(", pledge: {policy: led, needs: {share: 0.3}}"),
             "With pledges of a share of 0.3 of the members"));
  CHECK_FALSE(says(page_on_club(""), "Bagnoli"));
}
