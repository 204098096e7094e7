/// Lays out the page.
#include "tell/page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tell/comparison.hpp"
#include "tell/html.hpp"
#include "tell/page_origin.hpp"
#include "tell/page_sections.hpp"
#include "tell/page_style.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_dots = 20'000;        ///< of the page
constexpr std::size_t most_dots_on_one = 4'000;  ///< of a map

std::vector<PageSection> sections_of(Comparison const& comparison) {
  std::vector<PageSection> made;
  if (comparison.replicates == 0) return made;
  std::size_t const count = comparison.what_ifs.size() * comparison.policies.size();
  std::size_t const dots = std::clamp<std::size_t>(most_dots / count, 1, most_dots_on_one);
  for (std::size_t k = 0; k < comparison.what_ifs.size(); ++k)
    for (std::size_t p = 0; p < comparison.policies.size(); ++p)
      made.push_back({k, p, fmt::format("s{}", made.size() + 1), dots});
  return made;
}

std::string title_of(ComparisonRecord const& record) {
  std::vector<std::string> const& names = record.comparison.scenarios;
  return record.title.empty() ? fmt::format("{}: what if?", names[0]) : fmt::format("{}: what if?", record.title);
}

std::string head(std::string const& title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"hansa report\">\n<link "
      "rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
      html_text(title), page_style());
}

std::string navigation(Comparison const& comparison, std::vector<PageSection> const& sections) {
  std::string text = "<nav aria-label=\"Contents\"><ul>\n<li><a href=\"#findings\">Findings</a></li>\n";
  for (PageSection const& each : sections)
    text += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", each.id, html_text(section_title(comparison, each)));
  return text +
         "<li><a href=\"#sure\">How sure is this?</a></li>\n<li><a href=\"#origin\">Where the numbers come "
         "from</a></li>\n</ul></nav>\n";
}

/// What must be known before anything is read.
std::string cautions(ComparisonRecord const& record) {
  Comparison const& of = record.comparison;
  std::string text;
  if (!record.complete)
    text += fmt::format("<p class=\"warn\">This comparison was not finished: it has {} of {} replicates.</p>\n",
                        of.replicates, record.asked);
  if (of.failed > 0)
    text += fmt::format("<p class=\"warn\">{} of {} replicates failed in some scenario, and are left out.</p>\n",
                        of.failed, record.asked);
  return text;
}

std::string findings(ComparisonRecord const& record, std::vector<PageSection> const& sections) {
  ComparisonFacts facts;
  facts.asked = record.asked;
  facts.currency = record.currency;
  facts.strengths = strengths_of(record);
  std::string text = "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n" + cautions(record);
  if (sections.empty()) text += html_paragraph("No replicate was finished in all scenarios.");
  for (PageSection const& each : sections)
    text += html_paragraph(finding_words(record.comparison, facts, each.what_if, each.policy));
  return text + fmt::format("<p class=\"soft\">{}</p>\n</section>\n", html_text(strengths_words(facts.strengths)));
}

}  // namespace

std::string comparison_page(ComparisonRecord const& record) {
  Comparison const& of = record.comparison;
  std::vector<PageSection> const sections = sections_of(of);
  std::string const title = title_of(record);
  std::string text = head(title);
  text += fmt::format(
      "<header>\n<h1>{}</h1>\n<p class=\"soft\">{} simulated cities, {} to {}, {} runs of each "
      "scenario</p>\n</header>\n",
      html_text(title), of.cities, of.clock.start, of.clock.end, of.replicates);
  text += navigation(of, sections) + "<main>\n" + findings(record, sections);
  for (PageSection const& each : sections) text += what_if_section(record, each);
  text += sureness_section(record) + origin_section(record) + "</main>\n";
  return text + fmt::format(
                    "<footer>Written by hansa {}. This page needs no network and no other file.</footer>\n"
                    "</body>\n</html>\n",
                    html_text(record.engine_version));
}

}  // namespace hansa
