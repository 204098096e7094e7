/// Tests of scenario/read_networks.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

TEST_CASE("networks of all sources, sorted by name") {
  Checked const checked = check_with(
      "networks: {sister: {file: data/ties.csv, directed: false}, nearby: {nearest: {k: 8}, weight: {decay_km: 1500}},"
      " peers: {similar: {on: [size, income], k: 10}, weight: {attribute: size}}, chance: {erdos_renyi: {degree: 10}},"
      " far: {nearest: {k: 2, on: [x, y]}}, sparse: {erdos_renyi: {ties: 7}, directed: true}},");
  CHECK(checked.errors.empty());
  auto const& networks = checked.scenario.networks;
  REQUIRE(networks.size() == 6);
  CHECK(networks[0].name == "chance");
  CHECK_FALSE(networks[0].directed);
  CHECK(std::get<ErdosRenyiTies>(networks[0].ties).degree == 10.0);
  CHECK_FALSE(std::get<ErdosRenyiTies>(networks[0].ties).ties);
  CHECK(std::get<NearestTies>(networks[1].ties).on.size() == 2);
  CHECK(networks[2].name == "nearby");
  CHECK(networks[2].directed);
  CHECK(std::get<NearestTies>(networks[2].ties).k == 8);
  CHECK(std::get<DecayWeight>(networks[2].weight).km == 1500);
  CHECK(std::get<SimilarTies>(networks[3].ties).on[1].name == "income");
  CHECK(std::get<SourceWeight>(networks[3].weight).attribute.name == "size");
  CHECK(networks[4].name == "sister");
  CHECK_FALSE(networks[4].directed);
  CHECK(std::get<FileTies>(networks[4].ties).file.path == "folder/data/ties.csv");
  CHECK(networks[5].directed);
  CHECK(std::get<ErdosRenyiTies>(networks[5].ties).ties == 7);
}

TEST_CASE("mistakes in networks") {
  auto one = [](std::string const& network) { return complaint("networks: {n:\n" + network + "},"); };
  CHECK(one("{directed: true}") ==
        "s.yaml:1:13: 'n' has none of file, nearest, similar, within, same, erdos_renyi, watts_strogatz, "
        "barabasi_albert, "
        "stochastic_block, configuration, exactly one of them was expected");
  CHECK(one("{file: a, nearest: {k: 2}}") ==
        "s.yaml:2:11: 'nearest' cannot stand beside 'file', only one of them was expected");
  CHECK(one("{nearst: {k: 2}}") ==
        "s.yaml:2:2: unknown key 'nearst', one of file, nearest, similar, within, same, erdos_renyi, watts_strogatz, "
        "barabasi_albert, … was expected; did you mean 'nearest'?");
  CHECK(one("{file: a, dynamics: {decay: 1}}").find("'decay' is '1', a number") != std::string::npos);
  CHECK(one("{file: a, dynamics: {visits: {closure: 1}}}").find("'rate' is missing") != std::string::npos);
  CHECK(one("{same: language, dynamics: {decay: 0.1}}").find("complete groups, which are never stored") !=
        std::string::npos);
  auto const late = check_with("networks: {n: {file: t.csv, ties: lagged, dynamics: {decay: 0.1}}},");
  CHECK(late.errors.empty());
  CHECK(late.scenario.networks.at(0).timing == TieTiming::lagged);
  CHECK(late.scenario.networks.at(0).dynamics->decay == 0.1);
  CHECK(one("{nearest: {}}") ==
        "s.yaml:2:2: 'k' is missing in 'nearest', a whole number from 1 to 1000000000 was expected");
  CHECK(one("{nearest: 5}") == "s.yaml:2:11: 'nearest' is '5', a map was expected");
  CHECK(one("{similar: {k: 2}}") ==
        "s.yaml:2:2: 'on' is missing in 'similar', a list of names of attributes was expected");
  CHECK(one("{similar: {k: 2, on: []}}") == "s.yaml:2:22: 'on' is empty, at least one attribute was expected");
  CHECK(one("{erdos_renyi: {}}") ==
        "s.yaml:2:2: 'erdos_renyi' has none of degree, probability, ties, exactly one of them was expected");
  CHECK(one("{erdos_renyi: {degree: 2, ties: 3}}") ==
        "s.yaml:2:27: 'ties' cannot stand beside 'degree', only one of them was expected");
  CHECK(one("{erdos_renyi: {probability: 1.5}}") ==
        "s.yaml:2:29: 'probability' is '1.5', a number from 0 to 1 was expected");
  CHECK(one("{nearest: {k: 2}, weight: {decay_km: 0}}") ==
        "s.yaml:2:38: 'decay_km' is '0', a number above 0 was expected");
  CHECK(one("{nearest: {k: 2}, weight: {}}") ==
        "s.yaml:2:19: 'weight' has none of decay_km, attribute, exactly one of them was expected");
  CHECK(one("{nearest: {k: 2}, directed: 1}") == "s.yaml:2:29: 'directed' is '1', true or false was expected");
  CHECK(complaint("networks: {my net: {nearest: {k: 2}}},") ==
        "s.yaml:1:13: 'my net' is not a name, letters, digits, '_' and '-' were expected");
}

