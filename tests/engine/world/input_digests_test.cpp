/// Tests of world/input_digests: each part has a digest of its own, and the order of rows is none of it.
#include "world/input_digests.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "support/question.hpp"

namespace {

using namespace hansa;

test::Texts texts() {
  return {
      "hansa: 1\ntime: {start: 2000, end: 2003}\ncities: {file: c.csv, panel: p.csv}\n"
      "collaborations: {file: m.csv}\nnetworks: {near: {file: t.csv}, dated: {file: d.csv}}\n"
      "policies: {led: {baseline: -2}}\n",
      {{"c.csv", "id,size,kind\na,1,x\nb,2,y\nc,3,x\n"},
       {"p.csv", "city,year,rich\na,2000,1\na,2002,2\nb,2000,1\nc,2000,5\n"},
       {"m.csv", "city,collaboration\na,club\nb,club\n"},
       {"t.csv", "source,target\na,b\nb,c\n"},
       {"d.csv", "source,target,from\na,b,2001\n"}}};
}

InputDigests digests_with(std::string const& file, std::string const& text) {
  test::Texts changed = texts();
  changed.files[file] = text;
  return input_digests(test::ask(changed)->world);
}

/// Names whose digests differ from those of the texts as they are.
std::set<std::string> others(std::string const& file, std::string const& text) {
  InputDigests const was = input_digests(test::ask(texts())->world), is = digests_with(file, text);
  std::set<std::string> names;
  for (auto const& [name, each] : was)
    if (is.at(name).sha256 != each.sha256) names.insert(name);
  return names;
}

TEST_CASE("a change of one part is seen in that part alone") {
  using Set = std::set<std::string>;
  CHECK(others("c.csv", "id,size,kind\na,1,x\nb,2.5,y\nc,3,x\n") == Set{"attributes.size"});
  CHECK(others("c.csv", "id,size,kind\na,1,x\nb,2,y\nc,3,y\n") == Set{"attributes.kind"});
  CHECK(others("p.csv", "city,year,rich\na,2000,1\na,2002,3\nb,2000,1\nc,2000,5\n") == Set{"attributes.rich"});
  CHECK(others("m.csv", "city,collaboration\na,club\nc,club\n") == Set{"collaborations.club"});
  CHECK(others("t.csv", "source,target\na,b\nc,b\n") == Set{"networks.near"});
  CHECK(others("t.csv", "source,target,weight\na,b,1\nb,c,2\n") == Set{"networks.near"});
  CHECK(others("d.csv", "source,target,from\na,b,2002\n") == Set{"networks.dated"});
  CHECK(others("c.csv", "id,size,kind\nc,3,x\na,1,x\nb,2,y\n").empty());
  CHECK(others("t.csv", "source,target\nb,c\na,b\n").empty());
}

TEST_CASE("other cities are seen, and what changes over time is marked") {
  InputDigests const was = input_digests(test::ask(texts())->world);
  CHECK(digests_with("c.csv", "id,size,kind\na,1,x\nb,2,y\nc,3,x\nd,4,x\n").at("cities").sha256 !=
        was.at("cities").sha256);
  for (auto const& [name, each] : was) {
    CAPTURE(name);
    CHECK(each.sha256.size() == 64);
    CHECK(each.changes == (name == "attributes.rich" || name == "networks.dated"));
  }
}

}  // namespace
