"""Own experience, own belief, reinvention and averages of beliefs, through the commands that read a scenario."""

import json

from program import SCENARIO, Folder

LEARNED = SCENARIO.replace("imitation: {exposure: {network: chance}, strength: 4}",
                           "lessons: {learning: {network: chance, own_precision: 2}, strength: 2}") \
                  .replace("    adopters:", "    cost: {amount: 10}\n    merit: {mean: 1, spread: 0.5}\n"
                           "    abandonment: {logit: {base: -2, own_belief: 1}}\n"
                           "    reinvention: {probability: 30 %, gain: 0.5, cost: 0.2}\n    adopters:")
AVERAGED = LEARNED.replace("own_precision: 2", "model: degroot, prior: {spread: 1}")
POLICY = "policies.led"
LEARNING = f"{POLICY}.mechanisms.lessons.learning"


class Lessons(Folder):
    def setUp(self):
        super().setUp()
        self.write("learned.yaml", LEARNED)
        self.write("averaged.yaml", AVERAGED)

    def complaint(self, scenario, *settings):
        words = [word for each in settings for word in ("--set", each)]
        ended = self.hansa("check", scenario, *words)
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        return ended.err

    def test_sound_scenarios_are_taken(self):
        for scenario in ("learned.yaml", "averaged.yaml"):
            ended = self.hansa("check", scenario)
            self.assertEqual((ended.returncode, ended.err), (0, ""))
            self.assertIn("lessons (learning)", ended.out)

    def test_what_is_of_the_other_model_is_refused_by_name(self):
        self.assertIn("'own_precision' is of the model normal, 'model: normal', or no own_precision, was expected",
                      self.complaint("averaged.yaml", f"{LEARNING}.own_precision=1"))
        self.assertIn("'noise' is of the model normal", self.complaint("averaged.yaml", f"{LEARNING}.noise=none"))
        self.assertIn("'openness' is of the model degroot", self.complaint("learned.yaml", f"{LEARNING}.openness=0.5"))
        self.assertRegex(self.complaint("averaged.yaml", f"{LEARNING}.openness=2"), "'openness' is '2', .*from 0 to 1")
        self.assertIn("did you mean 'degroot'?", self.complaint("averaged.yaml", f"{LEARNING}.model=degrot"))

    def test_beliefs_and_reinvention_need_something_to_go_by(self):
        self.assertRegex(self.complaint("lamps.yaml", f"{POLICY}.abandonment={{logit: {{base: -2, own_belief: 1}}}}"),
                         "'own_belief' of 'led' has nothing to go by, a mechanism of the kind 'learning' was expected")
        self.assertRegex(self.complaint("lamps.yaml", f"{POLICY}.reinvention={{probability: 0.5, gain: 1}}"),
                         "'reinvention' of 'led' has nothing to change, a mechanism of the kind 'learning'")
        self.assertRegex(self.complaint("learned.yaml", f"{POLICY}.reinvention.probability=1.5"),
                         "'probability' is '1.5', a number from 0 to 1")
        dated = LEARNED + "interventions: [{at: 2003, set: {policies.led.mechanisms.lessons.learning.prior.mean: 1}}]\n"
        self.write("dated.yaml", dated)
        self.assertRegex(self.complaint("dated.yaml"), "cannot be set at a date.*beliefs have moved on from a prior")

    def test_a_fit_refuses_what_nobody_observed(self):
        self.write("led.csv", "city,year\nc1,2003\n")
        ended = self.hansa("fit", "learned.yaml", "--set", f"{POLICY}.adopters={{file: led.csv}}")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("'lessons' cannot be fitted: learning keeps what no data tell", ended.err)

    def test_beliefs_that_do_not_settle_are_told(self):
        # Two cities that hear nobody but each other.
        self.write("ties.csv", "source,target\nc0,c1\nc1,c0\n")
        self.write("pair.yaml", AVERAGED.replace("{erdos_renyi: {degree: 6}}", "{file: ties.csv}"))
        closed = ("--set", f"{POLICY}.at_risk={{cities: [c5]}}", "--set", f"{POLICY}.adopters=[c4]")
        words = ("run", "pair.yaml", "--force", "-o", "out.h5", *closed)
        ended = self.hansa(*words)
        self.assertIn("beliefs have settled in the end in 0 of 20 replicates; in 20 they go round with period 2, "
                      "and\n    would not settle\n", ended.out)
        self.assertEqual(self.numbers("out.h5", "belief_period"), [2] * 20)
        answer = json.loads(self.hansa(*words, "--json").out)
        self.assertEqual(answer["policies"][0]["beliefs"],
                         {"settled": 0, "circling": [{"period": 2, "replicates": 20}], "moving": 0})
        open_half = (*words, "--set", f"{LEARNING}.openness=0.5")
        self.assertIn("beliefs have settled in the end in all replicates", self.hansa(*open_half).out)
        self.assertEqual(self.numbers("out.h5", "belief_period"), [1] * 20)
        self.hansa("run", "learned.yaml", "--quiet", "--force", "-o", "out.h5")
        with self.assertRaises(KeyError):
            self.numbers("out.h5", "belief_period")

    def test_learning_is_knocked_out_of_leaving_too(self):
        answer = json.loads(self.hansa("compare", "learned.yaml", "--knock-out", "lessons", "--quiet", "--force", "--json",
                                       "--replicates", "200", "-o", "out.h5").out)
        self.assertEqual([each["name"] for each in answer["scenarios"]][-1], "without lessons")