TEST_CASE("networks with mistakes are left out, and may still be referred to") {
  Checked const checked = check_with("networks: {bad: {nearest: {k: 0}}, good: {nearest: {k: 1}}},",
                                     "{p: {baseline: 1, mechanisms: {m: {exposure: {network: bad}}}}}");
  CHECK(checked.errors.size() == 1);
  REQUIRE(checked.scenario.networks.size() == 1);
  CHECK(checked.scenario.networks[0].name == "good");
}

TEST_CASE("collaborations") {
  Checked const checked = check_with(
      "collaborations: {file: m.csv, properties: {c40: {dissolved: 2030}, \"the club\": {members: {top: 4, by: "
      "size}}}},");
  CHECK(checked.errors.empty());
  auto const& collaborations = checked.scenario.collaborations;
  CHECK(collaborations.file->path == "folder/m.csv");
  REQUIRE(collaborations.properties.size() == 2);
  CHECK(collaborations.properties[0].name == "c40");
  CHECK(collaborations.properties[0].dissolved == 2030);
  CHECK_FALSE(collaborations.properties[0].members);
  CHECK(collaborations.properties[1].members->form == Selector::Form::top);
  CHECK(complaint("collaborations: {properties: {c40: {fee: {per: step}}}},").find("'amount' is missing") !=
        std::string::npos);
  CHECK(complaint("collaborations: {properties: {c40: {dissolved: 2030.5}}},") ==
        "s.yaml:1:49: 'dissolved' is '2030.5', a whole number from -1000000000 to 1000000000 was expected");
}

TEST_CASE("networks of all generators") {
  Checked const checked = check_with(
      "networks: {a: {within: {km: 300}}, b: {within: {distance: 0.08, on: [x, y]}}, c: {same: language},"
      " d: {watts_strogatz: {degree: 10, rewire: 0.1}, ties: lagged},"
      " e: {barabasi_albert: {ties_per_city: 3}, redraw: replicate, directed: true},"
      " f: {stochastic_block: {group: region, probability: {Asia: {Asia: 0.05, Europe: 0.01}, Europe: {Europe: 1}}}},"
      " g: {configuration: {degrees: d}}},");
  CHECK(lines(checked.errors) == "");
  auto const& networks = checked.scenario.networks;
  REQUIRE(networks.size() == 7);
  CHECK(std::get<WithinTies>(networks[0].ties).km == 300.0);
  CHECK_FALSE(std::get<WithinTies>(networks[0].ties).distance);
  CHECK(std::get<WithinTies>(networks[1].ties).distance == 0.08);
  CHECK(std::get<WithinTies>(networks[1].ties).on[1].name == "y");
  CHECK(std::get<SameTies>(networks[2].ties).attribute.name == "language");
  CHECK(std::get<WattsStrogatzTies>(networks[3].ties).degree == 10);
  CHECK(std::get<WattsStrogatzTies>(networks[3].ties).rewire == 0.1);
  CHECK(networks[3].timing == TieTiming::lagged);
  CHECK(networks[3].redraw == Redrawing::scenario);
  CHECK(std::get<BarabasiAlbertTies>(networks[4].ties).ties_per_city == 3);
  CHECK(networks[4].redraw == Redrawing::replicate);
  CHECK(networks[4].directed);
  auto const& blocks = std::get<StochasticBlockTies>(networks[5].ties);
  CHECK(blocks.group.name == "region");
  CHECK(blocks.probability.at("Asia").at("Europe") == 0.01);
  CHECK(blocks.probability.at("Europe").size() == 1);
  CHECK(std::get<ConfigurationTies>(networks[6].ties).degrees.name == "d");
  for (int k : {0, 1, 2, 3, 5, 6}) CHECK_FALSE(networks[static_cast<std::size_t>(k)].directed);
}

