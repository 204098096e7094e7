"""Collaborations that recruit and whose members pledge, through the commands that read a scenario."""

import json

from program import SCENARIO, Folder

CLUB = """\
collaborations:
  properties:
    club:
      members: {random: 12}
      recruit: {network: chance, hazard: {base: 0.005, share: 0.2}}
      pledge: {policy: led, needs: 5, from: 2001, deadline: 2007}
    still: {members: {random: 5}}
"""
JOINING = SCENARIO.replace("policies:", CLUB + "policies:") + """\
      good: {collective: {production: {power: 2}, collaborations: [club]}, strength: 1.5}
"""


class Memberships(Folder):
    def setUp(self):
        super().setUp()
        self.write("joining.yaml", JOINING)

    def refused(self, text, command="check"):
        self.write("wrong.yaml", text)
        ended = self.hansa(command, "wrong.yaml")
        self.assertEqual(ended.returncode, 2, ended.err)
        return ended.err

    def ran(self, *words):
        ended = self.hansa("run", *words, "--quiet", "--force", "-o", "out.h5")
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def test_members_and_pledges_are_told_and_kept(self):
        said = json.loads(self.ran("joining.yaml", "--json"))["collaborations"]
        self.assertEqual([each["name"] for each in said], ["club"])
        members = self.numbers("out.h5", "members")
        pledges, kept = self.numbers("out.h5", "pledges"), self.numbers("out.h5", "pledged_adoptions")
        self.assertEqual((len(members), len(pledges), len(kept)), (200, 200, 200))
        first, last = members[0::10], members[9::10]
        self.assertEqual(set(first), {12})
        self.assertTrue(all(a <= b for a, b in zip(first, last)) and sum(last) > sum(first))
        self.assertEqual(said[0]["members"]["high"] >= said[0]["members"]["median"] > 12, True)
        runs = [sum(kept[10 * r:10 * r + 10]) for r in range(20)]
        self.assertEqual(said[0]["pledges_kept"], sum(each > 0 for each in runs))
        self.assertGreater(said[0]["pledges_kept"], 0)
        self.assertTrue(all(each == 0 or each >= 5 for each in runs))
        self.assertIn("pledges to adopt led are kept in", self.hansa("run", "joining.yaml", "--force").out)
        self.assertNotIn("collaborations", json.loads(self.ran("lamps.yaml", "--json")))

    def test_threads_change_nothing_and_events_say_who_pledged(self):
        self.ran("joining.yaml", "--threads", "1", "--set", "output.events=true")
        alone = [self.numbers("out.h5", name) for name in ("adoption_time", "members", "event_kind")]
        kept = sum(self.numbers("out.h5", "pledged_adoptions"))
        self.ran("joining.yaml", "--threads", "4", "--set", "output.events=true")
        self.assertEqual(alone, [self.numbers("out.h5", name) for name in ("adoption_time", "members", "event_kind")])
        self.assertEqual(alone[2].count(6), kept)

    def test_a_hazard_of_0_is_none(self):
        none = "collaborations.properties.club.recruit.hazard"
        self.ran("joining.yaml", "--set", f"{none}.base=0", "--set", f"{none}.share=0")
        times = self.numbers("out.h5", "adoption_time")
        self.write("without.yaml", "\n".join(each for each in JOINING.split("\n") if "recruit:" not in each))
        self.ran("without.yaml")
        self.assertEqual(times, self.numbers("out.h5", "adoption_time"))

    def test_interventions_act_on_members_of_the_run(self):
        self.write("over.yaml", "hansa: 1\nbase: joining.yaml\n"
                   "interventions: [{at: 2005, dissolve: {collaboration: club}}]\n")
        self.ran("over.yaml")
        members = self.numbers("out.h5", "members")
        self.assertTrue(all(members[10 * r + 4] > 0 == members[10 * r + 5] for r in range(20)))
        self.write("left.yaml", "hansa: 1\nbase: joining.yaml\n"
                   "interventions: [{at: 2005, leave: {collaboration: club, cities: all}}]\n")
        self.ran("left.yaml")
        members = self.numbers("out.h5", "members")
        self.assertTrue(all(members[10 * r + 4] > 12 or members[10 * r + 5] < members[10 * r + 4] for r in range(20)))
        self.assertGreater(sum(members[9::10]), 0)
        ended = self.hansa("compare", "joining.yaml", "over.yaml", "--json", "--force", "-o", "c.h5")
        self.assertEqual(ended.returncode, 0, ended.err)

    def test_who_is_a_member_within_the_run_cannot_be_selected(self):
        seed = "interventions: [{at: %d, seed: {policy: led, cities: {members: club}}}]\n"
        told = self.refused(JOINING + seed % 2004)
        self.assertIn("who is a member of 'club' in 2004 is known only within the run", told)
        self.assertIn("select members in 2000, the first step", told)
        self.write("early.yaml", JOINING + seed % 2000)
        self.assertEqual(self.hansa("check", "early.yaml").returncode, 0)

    def test_contracts_that_cannot_be_kept_are_refused(self):
        told = self.refused(JOINING.replace("      recruit: {network: chance, hazard: {base: 0.005, share: 0.2}}\n", "")
                            .replace("needs: 5", "needs: 13"))
        self.assertIn("'club' needs 13 pledges, and has at most 12 members at a time", told)
        self.assertIn("fit", self.refused(JOINING, "fit"))

    def test_words_for_readers(self):
        self.assertIn("12 cities; recruits; pledges led", self.hansa("check", "joining.yaml").out)
        told = self.hansa("describe", "joining.yaml").out
        for words in ("**Joining `club`.**", "h_i(t) = 0.005 + 0.2 s_i(t)", "**Pledges in `club`.**",
                      "resistances to joining `club`", "Bagnoli, M. & Lipman, B. L. (1989)"):
            self.assertIn(words, told)
