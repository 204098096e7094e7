"""`hansa run`: the file, the table, JSON, progress in a log and on a terminal."""

import contextlib
import json
import os
import pty
import subprocess
import time
import unittest

from program import LONG, SCENARIO, Folder


class Run(Folder):
    def test_a_run_writes_the_file_and_tells_what_came_out(self):
        ended = self.hansa("run", "lamps.yaml")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.names(), ["lamps.h5", "lamps.yaml"])
        self.assertEqual(self.attribute("lamps.h5", "complete"), 1)
        lines = ended.out.splitlines()
        self.assertEqual(lines[0], "Lamps")
        self.assertEqual(lines[-1], "result: lamps.h5")
        self.assertRegex(ended.out, r"\n  adopters in 2009 +\d+ +\d+ +\d+\n")
        self.assertRegex(ended.out, r"adoptions attributed to: .*imitation \d+")

    def test_json_agrees_with_the_file(self):
        ended = self.hansa("run", "lamps.yaml", "--json", "-o", "other.h5")
        answer = json.loads(ended.out)
        self.assertEqual((answer["file"], answer["complete"], answer["replicates"]), ("other.h5", True, 20))
        adopters = self.numbers("other.h5", "adopters")
        final = sorted(adopters[9::10])
        self.assertEqual(len(final), 20)
        self.assertEqual(answer["policies"][0]["adopters"]["median"], (final[9] + final[10]) / 2)

    def test_data_are_compared_with_the_same_cities_in_the_simulation(self):
        self.write("led.csv", "city,year\nc0,1999\nc1,2001\nc2,2004\nc30,2006\nc40,2005\n")
        known = [f"c{k}" for k in range(20)] + ["c30"]
        self.write("beside.yaml", SCENARIO.replace(
            "{random: 5}", "{file: led.csv, until: 2002, coverage: [" + ", ".join(known[:20]) + "]}\n"
            "    at_risk: {cities: {not: [c40]}}"))
        for histories in ("true", "false"):
            ended = self.hansa("run", "beside.yaml", "--json", "--set", f"output.histories={histories}",
                               "-o", f"{histories}.h5")
            self.assertEqual(ended.returncode, 0, ended.err)
            policy = json.loads(ended.out)["policies"][0]
            compared = policy["compared"]
            self.assertEqual((policy["at"], compared["at"]), (2009, 2006))
            self.assertEqual((compared["cities"], compared["observed"], compared["observed_elsewhere"]), (21, 4, 1))
            if histories == "true":
                ids = [name.decode() for name in self.numbers("true.h5", "city_id")]
                times = self.numbers("true.h5", "adoption_time")
                last = self.numbers("true.h5", "observed_adopters")[6]
                counts = sorted(
                    sum(-1 << 31 < times[50 * replicate + k] <= 2006 for k in range(50) if ids[k] in known)
                    for replicate in range(20))
            self.assertEqual(compared["adopters"]["median"], (counts[9] + counts[10]) / 2)
            self.assertEqual(last, compared["observed"])
        self.assertGreater(counts[-1], counts[0])
        table = self.hansa("run", "beside.yaml", "-o", "table.h5").out
        self.assertRegex(table, r"\n  adopters in 2009 +\d+ +\d+ +\d+\n")
        self.assertRegex(table, r"\nled in 2006, where the data tell .*observed\n  adopters among 21 cities .* 4\n")
        replayed = self.hansa("run", "beside.yaml", "--set", "policies.led.adopters.until=2006", "-o", "all.h5").out
        self.assertIn("adopters in 2009", replayed)
        self.assertNotIn("where the data tell", replayed)

    def test_what_is_paid_is_in_the_file_the_table_and_json(self):
        costs = SCENARIO.replace("hansa: 1", "hansa: 1\ncurrency: EUR").replace(
            "    mechanisms:", "    cost: {amount: 1000, per: once}\n    mechanisms:\n"
            "      price: {scale: {pool: all, progress_ratio: 0.9}, strength: 1}")
        self.write("costs.yaml", costs + "interventions:\n  - {at: 2002, until: 2005, name: fund, "
                                         "subsidy: {policy: led, share: 25 %, budget: 4000}}\n")
        ended = self.hansa("run", "costs.yaml", "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        answer = json.loads(ended.out)
        spending, paid = self.numbers("costs.h5", "spending"), self.numbers("costs.h5", "subsidies")
        totals = sorted(sum(spending[10 * r:10 * r + 10]) for r in range(20))
        self.assertAlmostEqual(answer["policies"][0]["cost"]["spending"]["median"], (totals[9] + totals[10]) / 2, 6)
        prices = self.numbers("costs.h5", "unit_cost")
        self.assertAlmostEqual(answer["policies"][0]["cost"]["last"], sum(prices[9::10]) / 20, 6)
        self.assertEqual(answer["currency"], "EUR")
        fund = answer["subsidies"][0]
        self.assertEqual((fund["name"], fund["at"], fund["until"]), ("fund", 2002, 2005))
        self.assertGreater(fund["paid"]["median"], 0)
        self.assertEqual(sum(paid[0::10]) + sum(paid[1::10]) + sum(paid[6::10]), 0)
        for replicate, spent in enumerate(self.numbers("costs.h5", "budget_spent")):
            all_of_it = sum(paid[10 * replicate:10 * replicate + 10])
            self.assertEqual(spent > 0, all_of_it >= 4000 * (1 - 1e-9))
        self.assertEqual(self.attribute("costs.h5", "currency"), "EUR")
        table = self.hansa("run", "costs.yaml", "-o", "table.h5").out
        self.assertRegex(table, r"cities spend \d+ EUR on it in all \(median; 5 to 95 %: \d+ to \d+\)")
        self.assertRegex(table, r"it costs a city \d+ EUR in 2000 and \d+ EUR in 2009")
        self.assertRegex(table, r"fund from 2002 to 2005: pays \d+ EUR")
        plain = self.hansa("run", "lamps.yaml").out
        self.assertNotIn("spend", plain)

    def test_options_go_before_the_scenario(self):
        answer = json.loads(self.hansa("run", "lamps.yaml", "--json", "--replicates", "3", "--set", "seed=8").out)
        self.assertEqual(answer["replicates"], 3)
        self.assertEqual(len(self.numbers("lamps.h5", "adopters")), 30)
        self.assertIn("replicates: 3", self.attribute("lamps.h5", "scenario"))

    def test_equal_runs_give_equal_bytes_for_any_number_of_threads(self):
        for events in ("false", "true"):
            for threads in ("1", "3"):
                ended = self.hansa("run", "lamps.yaml", "--reproducible", "--force", "--threads", threads, "-o", f"{threads}.h5",
                                   "--set", f"output.events={events}")
                self.assertEqual(ended.returncode, 0, ended.err)
            self.assertEqual((self.folder / "1.h5").read_bytes(), (self.folder / "3.h5").read_bytes())
        self.assertEqual(len(self.numbers("1.h5", "event_time")), sum(time >= 2000 for time in self.numbers("1.h5", "adoption_time")))
        self.assertEqual(set(self.numbers("1.h5", "event_kind")), {0})

    def test_threads_bound_the_building_of_the_world_too(self):
        # What ran side by side shows in processor time: each second of N threads costs N seconds of it at most.
        for asked in (1, 2):
            running = self.start("run", "lamps.yaml", "--threads", str(asked), "--replicates", "1", "-o", f"{asked}.h5",
                                 "--set", "cities.generate=400000", "--set", "networks.chance.erdos_renyi.degree=20",
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            begun = time.monotonic()
            _, status, used = os.wait4(running.pid, 0)
            lasted = time.monotonic() - begun
            running.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(running.returncode, 0)
            self.assertGreater(used.ru_utime, 0.1, "too little work to judge by")
            self.assertLess(used.ru_utime + used.ru_stime, asked * lasted + 0.05)

    def test_an_existing_file_is_refused_and_left_alone(self):
        self.write("lamps.h5", "precious")
        ended = self.hansa("run", "lamps.yaml")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertRegex(ended.err, r"^error: lamps\.h5: .*--force.*\n$")
        self.assertEqual((self.folder / "lamps.h5").read_text(), "precious")
        self.assertEqual(self.names(), ["lamps.h5", "lamps.yaml"])

    def test_force_replaces_it(self):
        self.write("lamps.h5", "precious")
        self.assertEqual(self.hansa("run", "lamps.yaml", "--force").returncode, 0)
        self.assertEqual(self.attribute("lamps.h5", "complete"), 1)

    def test_quiet_says_nothing(self):
        ended = self.hansa("run", "lamps.yaml", "--quiet")
        self.assertEqual((ended.returncode, ended.out, ended.err), (0, "", ""))

    def test_a_log_has_dated_lines_and_no_escapes(self):
        ended = self.hansa("run", "lamps.yaml")
        self.assertRegex(ended.err, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 20 of 20 replicates, 100 %, .* a second\n$")
        self.assertNotIn("\x1b", ended.err + ended.out)
        self.assertNotIn("\r", ended.err + ended.out)

    def test_a_long_run_writes_a_line_every_few_seconds(self):
        self.write("long.yaml", LONG)
        running = self.start("run", "long.yaml")
        line = running.stderr.readline().decode()
        self.assertRegex(line, r" \d+ of 200000 replicates, \d+ %, .* a second, .* left\n$")

    def test_a_terminal_gets_a_bar_that_goes_away(self):
        master, terminal = pty.openpty()
        self.addCleanup(os.close, master)
        ended = self.hansa("run", "lamps.yaml", stderr=terminal, env={**os.environ, "TERM": "xterm"})
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while piece := os.read(master, 100000):
                shown += piece
        shown = shown.decode()
        self.assertEqual(ended.returncode, 0)
        self.assertIn("20 of 20 replicates, 100 %", shown)
        self.assertIn("###", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"), repr(shown[-80:]))

    def test_a_mistake_stops_before_anything_is_written(self):
        self.write("wrong.yaml", SCENARIO.replace("degree: 6", "degree: 6000"))
        ended = self.hansa("run", "wrong.yaml", "-o", "wrong.h5")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertRegex(ended.err, r"^error: wrong\.yaml:9:\d+: .+\n$")
        self.assertEqual(self.names(), ["lamps.yaml", "wrong.yaml"])


if __name__ == "__main__":
    unittest.main()