TEST_CASE("mistakes in generators") {
  auto const one = [](std::string_view network) { return complaint("networks: {n:\n" + std::string(network) + "},"); };
  CHECK(one("{watts_strogatz: {degree: 5, rewire: 0.1}}") ==
        "s.yaml:2:27: the degree of a ring is 5, an even number was expected: half of the neighbours stand on either "
        "side");
  CHECK(one("{watts_strogatz: {degree: 4, rewire: 2}}") ==
        "s.yaml:2:38: 'rewire' is '2', a number from 0 to 1 was expected");
  CHECK(one("{watts_strogatz: {degree: 4}}") ==
        "s.yaml:2:2: 'rewire' is missing in 'watts_strogatz', a number from 0 to 1 was expected");
  CHECK(one("{barabasi_albert: {ties_per_city: 0}}") ==
        "s.yaml:2:35: 'ties_per_city' is '0', a whole number from 1 to 1000000000 was expected");
  CHECK(one("{within: {km: 3, distance: 2, on: [x]}}") ==
        "s.yaml:2:18: 'distance' cannot stand beside 'km', only one of them was expected");
  CHECK(one("{within: {distance: 2}}") ==
        "s.yaml:2:2: 'on' is missing in 'within', the attributes in which 'distance' is measured were expected");
  CHECK(one("{within: {km: 2, on: [x]}}") ==
        "s.yaml:2:22: 'on' cannot stand beside 'km', kilometres are measured along the great circle on lat, lon");
  CHECK(one("{within: {distance: 2, on: []}}") == "s.yaml:2:28: 'on' is empty, at least one attribute was expected");
  CHECK(one("{stochastic_block: {group: g, probability: {A: {A: 1.5}}}}") ==
        "s.yaml:2:52: 'A' is '1.5', a number from 0 to 1 was expected");
  CHECK(one("{stochastic_block: {group: g, probability: {A: 0.5}}}") ==
        "s.yaml:2:48: 'A' is '0.5', a map of groups to probabilities was expected");
  CHECK(one("{configuration: {degrees: d}, directed: true}") ==
        "s.yaml:2:41: ties of given degrees are undirected, leave out 'directed: true'");
}

TEST_CASE("timing and drawing anew") {
  CHECK(check_with("networks: {n: {nearest: {k: 1}, ties: current, redraw: scenario}},").errors.empty());
  CHECK(check_with("networks: {n: {file: t.csv, ties: lagged}},").scenario.networks[0].timing == TieTiming::lagged);
  for (std::string_view const kind :
       {"file: t.csv", "nearest: {k: 1}", "similar: {k: 1, on: [x]}", "within: {km: 1}", "same: language"}) {
    CHECK(complaint("networks: {n:\n{redraw: replicate, " + std::string(kind) + "}},") ==
          "s.yaml:2:10: the ties of 'n' are not random, 'redraw: replicate' is for ties that are drawn; leave it out");
  }
  CHECK(complaint("networks: {n: {nearest: {k: 1}, redraw: often}},") ==
        "s.yaml:1:42: 'redraw' is 'often', one of scenario, replicate was expected");
}

TEST_CASE("complete groups take no ties' keys, and only some mechanisms use them") {
  auto const one = [](std::string_view keys) {
    return complaint("networks: {n:\n{same: language, " + std::string(keys) + "}},");
  };
  CHECK(one("directed: false") ==
        "s.yaml:2:18: 'directed' means nothing for complete groups, leave it out: all in a group observe each other "
        "alike");
  CHECK(one("weight: {attribute: size}") ==
        "s.yaml:2:18: 'weight' means nothing for complete groups, leave it out: all in a group observe each other "
        "alike");
  CHECK(one("ties: lagged") == "s.yaml:2:24: complete groups hold at all times, leave out 'ties: lagged'");

  static constexpr Field fields[] = {{.name = "network", .kind = Kind::network}, {.name = "pool", .kind = Kind::pool}};
  static constexpr Schema lessons{"learning", "", "", "", fields}, imitation{"exposure", "", "", "", fields};
  static constexpr Schema const* known[] = {&lessons, &imitation};
  Complaints complaints;
  (void)validate({"s.yaml", FlowReader("{hansa: 1, time: {start: 1, end: 2}, cities: {file: c.csv},"
                                       "networks: {n: {same: language}, m: {nearest: {k: 1}}}, policies: {p: {"
                                       "baseline: 1, mechanisms: {\na: {learning: {network: n}},"
                                       "\nb: {exposure: {network: n}},\nc: {learning: {network: m}},"
                                       "\nd: {learning: {pool: {network: n}}}}}}}")
                                .read()},
                 known, complaints);
  REQUIRE(complaints.size() == 2);
  CHECK(format(complaints.errors()[0]) ==
        "s.yaml:2:25: 'learning' cannot use network 'n', whose complete groups are never stored as ties, only "
        "exposure, competition, log_adopters, scale can");
  CHECK(complaints.errors()[1].where.line == 5);
}
