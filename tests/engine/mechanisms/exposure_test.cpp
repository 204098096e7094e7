/// Exposure by hand on three cities.
#include "mechanisms/exposure.hpp"

#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("share of the observed weight") {
  ThreeCities three;
  auto const term = three.make("exposure", on_ties());
  REQUIRE(term);
  Driven driven(*term);
  CHECK(driven.value(a) == 0);  // observes nobody
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0.25);
  CHECK(driven.touched(b));
  CHECK(driven.touched(c));
  CHECK_FALSE(driven.touched(a));
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == 1);
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 0.75);
}

TEST_CASE("sum of weights and number of sources") {
  ThreeCities three;
  auto const weight = three.make("exposure", on_ties("weight"));
  auto const count = three.make("exposure", on_ties("count"));
  Driven by_weight(*weight);
  Driven by_count(*count);
  for (Driven* each : {&by_weight, &by_count}) each->step(2000, {adopts(a), adopts(b)});
  CHECK(by_weight.value(c) == 4);
  CHECK(by_count.value(c) == 2);
  CHECK(by_count.value(b) == 1);
}

TEST_CASE("sums are kept in as few bytes as the largest of them needs") {
  struct Case {
    double weight;  // of b's tie to c; a's weighs 1
    std::size_t share_bytes, sum_bytes;
  };
  for (Case const& at :
       {Case{14, 1, 1}, Case{15, 2, 1}, Case{254, 2, 1}, Case{255, 4, 2}, Case{65'534, 4, 2}, Case{65'535, 4, 4}}) {
    CAPTURE(at.weight);
    ThreeCities three;
    Complaints complaints;
    three.world().networks[0] = make_layer("ties", {{0, 2, 1}, {1, 2, at.weight}}, 3, {}, complaints);
    auto const share = three.make("exposure", on_ties());
    auto const sum = three.make("exposure", on_ties("weight"));
    CHECK(share->bytes_per_city() == at.share_bytes);
    CHECK(sum->bytes_per_city() == at.sum_bytes);
    Driven by_share(*share);
    Driven by_sum(*sum);
    auto const both = [&](std::int32_t label, std::vector<Event> const& events, double weight) {
      by_share.step(label, events);
      by_sum.step(label, events);
      CHECK(by_share.value(c) == weight / (1 + at.weight));
      CHECK(by_sum.value(c) == weight);
    };
    both(2000, {adopts(b)}, at.weight);
    both(2001, {adopts(a)}, 1 + at.weight);
    both(2002, {leaves(b)}, 1);
    both(2003, {leaves(a), adopts(b)}, at.weight);
    both(2004, {leaves(b)}, 0);
  }
}

TEST_CASE("rows of any length are pushed to their ends, comers and leavers in one block") {
  constexpr Index first = 100;  // of the observers
  constexpr Index n = 1400;
  std::vector<Index> const lengths{0, 1, 15, 16, 17, 32, 33, 511, 512, 513, 1299, 7};
  std::vector<Tie> ties;
  for (Index source = 0; source < lengths.size(); ++source) {
    for (Index k = 0; k < lengths[source]; ++k) ties.push_back({source, first + k, 1});
  }
  ThreeCities three;
  three.world().networks[0] = make_layer("ties", ties, n, {}, three.complaints);
  auto const term = three.make("exposure", on_ties("count"));
  std::unique_ptr<Kept> const kept = term->keep();
  term->reset(*kept, {});
  std::vector<double> expected(n, 0);
  auto const block = [&](auto sign_of) {
    std::vector<Event> events;
    std::vector<std::uint8_t> seen(n, 0), reached(n, 0);
    std::vector<Index> list(n + 64);
    for (Index source = 0; source < lengths.size(); ++source) {
      events.push_back({source, 0, sign_of(source)});
      for (Index k = 0; k < lengths[source]; ++k) {
        expected[first + k] += sign_of(source);
        reached[first + k] = 1;
      }
    }
    Touched touched{list.data(), seen.data()};
    term->apply(*kept, events, touched);
    CHECK(seen == reached);
    CHECK(touched.count == 1299);
    for (Index i = 0; i < n; ++i) {
      double m = 0;
      term->value(*kept, std::span(&i, 1), &m);
      if (m != expected[i]) FAIL_CHECK("city " << i << " sees " << m << ", not " << expected[i]);
    }
  };
  block([](Index) { return std::int8_t{1}; });
  block([](Index source) { return static_cast<std::int8_t>(source % 3 == 0 ? 1 : -1); });
}

