"""`hansa report`: a page that stands by itself, says what the file says, and shows names as they are."""

import re
import unittest
from html.parser import HTMLParser

from program import SCENARIO, Folder

FUND = "hansa: 1\nbase: lamps.yaml\ninterventions: [{at: 2001, name: fund, cost: 600, seed: {policy: led, cities: {random: 4}}}]\n"
VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = "</title><script>alert(1)</script>&\"'"


class Page(HTMLParser):
    """What a page holds: elements with their attributes, tables by their captions, and all that is read."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.tables, self.words, self.faults = [], [], {}, "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "caption":
            self.caption = ""
        if tag == "tr":
            self.row = []
        if tag in ("td", "th"):
            self.row.append("")

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)
        if tag == "caption":
            self.tables[self.caption] = []
        if tag == "tr":
            self.tables[self.caption].append(self.row)

    def handle_data(self, data):
        if "style" in self.open:
            return
        self.words += data
        if "caption" in self.open:
            self.caption += data
        elif "table" in self.open and self.open[-1] in ("td", "th"):
            self.row[-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


class Report(Folder):
    def setUp(self):
        super().setUp()
        places = "id,name,lat,lon\n" + "".join(f"c{k:02},Place {k},{k},{2 * k}\n" for k in range(49))
        hostile = HOSTILE.replace('"', '""')
        self.write("cities.csv", places + f'<c&49>,"{hostile}",10,200e-1\n')
        self.write("lamps.yaml", SCENARIO.replace("generate: 50", "file: cities.csv").replace("title: Lamps", "title: Lamps <&> more"))
        self.write("fund.yaml", FUND.replace("{random: 4}", "['<c&49>', c01, c02]"))

    def compare(self, *words):
        ended = self.hansa("compare", "lamps.yaml", *(words or ("fund.yaml",)), "--replicates", "60", "--quiet", "-o", "c.h5")
        self.assertEqual(ended.returncode, 0, ended.err)

    def report(self, *words, code=0):
        ended = self.hansa("report", *words)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def page(self):
        self.report("c.h5", "-o", "page.html", "--force")
        text = (self.folder / "page.html").read_text(encoding="utf-8")
        page = Page(text)
        self.assertEqual((page.faults, page.open), ([], []))
        return text, page

    def test_the_page_needs_nothing_else(self):
        self.compare()
        text, page = self.page()
        self.assertNotRegex(text, r"https?://|@import|url\(|<script|<iframe| on[a-z]+=")
        for tag, attributes in page.elements:
            for name in ("src", "href", "srcset", "data", "action", "xlink:href"):
                self.assertRegex(attributes.get(name) or "#", r"^(#|data:,$)", (tag, attributes))
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertTrue({link["href"][1:] for link in page.all("a")} <= set(ids))
        self.assertEqual(page.all("html"), [{"lang": "en"}])

    def test_headings_pictures_and_tables_can_be_read_aloud(self):
        self.compare()
        _, page = self.page()
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        self.assertEqual(levels[0], 1)
        self.assertEqual(levels.count(1), 1)
        self.assertTrue(all(after <= before + 1 for before, after in zip(levels, levels[1:])))
        pictures = [each for each in page.all("svg") if each.get("role") == "img"]
        self.assertEqual(len(pictures), 3)
        ids = {attributes.get("id") for _, attributes in page.elements}
        for picture in pictures:
            self.assertTrue(set(picture["aria-labelledby"].split()) <= ids)
        self.assertTrue(all("aria-hidden" in each for each in page.all("svg") if each not in pictures))
        self.assertEqual(len(page.all("caption")), len(page.all("table")))
        self.assertTrue(all(each.get("scope") in ("row", "col") for each in page.all("th")))
        self.assertTrue(all(each.get("tabindex") == "0" for each in page.all("div") if each.get("class") == "scroll"))

    def test_numbers_are_those_of_the_file(self):
        self.compare()
        _, page = self.page()
        rows = page.tables["Adopters of led"][1:]
        means, quantiles = self.numbers("c.h5", "adopters_mean"), self.numbers("c.h5", "adopters_quantile")
        self.assertEqual([row[0] for row in rows], [str(year) for year in range(2000, 2010)])
        for k, row in enumerate(rows):
            for column, expected in ((1, means[k]), (2, quantiles[3 * k]), (3, quantiles[3 * k + 2]),
                                     (4, means[10 + k]), (5, quantiles[30 + 3 * k]), (6, quantiles[30 + 3 * k + 2])):
                self.assertAlmostEqual(float(row[column]), expected, delta=0.051)
        difference = page.tables["Difference: fund less lamps"][1:]
        for row, expected in zip(difference, self.numbers("c.h5", "adopters_difference")):
            self.assertAlmostEqual(float(row[1]), expected, delta=0.051)
        chance, funded = self.numbers("c.h5", "adoption_chance"), self.numbers("c.h5", "funded")
        self.assertEqual(sum(funded), 3)
        named = next(rows for caption, rows in page.tables.items() if caption.startswith("Not funded, "))[1:]
        moved = sorted((chance[50 + k] - chance[k] for k in range(50) if not funded[k]), key=abs, reverse=True)
        for row, expected in zip(named, moved):
            k = int(row[0].split()[1])
            self.assertEqual([row[1], row[2]], [f"{chance[k]:.2f}", f"{chance[50 + k]:.2f}"])
            self.assertAlmostEqual(abs(chance[50 + k] - chance[k]), abs(expected))
        files = dict(next(rows for caption, rows in page.tables.items() if caption.startswith("Files that were read"))[1:])
        self.assertEqual("".join(f"{digest}  {file}\n" for file, digest in sorted(files.items())), self.attribute("c.h5", "input_sha256"))

    def test_findings_are_those_of_compare(self):
        out = self.hansa("compare", "lamps.yaml", "fund.yaml", "--replicates", "60", "-o", "c.h5").out
        finding = " ".join(re.search(r"(?ms)^fund, led: .*?\n\n", out).group().split())
        self.assertIn(finding, " ".join(self.page()[1].words.split()))

    def test_names_are_shown_as_they_are(self):
        self.compare()
        text, page = self.page()
        self.assertIn(HOSTILE, page.words)
        self.assertIn("Lamps <&> more", page.words)
        self.assertNotIn(HOSTILE, text)
        self.assertEqual(page.all("script"), [])
        self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f]")

    def test_several_what_ifs_have_a_section_each_and_no_map_is_said(self):
        self.write("lamps.yaml", SCENARIO)
        self.write("fund.yaml", FUND)
        self.compare("fund.yaml", "--knock-out", "all")
        _, page = self.page()
        self.assertEqual([each["id"] for each in page.all("h2")], ["findings", "s1", "s2", "sure", "origin"])
        self.assertIn("without imitation against lamps: led", page.words)

    def test_the_page_says_where_strengths_come_from(self):
        self.compare()
        self.assertIn("Strengths are as the scenario states them", self.page()[1].words)

    def test_what_is_no_comparison_is_refused_and_nothing_is_lost(self):
        self.compare()
        self.assertTrue(self.report("c.h5").out.startswith("<!DOCTYPE html>"))
        self.write("page.html", "precious")
        self.assertRegex(self.report("c.h5", "-o", "page.html", code=2).err, "page.html.*--force")
        self.assertRegex(self.report("c.h5", "-o", "c.h5", "--force", code=2).err, "is an input of this command")
        self.assertRegex(self.report("lamps.yaml", "-o", "other.html", code=2).err,
                         "^error: lamps.yaml: is no HDF5 file, a file that hansa compare wrote was expected")
        self.assertRegex(self.report("none.h5", code=2).err, "^error: none.h5: there is no such file")
        self.assertEqual(self.hansa("run", "lamps.yaml", "--quiet", "-o", "run.h5").returncode, 0)
        self.assertRegex(self.report("run.h5", "-o", "page.html", "--force", code=2).err, "run.h5: holds no comparison")
        data = bytearray((self.folder / "c.h5").read_bytes())
        data[len(data) // 2] ^= 4
        (self.folder / "c.h5").write_bytes(data)
        ended = self.report("c.h5", "-o", "page.html", "--force", code=2)
        self.assertRegex(ended.err, "^error: c.h5: ")
        self.assertEqual((self.folder / "page.html").read_text(), "precious")
        self.assertNotIn("page.html.part", self.names())
        self.assertNotIn("other.html", self.names())


if __name__ == "__main__":
    unittest.main()
