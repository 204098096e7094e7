/// Text of complaints, and the exception that carries them.
#include "base/error.hpp"

#include <algorithm>
#include <tuple>

namespace hansa {

std::string format(Complaint const& complaint) {
  std::string text;
  Place const& at = complaint.where;
  if (!at.file.empty()) {
    text += at.file;
    if (at.line > 0) text += ':' + std::to_string(at.line);
    if (at.line > 0 && at.column > 0) text += ':' + std::to_string(at.column);
    text += ": ";
  }
  text += complaint.problem;
  if (!complaint.mend.empty()) text += ", " + complaint.mend;
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

void Complaints::add(std::string problem, Place where, std::string mend) {
  errors_.push_back({std::move(problem), std::move(where), std::move(mend)});
}

void Complaints::warn(std::string problem, Place where, std::string mend) {
  warnings_.push_back({std::move(problem), std::move(where), std::move(mend)});
}

void Complaints::throw_if_any() const {
  if (errors_.empty()) return;
  auto key = [](Complaint const& c) { return std::tie(c.where.file, c.where.line, c.where.column, c.problem, c.mend); };
  std::vector<Complaint> sorted = errors_;
  std::stable_sort(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
  sorted.erase(
      std::unique(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) { return key(a) == key(b); }),
      sorted.end());
  throw Error(std::move(sorted));
}

}  // namespace hansa
