/// Text of complaints, and the exception that carries them.
#include "base/error.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace hansa {

namespace {

/// Part of a text of any length: a cell or a scalar that is quoted may be of megabytes. Characters stay whole.
std::string shortened(std::string const& text) {
  constexpr std::size_t most = 1000, last = 300;
  if (text.size() <= most) return text;
  auto const inside = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  std::size_t head = most - last, tail = text.size() - last;
  for (int step = 0; step < 3 && inside(head); ++step) --head;
  for (int step = 0; step < 3 && inside(tail); ++step) ++tail;
  return text.substr(0, head) + " … " + text.substr(tail);
}

}  // namespace

std::string format(Complaint const& complaint) {
  std::string text;
  Place const& at = complaint.where;
  if (!at.file.empty()) {
    text += at.file;
    if (at.line > 0) text += ':' + std::to_string(at.line);
    if (at.line > 0 && at.column > 0) text += ':' + std::to_string(at.column);
    text += ": ";
  }
  text += shortened(complaint.problem);
  if (!complaint.mend.empty()) text += ", " + shortened(complaint.mend);
  return text;
}

namespace {
std::string text_of(std::vector<Complaint> const& complaints) {
  std::string text;
  for (Complaint const& each : complaints) {
    if (!text.empty()) text += '\n';
    text += format(each);
  }
  return text;
}
}  // namespace

Error::Error(Complaint complaint, Fault fault) : Error(std::vector<Complaint>{std::move(complaint)}, fault) {}

Error::Error(std::vector<Complaint> complaints, Fault fault)
    : std::runtime_error(text_of(complaints)), complaints_(std::move(complaints)), fault_(fault) {}

bool Complaints::Kept::is_full(Place const& where) const noexcept {
  if (kept.size() >= most_of_all) return true;
  auto const found = of_file.find(where.file);
  return found != of_file.end() && found->second >= most_of_a_file;
}

void Complaints::Kept::add(Complaint complaint) {
  if (is_full(complaint.where)) return count(complaint.where.file, 1);
  ++of_file[complaint.where.file];
  kept.push_back(std::move(complaint));
}

/// By file only for files that are named anyway, so that a million of files cost nothing.
void Complaints::Kept::count(std::string const& file, std::size_t number) {
  more += number;
  if (of_file.contains(file)) more_of_file[file] += number;
}

std::vector<Complaint> Complaints::Kept::endings() const {
  std::vector<Complaint> lines;
  std::size_t elsewhere = more;
  auto const many = [](std::size_t number) { return "and " + std::to_string(number) + " more like these"; };
  for (auto const& [file, number] : more_of_file) {
    lines.push_back({many(number), {file, 0, 0}, {}});
    elsewhere -= number;
  }
  if (elsewhere > 0) lines.push_back({many(elsewhere) + " in other files", {}, {}});
  return lines;
}

void Complaints::add(std::string problem, Place where, std::string mend) {
  errors_.add({std::move(problem), std::move(where), std::move(mend)});
}

void Complaints::warn(std::string problem, Place where, std::string mend) {
  warnings_.add({std::move(problem), std::move(where), std::move(mend)});
}

void Complaints::count_more(Complaints const& others) {
  auto const take = [](Kept& into, Kept const& from) {
    std::size_t elsewhere = from.more;
    for (auto const& [file, number] : from.more_of_file) {
      into.count(file, number);
      elsewhere -= number;
    }
    into.more += elsewhere;
  };
  take(errors_, others.errors_);
  take(warnings_, others.warnings_);
}

void Complaints::throw_if_any() const {
  if (empty()) return;
  auto key = [](Complaint const& c) { return std::tie(c.where.file, c.where.line, c.where.column, c.problem, c.mend); };
  std::vector<Complaint> sorted = errors_.kept;
  std::stable_sort(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
  sorted.erase(
      std::unique(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) { return key(a) == key(b); }),
      sorted.end());
  for (Complaint& each : errors_.endings()) sorted.push_back(std::move(each));
  throw Error(std::move(sorted));
}

std::vector<Complaint> Complaints::told_warnings() const {
  std::vector<Complaint> told;
  std::set<std::string> lines;  // several policies may read one file
  for (Complaint const& each : warnings_.kept)
    if (lines.insert(format(each)).second) told.push_back(each);
  for (Complaint& each : warnings_.endings()) told.push_back(std::move(each));
  return told;
}

}  // namespace hansa
