"""Budgets, fees and ties that live, through the commands that read a scenario."""

import json

from program import SCENARIO, Folder

MONEY = SCENARIO.replace("    mechanisms:", "    cost: {amount: 5}\n    mechanisms:") + """\
resources: {initial: 1, income: 1, growth: 0.02, returns: {network: chance, per_tie: 0.5}}
collaborations: {properties: {club: {members: {random: 10}, fee: {amount: 0.5}}}}
"""


class Budgets(Folder):
    def setUp(self):
        super().setUp()
        self.write("money.yaml", MONEY)
        self.living = ["--set", "networks.chance.dynamics={decay: 0.1, reinforce: 0.5, floor: 0.2, visits: {rate: 0.3}}"]

    def run_it(self, *words):
        ended = self.hansa("run", "money.yaml", "--quiet", "--force", "-o", "out.h5", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return {name: self.numbers("out.h5", name) for name in ("adoption_time", "budget", "ties_used", "fees")}

    def test_nobody_adopts_before_it_can_pay(self):
        made = self.run_it()
        # 1 at the start and about 1 a year: 5 at the end of the fourth year, so that 2004 is the first.
        after = [time for time in made["adoption_time"] if time >= 2000]
        self.assertGreater(len(after), 20)
        self.assertEqual(min(after), 2004)
        self.assertEqual(set(made["fees"]), {5.0})
        self.assertGreater(sum(made["ties_used"]), 0)

    def test_threads_change_nothing(self):
        for words in ([], self.living):
            self.assertEqual(self.run_it("--threads", "1", *words), self.run_it("--threads", "4", *words))

    def test_the_end_is_told(self):
        answer = json.loads(self.hansa("run", "money.yaml", "--json", "--force", "-o", "out.h5").out)
        self.assertEqual([each["group"] for each in answer["resources"]["budgets"]], [None])
        self.assertEqual(answer["resources"]["fees"]["median"], 50)
        self.assertGreater(answer["resources"]["ties_used"]["median"], 0)
        told = self.hansa("run", "money.yaml", "--force", "-o", "out.h5").out
        self.assertRegex(told, r"a city has [-0-9.]+ at the end \(median")

    def test_ties_are_kept_on_request(self):
        ended = self.hansa("run", "money.yaml", "--quiet", "--force", "-o", "out.h5", "--set", "output.ties=true",
                           *self.living)
        self.assertEqual(ended.returncode, 0, ended.err)
        count, strength = self.numbers("out.h5", "tie_count"), self.numbers("out.h5", "tie_strength")
        self.assertLess(min(strength), 0.9)
        self.assertGreaterEqual(min(strength), 0.2)
        self.assertNotEqual(count[0], count[5])

    def test_fits_take_budgets_and_no_visits(self):
        ended = self.hansa("fit", "money.yaml", *self.living)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("visits begin ties of 'chance' by chance, and no data tell which", ended.err)
        self.run_it()
        ended = self.hansa("fit", "money.yaml", "--histories", "out.h5", "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertGreater(json.loads(ended.out)["histories"]["led"]["fitted"], 0)

    def test_pools_follow_ties_that_live(self):
        self.write("money.yaml", MONEY.replace("    mechanisms:\n",
                                               "    mechanisms:\n      others: {log_adopters: {pool: {network: chance}}}\n"))
        self.assertEqual(self.hansa("check", "money.yaml").returncode, 0)
        self.assertEqual(self.hansa("check", "money.yaml", *self.living).returncode, 0)