TEST_CASE("decimal weights give decimal sums") {
  ThreeCities three;
  Complaints complaints;
  three.world().networks[0] = make_layer("ties", {{0, 2, 0.1}, {1, 2, 0.2}}, 3, {}, complaints);
  auto const term = three.make("exposure", on_ties("weight"));
  Driven driven(*term);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == 0.3);
}

TEST_CASE("shapes") {
  ThreeCities three;
  struct Case {
    Shape shape;
    double quarter;
  };
  double const low = 1 / (1 + std::exp(3.0));
  double const high = 1 / (1 + std::exp(-7.0));
  double const middle = 1 / (1 + std::exp(0.5));
  for (Case const& each :
       {Case{{Shape::Form::log1p, 0, 0, {}}, std::log(1.25)}, Case{{Shape::Form::power, 0.5, 0, {}}, 0.5},
        Case{{Shape::Form::step, 0.25, 0, {}}, 1}, Case{{Shape::Form::step, 0.26, 0, {}}, 0},
        Case{{Shape::Form::logistic, 0.3, 10, {}}, (middle - low) / (high - low)}}) {
    auto const term = three.make("exposure", on_ties("share", each.shape));
    Driven driven(*term);
    CHECK(driven.value(c) == 0);
    driven.step(2000, {adopts(a)});
    CHECK(driven.value(c) == doctest::Approx(each.quarter).epsilon(1e-14));
    driven.step(2001, {adopts(b)});
    if (each.shape.form != Shape::Form::log1p) CHECK(driven.value(c) == 1);
  }
}

TEST_CASE("a number of sources may be a step; a share stays below one") {
  ThreeCities three;
  auto const term = three.make("exposure", on_ties("count", {Shape::Form::step, 2, 0, {}}));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == 0);
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == 1);
  CHECK(three.make("exposure", on_ties("share", {Shape::Form::step, 2, 0, {}})) == nullptr);
  CHECK(three.make("exposure", on_ties("share", {Shape::Form::logistic, 0.5, 1e-17, {}})) == nullptr);
  CHECK(three.complaints.size() == 2);
}

TEST_CASE("pools count others, mean field") {
  ThreeCities three;
  auto const all = three.make("exposure", in_pool(Pool::Of::all));
  auto const country = three.make("exposure", in_pool(Pool::Of::country));
  auto const number = three.make("exposure", in_pool(Pool::Of::all, "", "count"));
  Driven of_all(*all);
  Driven of_country(*country);
  Driven of_number(*number);
  for (Driven* each : {&of_all, &of_country, &of_number}) each->step(2000, {adopts(a)});
  CHECK(of_all.value(b) == 0.5);
  CHECK(of_all.value(c) == 0.5);
  CHECK(of_all.touched(c));
  CHECK(of_country.value(b) == 1);
  CHECK(of_country.value(c) == 0);  // alone in Y
  CHECK_FALSE(of_country.touched(c));
  CHECK(of_number.value(c) == 1);
}

TEST_CASE("a pool of in-neighbours counts each once") {
  ThreeCities three;
  auto const term = three.make("exposure", in_pool(Pool::Of::network, "ties"));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == 0.5);  // one of two, whatever the weights
  CHECK(driven.value(a) == 0);
}

TEST_CASE("a collaboration as a pool has the members of the step that decides") {
  ThreeCities three;
  auto const term = three.make("exposure", in_pool(Pool::Of::collaboration, "club"));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});  // decides 2001: c is outside
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0);
  driven.step(2001, {});  // decides 2002: c has joined
  CHECK(driven.touched(c));
  CHECK(driven.touched(b));
  CHECK(driven.value(b) == 0.5);
  CHECK(driven.value(c) == 0.5);
}

TEST_CASE("what cannot be exposure") {
  ThreeCities three;
  Parameters both = on_ties();
  both.set("pool", Pool{}, {});
  CHECK(three.make("exposure", both) == nullptr);
  CHECK(three.make("exposure", exposure(Reference{"tie", {}}, "network")) == nullptr);
  CHECK(three.make("exposure", in_pool(Pool::Of::collaboration, "clubs")) == nullptr);
  CHECK(three.make("exposure", in_pool(Pool::Of::attribute, "countri")) == nullptr);
  REQUIRE(three.complaints.size() == 4);
  CHECK(three.complaints.errors()[0].problem == "exposure takes only one of 'network' and 'pool'");
  CHECK(three.complaints.errors()[1].problem == "unknown network 'tie'");
  CHECK(three.complaints.errors()[2].problem == "unknown collaboration 'clubs'");
}

