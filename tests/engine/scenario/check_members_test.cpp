/// Tests of scenario/check_members, and of how recruiting and pledges are read.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

std::string const useful_led = "{led: {baseline: -5, mechanisms: {good: {collective: {production: {step: 0.5}}}}}}";

constexpr Field good_fields[] = {{.name = "production", .kind = Kind::shape},
                                 {.name = "collaborations", .kind = Kind::collaborations}};
constexpr Schema good_schema{"collective", "", "", "", good_fields};
constexpr Schema const* kinds_of_members[] = {&good_schema, &exposure};

Checked checked_club(std::string const& properties, std::string const& policies = useful_led) {
  return check_with(
      "networks: {ties: {file: t.csv}, tongue: {same: language}}, collaborations: {file: m.csv, properties: {club: {" +
          properties + "}}},",
      policies, kinds_of_members);
}

std::string told_of_club(std::string const& properties, std::string const& policies = useful_led) {
  return lines(checked_club(properties, policies).errors);
}

std::string warned_of_club(std::string const& properties, std::string const& policies = useful_led) {
  Checked const checked = checked_club(properties, policies);
  CHECK(lines(checked.errors) == "");
  return lines(checked.warnings);
}

bool mentions(std::string const& text, std::string_view part) {
  CAPTURE(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("recruiting and pledges are read with their defaults") {
  Checked const both = checked_club(
      "recruit: {network: ties, hazard: {base: 0.01}}, pledge: {policy: led, needs: 20, from: 2001, deadline: 2004}");
  CHECK(lines(both.errors) == "");
  CollaborationProperties const& club = both.scenario.collaborations.properties.at(0);
  CHECK(club.recruit->network.name == "ties");
  CHECK(club.recruit->base == 0.01);
  CHECK(club.recruit->share == 0);
  CHECK(club.pledge->policy.name == "led");
  CHECK(club.pledge->members == 20);
  CHECK(club.pledge->from == 2001);
  CHECK(club.pledge->deadline == 2004);
  Checked const share = checked_club("pledge: {policy: led, needs: {share: 0.3}}");
  CHECK(lines(share.errors) == "");
  PledgeSpec const& pledge = share.scenario.collaborations.properties.at(0).pledge.value();
  CHECK(pledge.members == 0);
  CHECK(pledge.share == 0.3);
  CHECK_FALSE(pledge.from);
  CHECK_FALSE(share.scenario.collaborations.properties.at(0).recruit);
}

TEST_CASE("mistakes in recruiting have a place and a mend") {
  CHECK(mentions(told_of_club("recruit: {hazard: {base: 1}}"), "'network' is missing in 'recruit'"));
  CHECK(mentions(told_of_club("recruit: {network: ties}"), "'hazard' is missing in 'recruit'"));
  CHECK(mentions(told_of_club("recruit: {network: tie, hazard: {base: 1}}"), "unknown network 'tie', one of ties"));
  CHECK(
      mentions(told_of_club("recruit: {network: ties, hazard: {base: -1}}"), "'base' is '-1', a number from 0 to 64"));
  CHECK(mentions(told_of_club("recruit: {network: ties, hazard: {shares: 1}}"), "did you mean 'share'?"));
  CHECK(mentions(told_of_club("recruit: {network: tongue, hazard: {base: 1}}"),
                 "'recruit' cannot use network 'tongue', whose complete groups are never stored as ties"));
  CHECK(mentions(told_of_club("dissolved: 2001, recruit: {network: ties, hazard: {base: 1}}"),
                 "'club' recruits and is dissolved in 2001, before anybody could have joined, 'dissolved' after 2001"));
  CHECK(told_of_club("dissolved: 2002, recruit: {network: ties, hazard: {base: 1}}").empty());
  CHECK(mentions(warned_of_club("recruit: {network: ties, hazard: {}}"), "nobody ever joins 'club' within the run"));
}

TEST_CASE("mistakes in pledges have a place and a mend") {
  CHECK(mentions(told_of_club("pledge: {needs: 2}"), "'policy' is missing in 'pledge'"));
  CHECK(mentions(told_of_club("pledge: {policy: led}"), "'needs' is missing in 'pledge'"));
  CHECK(mentions(told_of_club("pledge: {policy: lead, needs: 2}"),
                 "unknown policy 'lead', led was expected; did you mean 'led'?"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: 0}"), "'needs' is '0', a whole number from 1"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: {share: 1.5}}"),
                 "'share' is '1.5', a number above 0 and at most 1"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: {part: 1}}"), "unknown key 'part'"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: [2]}"),
                 "'needs' is a list, a number of members or {share: s}"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: 2, from: 2005, deadline: 2003}"),
                 "the pledges of 'club' lapse after 2003, before members can make them in 2005"));
  CHECK(
      mentions(told_of_club("pledge: {policy: led, needs: 2, from: 1999}"), "'from' of the pledges of 'club' is 1999"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: 2, deadline: 2011}"),
                 "a step from 2000 to 2010 was expected"));
  CHECK(mentions(told_of_club("pledge: {policy: led, needs: 2, from: 2010}"), "pledges are kept in the step after"));
  CHECK(mentions(told_of_club("dissolved: 2003, pledge: {policy: led, needs: 2, from: 2002}"),
                 "it is dissolved in 2003"));
  CHECK(told_of_club("dissolved: 2004, pledge: {policy: led, needs: 2, from: 2002}").empty());
}

TEST_CASE("pledges of policies without hazards, or that nobody decides on, are refused") {
  std::string const club = "pledge: {policy: led, needs: 2, deadline: 2004}";
  CHECK(mentions(told_of_club(club, "{led: {rule: threshold, threshold: 0.5}}"),
                 "whose rule is threshold, a rule with hazards"));
  CHECK(mentions(told_of_club(club, "{led: {rule: cascade, mechanisms: {m: {exposure: {network: ties}}}}}"),
                 "whose rule is cascade"));
  CHECK(mentions(told_of_club(club, "{led: {baseline: -5, adopters: {file: a.csv, until: 2004}}}"),
                 "lapse after 2004, and nobody decides on 'led' until 2004"));
  CHECK(mentions(warned_of_club(club, "{led: {baseline: -5}}"), "no collective mechanism of policy 'led' sees 'club'"));
  CHECK(mentions(warned_of_club(club,
                                "{led: {baseline: -5, mechanisms: {good: {collective: {production: {step: 0.5}, "
                                "collaborations: [other]}}}}}"),
                 "no collective mechanism"));
  CHECK_FALSE(mentions(warned_of_club(club), "no collective mechanism"));
}
