/// Tests of study/sweep_design: points from files.
#include "study/sweep_design.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "hansa.hpp"

using namespace hansa;

namespace {

/// A folder of its own with a scenario whose sweep has these keys, and the files t.csv and l.csv.
class Asked {
 public:
  explicit Asked(std::string const& sweep) {
    std::filesystem::create_directories(folder_);
    write("t.csv", "policies.led.baseline,policies.led.rule\n-5,logit\n-4,cloglog\n");
    write("l.csv", "policies.led.baseline,policies.led.rul\n-5,logit\n");
    text_ =
        "{hansa: 1, time: {start: 2000, end: 2004}, seed: 5, cities: {generate: 4}, policies: {led: {baseline: -3, "
        "adopters: [c0], mechanisms: {all: {exposure: {pool: all}}}}}, sweep: {" +
        sweep + "}}";
  }
  ~Asked() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] DesignTable design() const {
    Question const question = parse_question(text_, folder_ / "s.yaml");
    return read_sweep_design(*question.scenario, question.draft, schemas(question.mechanisms));
  }

 private:
  void write(std::string const& name, std::string const& text) const { std::ofstream(folder_ / name) << text; }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / "hansa-sweep-design";
  std::string text_;
};

}  // namespace

TEST_CASE("rows of tables are crossed with parameters in a grid") {
  DesignTable const design =
      Asked("design: grid, tables: [t.csv], parameters: {policies.led.mechanisms.all.strength: {values: [1, 2, 3]}}")
          .design();
  CHECK(design_csv(design) ==
        "policies.led.mechanisms.all.strength,policies.led.baseline,policies.led.rule\n1,-5,logit\n1,-4,cloglog\n"
        "2,-5,logit\n2,-4,cloglog\n3,-5,logit\n3,-4,cloglog\n");
}

TEST_CASE("lists with wrong paths are refused with all their mistakes") {
  try {
    (void)Asked("design: {list: l.csv}").design();
    FAIL("the list was taken");
  } catch (Error const& error) {
    REQUIRE(error.complaints().size() == 1);
    CHECK(format(error.complaints()[0]).find("l.csv:1:2: unknown key 'rul'") != std::string::npos);
  }
  CHECK_THROWS_AS((void)Asked("design: {list: missing.csv}").design(), Error);
}

TEST_CASE("a run does not read the tables of the sweep") {
  CHECK_NOTHROW((void)parse_question(
      "{hansa: 1, time: {start: 2000, end: 2004}, cities: {generate: 4}, policies: {led: {baseline: -3}}, sweep: "
      "{design: {list: missing.csv}}}",
      "s.yaml"));
}