TEST_CASE("a network of complete groups is a pool") {
  ThreeCities three;
  three.world().networks[0].group = {0, -1, 0};
  auto const plain = three.make("exposure", on_ties());
  auto const of_pool = three.make("exposure", in_pool(Pool::Of::network, "ties"));
  auto const count = three.make("exposure", on_ties("count"));
  auto const fades = three.make("exposure", fading(on_ties(), 1));
  Driven driven(*plain), pooled(*of_pool), counted(*count), faded(*fades);
  for (Driven* each : {&driven, &pooled, &counted, &faded}) {
    each->step(1999, {});
    each->step(2000, {adopts(a), adopts(b)});
    CHECK(each->value(c) == 1);  // the one other of its group
    CHECK(each->value(b) == 0);  // in none
  }
  faded.step(2001, {});
  CHECK(faded.value(c) == 0.5);
}

TEST_CASE("transmission: every tie is a chance of contagion") {
  ThreeCities three;
  three.policy().rule = Rule::additive;
  auto const term = three.make("exposure", with(on_ties(), "transmission", 0.1));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == doctest::Approx(-std::log(0.9)).epsilon(1e-7));
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(-std::log(0.9 * 0.7)).epsilon(1e-7));
  auto const even = three.make("exposure", with(in_pool(Pool::Of::network, "ties"), "transmission", 0.1));
  auto const all = three.make("exposure", with(in_pool(Pool::Of::all), "transmission", 0.1));
  Driven of_neighbours(*even), of_all(*all);
  for (Driven* each : {&of_neighbours, &of_all}) {
    each->step(2000, {adopts(a), adopts(b)});
    CHECK(each->value(c) == doctest::Approx(-2 * std::log(0.9)).epsilon(1e-14));
  }
  three.complaints = {};
  CHECK(three.make("exposure", with(on_ties(), "transmission", 0.4)) == nullptr);  // 3 · 0.4
  CHECK(three.make("exposure", with(in_pool(Pool::Of::all), "transmission", 1.0)) == nullptr);
  CHECK(three.make("exposure", with(in_pool(Pool::Of::network, "ties"), "transmission", 1.0)) == nullptr);
  REQUIRE(three.complaints.size() == 3);
  CHECK(three.complaints.errors()[0].problem.find("from 'b' to 'c'") != std::string::npos);
  three.policy().rule = Rule::logit;
  CHECK(three.make("exposure", with(on_ties(), "transmission", 0.1)) == nullptr);
  CHECK(three.complaints.errors()[3].problem == "'transmission' is for rule additive");
}

TEST_CASE("transmission stands in the place of normalize and shape") {
  ThreeCities three;
  three.policy().rule = Rule::additive;
  Parameters written = on_ties();
  written.set("transmission", 0.1, {"f", 1, 40});
  written.set("normalize", std::string("weight"), {"f", 1, 20});
  CHECK(three.make("exposure", written) == nullptr);
  CHECK(three.complaints.errors()[0].problem == "'normalize' beside 'transmission'");
}

TEST_CASE("what does not go together in an exposure") {
  ThreeCities three;
  three.world().cities.numbers["debt"] = {1, -2, 0};
  CHECK(three.make("exposure", weighed(on_ties("count"), "size")) == nullptr);
  CHECK(three.make("exposure", weighed(on_ties(), "debt")) == nullptr);
  CHECK(three.make("exposure", only(only(on_ties(), "same", "country"), "larger", "size")) == nullptr);
  CHECK(three.make("exposure", only(on_ties(), "larger", "country")) == nullptr);
  CHECK(three.make("exposure", only(on_ties(), "same", "region")) == nullptr);
  Parameters empty = on_ties();
  empty.set("only.larger", {}, {"f", 1, 30});
  CHECK(three.make("exposure", empty) == nullptr);
  REQUIRE(three.complaints.size() == 6);
  CHECK(three.complaints.errors()[1].problem == "negative weight of city 'b' as a source");
  CHECK(three.complaints.errors()[5].problem == "'only' does not say how sources compare");
}
