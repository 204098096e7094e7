/// Reads files, and lays them into the template of the page.
#include "tell/page.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/version.hpp"
#include "tell/page_parts.hpp"
#include "tell/page_template.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_scenario_bytes_told = 200'000;

/// In the order in which kinds of files are told.
int rank_of(Contents kind) {
  switch (kind) {
    case Contents::comparison:
      return 0;
    case Contents::result:
      return 1;
    case Contents::sweep:
      return 2;
    case Contents::estimates:
      return 3;
    case Contents::statistics:
      return 4;
  }
  return 5;
}

void add_file(PageJson& to, PagedFile const& file) {
  switch (file.contents.kind) {
    case Contents::comparison:
      return page_comparison(to, file);
    case Contents::result:
      return page_result(to, file);
    case Contents::sweep:
      return page_sweep(to, file);
    case Contents::estimates:
      return page_estimates(to, file);
    case Contents::statistics:
      return page_statistics(to, file);
  }
}

}  // namespace

void add_origin(PageJson& to, PagedFile const& file, PageOrigin const& origin) {
  to.field("kind", origin.kind).field("file", file.file.filename().string()).field("title", origin.title);
  to.field("seed", origin.seed).field("engine", origin.engine_version).field("commit", origin.engine_commit);
  std::string_view const scenario = file.contents.scenario_text;
  to.field("scenario", scenario.substr(0, most_scenario_bytes_told)).field("scenario_bytes", scenario.size());
  to.field("description", file.description).field("no_description", file.no_description);
  to.key("files_read").begin_list();
  for (auto const& [input, digest] : file.contents.inputs) to.begin_list().value(input).value(digest).end_list();
  to.end_list();
}

void require_page_template() {
  if (!page_template().empty()) return;
  throw Error({"this program was built without the page",
               {"hansa report"},
               "install Node.js 18 or later and npm (Debian: nodejs, npm), run `npm ci` in analysis/report, and build "
               "again"},
              Fault::failure);
}

std::string report_data(std::span<PagedFile const> files) {
  std::vector<PagedFile const*> order;
  for (PagedFile const& each : files) order.push_back(&each);
  std::ranges::stable_sort(order, {}, [](PagedFile const* each) { return rank_of(each->contents.kind); });
  PageJson to;
  to.begin_object().field("version", version()).key("files").begin_list();
  for (PagedFile const* const each : order) add_file(to, *each);
  to.end_list().end_object();
  return to.text();
}

std::string report_page(std::span<PagedFile const> files) {
  require_page_template();
  std::string_view const page = page_template();
  std::size_t const mark = page.find(page_data_mark);
  std::string text(page.substr(0, mark));
  text += report_data(files);
  return text.append(page.substr(mark + page_data_mark.size()));
}

}  // namespace hansa
