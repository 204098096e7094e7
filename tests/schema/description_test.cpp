/// Whatever a scenario is made of, it is described in words.
#include <memory>
#include <regex>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "support/schema/schema_texts.hpp"
#include "tell/describe.hpp"

namespace hansa::test {

TEST_CASE("questions drawn over the whole schema are described") {
  std::vector<Schema const*> const kinds = schemas(standard_catalogue());
  std::regex const slip("\\b(nan|inf|null)\\b|\\{\\}|\\(\\)| \\.\\s");
  int described = 0;
  for (std::uint64_t number = 1; number <= 400; ++number) {
    CAPTURE(number);
    Texts const texts = schema_texts(number);
    std::unique_ptr<Question> question;
    try {
      question = ask(texts);
    } catch (Error const&) {
      continue;
    }
    Node const root = parse_yaml(texts.yaml, "s.yaml").root;
    std::map<std::string, std::string> const digests;
    std::string const text = description({root, question->scenario, question->world, question->model, kinds, digests});
    for (PolicySpec const& policy : question->scenario.policies) CHECK(text.find(policy.name) != std::string::npos);
    for (NetworkSpec const& network : question->scenario.networks) CHECK(text.find(network.name) != std::string::npos);
    std::smatch found;
    bool const slips = std::regex_search(text, found, slip);
    CHECK_MESSAGE(!slips, found.str());
    ++described;
  }
  CHECK(described > 350);
}

}  // namespace hansa::test
