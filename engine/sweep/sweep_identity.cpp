/// Measures in words, and files by the settings that lead to them.
#include "sweep/sweep_identity.hpp"

#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/csv.hpp"
#include "io/yaml.hpp"
#include "scenario/files.hpp"
#include "scenario/validate.hpp"

namespace hansa {

namespace {

/// Length first, so that no two texts run together into the same one.
std::string counted(std::string const& text) {
  return fmt::format("{}:{}", text.size(), text);
}

std::string selection_words(Selector const& selection) {
  std::string words = fmt::format("form {} count {} by {}", static_cast<int>(selection.form), selection.count,
                                  counted(selection.by.name));
  if (selection.centrality) words += fmt::format(" centrality {}", static_cast<int>(*selection.centrality));
  for (Reference const& each : selection.names) words += " name " + counted(each.name);
  for (Condition const& each : selection.conditions) {
    words += " where " + counted(each.attribute.name);
    for (Reference const& value : each.values) words += " is " + counted(value.name);
    if (each.lowest) words += fmt::format(" from {}", *each.lowest);
    if (each.highest) words += fmt::format(" to {}", *each.highest);
  }
  for (Selector const& each : selection.parts) words += " (" + selection_words(each) + ")";
  return words;
}

std::set<std::string> different_words(PointTable const& points, PointColumn const& column, std::string const& name) {
  std::set<std::string> words;
  for (std::size_t point = 0; point < column.words.size(); ++point)
    if (points.scenarios[static_cast<std::size_t>(points.scenario_of[point])] == name)
      words.insert(column.words[point]);
  words.erase("");
  return words;
}

}  // namespace

std::string words_of(MeasureSpec const& measure) {
  std::string words = fmt::format("{}: of {} share {}", measure.name, static_cast<int>(measure.of), measure.share);
  if (measure.at) words += fmt::format(" at {}", *measure.at);
  if (measure.by) words += " by " + counted(measure.by->name);
  if (measure.paired_to) words += fmt::format(" less point {}", *measure.paired_to);
  if (measure.cities) words += " in " + selection_words(*measure.cities);
  return words + "\n";
}

std::vector<FileRef> files_of_points(Question const& question, PointTable const& points) {
  std::vector<FileRef> files;
  std::set<std::filesystem::path> seen;
  std::vector<Schema const*> const known = schemas(question.mechanisms);
  std::string const name = question.scenario->file.stem().string();
  for (PointColumn const& column : points.columns) {
    for (std::string const& word : different_words(points, column, name)) {
      ScenarioDraft draft = question.draft;
      std::erase_if(draft.root.entries, [](Node::Entry const& each) { return each.key == "sweep"; });
      draft.mistakes = {};
      Complaints told_by_the_point;
      try {
        apply_setting_text(draft, column.path + "=" + word);
        Scenario const scenario = validate(draft, known, told_by_the_point);
        for (FileRef const* each : files_of(scenario))
          if (question.digests.count(each->given) == 0 && seen.insert(each->path).second) files.push_back(*each);
      } catch (Error const&) {
        continue;
      }
    }
  }
  return files;
}

std::map<std::string, std::string> digests_of_points(Question const& question, PointTable const& points) {
  std::vector<FileRef> const files = files_of_points(question, points);
  std::vector<FileRef const*> all;
  for (FileRef const& each : files) all.push_back(&each);
  Tables tables;
  Complaints told_by_the_point;
  read_tables(all, tables, told_by_the_point);
  std::map<std::string, std::string> digests;
  for (FileRef const& each : files)
    if (auto const found = tables.find(each.path); found != tables.end())
      digests.emplace(each.given, found->second.sha256);
  return digests;
}

}  // namespace hansa
