/// Reads a result file back: what it says of itself, and what its replicates did.
#include "io/result_reader.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/hdf5_read.hpp"
#include "io/seal.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr char const* expected_result = "a result file of hansa was expected";

}  // namespace

struct ResultReader::State {
  fs::path file;
  H5File h5;
  std::int64_t replicates = 0;
  std::vector<std::string> policies, cities;
  std::vector<std::int32_t> time;
  std::optional<ResultEvents> events;

  void open(Expect expect);
  void check_counts(Expect expect);
  void check_axes();
  void find_events(Expect expect);
  [[nodiscard]] H5Variable variable(std::string_view name) const { return {h5.id(), std::string(name)}; }
  [[nodiscard]] H5Variable along_replicates(std::string_view name, std::vector<hsize_t> const& others) const;
  void check_replicates(std::int64_t first, std::int64_t count) const;
  template <class T>
  [[nodiscard]] std::vector<T> rows(H5Variable const& from, std::int64_t first, std::int64_t count) const;

  /// Does `work`; what fails names the file. A file that HDF5 cannot make sense of is bad input.
  template <class Work>
  auto in_file(Work const& work) const -> decltype(work()) {
    H5Quiet const quiet;
    try {
      return work();
    } catch (Error const& error) {
      std::vector<Complaint> complaints = error.complaints();
      for (Complaint& each : complaints) {
        if (!each.where.file.empty()) continue;
        each.where.file = file.string();
        if (each.mend.empty()) each.mend = expected_result;
      }
      throw Error(std::move(complaints), Fault::input);
    }
  }
};

void ResultReader::State::open(Expect expect) {
  check_hdf5_header(file, expected_result);
  if (expect == Expect::sealed)
    require_seal(file);
  else
    (void)check_seal(file);  // one that is there holds
  in_file([&] {
    h5 = h5_open_file(file.string());
    check_counts(expect);
    policies = h5_read_texts(variable("policy"));
    cities = h5_read_texts(variable("city_id"));
    H5Variable const steps = variable("time");
    if (steps.lengths.size() != 1) refuse_file(file, "the variable 'time' is no list", expected_result);
    time = h5_read_rows<std::int32_t>(steps, 0, steps.lengths[0]);
    check_axes();
    if (h5_has(h5.id(), "event_count")) find_events(expect);
  });
}

void ResultReader::State::check_counts(Expect expect) {
  for (char const* const name : {"complete", "replicates", "replicates_complete", "engine_version", "scenario"})
    if (!h5_has_attribute(h5.id(), name))
      refuse_file(file, fmt::format("has no attribute '{}'", name), expected_result);
  std::int64_t const asked = h5_read_whole_number(h5.id(), "replicates");
  replicates = h5_read_whole_number(h5.id(), "replicates_complete");
  bool const complete = h5_read_whole_number(h5.id(), "complete") == 1;
  if (replicates < 0 || asked < 0 || replicates > asked || (complete && replicates != asked))
    refuse_file(file, fmt::format("counts {} of {} replicates", replicates, asked), expected_result);
  if (!complete && expect == Expect::sealed)
    refuse_file(file, fmt::format("is of a run that did not end: it has {} of {} replicates", replicates, asked),
                "run the scenario again");
}

/// What all readers rely on.
void ResultReader::State::check_axes() {
  (void)along_replicates("replicate", {});
  (void)along_replicates("replicate_status", {});
  (void)along_replicates("adopters", {policies.size(), time.size()});
  if (h5_has(h5.id(), "adoption_time")) (void)along_replicates("adoption_time", {policies.size(), cities.size()});
}

void ResultReader::State::find_events(Expect expect) {
  std::vector<std::int32_t> const status = rows<std::int32_t>(along_replicates("replicate_status", {}), 0, replicates);
  events.emplace(h5.id(), status, rows<std::int32_t>(along_replicates("replicate", {}), 0, replicates),
                 expect == Expect::sealed ? ResultEvents::Length::exact : ResultEvents::Length::at_least);
}

/// A variable of numbers with at least `replicates` rows and these further lengths.
H5Variable ResultReader::State::along_replicates(std::string_view name, std::vector<hsize_t> const& others) const {
  H5Variable found = variable(name);
  bool const long_enough = !found.lengths.empty() && found.lengths[0] >= static_cast<hsize_t>(replicates);
  if (long_enough && std::vector<hsize_t>(found.lengths.begin() + 1, found.lengths.end()) == others) return found;
  refuse_file(file, fmt::format("the variable '{}' does not have the lengths that the file states", name),
              expected_result);
}

void ResultReader::State::check_replicates(std::int64_t first, std::int64_t count) const {
  if (first < 0 || count < 0 || first > replicates || count > replicates - first)
    refuse_file(file, fmt::format("has no replicates {} to {}", first, first + count),
                fmt::format("it has {}", replicates));
}

template <class T>
std::vector<T> ResultReader::State::rows(H5Variable const& from, std::int64_t first, std::int64_t count) const {
  check_replicates(first, count);
  return h5_read_rows<T>(from, static_cast<hsize_t>(first), static_cast<hsize_t>(count));
}

ResultReader::ResultReader(fs::path file, Expect expect) : state_(new State) {
  state_->file = std::move(file);
  state_->open(expect);
}
ResultReader::~ResultReader() = default;
ResultReader::ResultReader(ResultReader&&) noexcept = default;
ResultReader& ResultReader::operator=(ResultReader&&) noexcept = default;

fs::path const& ResultReader::file() const noexcept {
  return state_->file;
}
std::int64_t ResultReader::replicates() const noexcept {
  return state_->replicates;
}
std::vector<std::string> const& ResultReader::policies() const noexcept {
  return state_->policies;
}
std::vector<std::string> const& ResultReader::cities() const noexcept {
  return state_->cities;
}
std::vector<std::int32_t> const& ResultReader::time() const noexcept {
  return state_->time;
}

std::vector<std::string> ResultReader::labels(std::string_view dimension) const {
  return state_->in_file([&] { return h5_read_texts(state_->variable(dimension)); });
}

std::vector<std::string> ResultReader::variables() const {
  return state_->in_file([&] { return h5_names(state_->h5.id()); });
}

std::string ResultReader::time_unit() const {
  return state_->in_file([&] { return h5_read_text(state_->variable("time").data.id(), "units"); });
}

bool ResultReader::has(std::string_view variable) const {
  return state_->in_file([&] { return h5_has(state_->h5.id(), std::string(variable)); });
}

std::vector<std::int32_t> ResultReader::adopters(std::int64_t first, std::int64_t count) const {
  State const& s = *state_;
  return s.in_file([&] {
    return s.rows<std::int32_t>(s.along_replicates("adopters", {s.policies.size(), s.time.size()}), first, count);
  });
}

std::vector<std::int32_t> ResultReader::adoption_time(std::int64_t first, std::int64_t count) const {
  State const& s = *state_;
  return s.in_file([&] {
    if (!h5_has(s.h5.id(), "adoption_time"))
      refuse_file(s.file, "has no histories", "a run with 'output: {histories: true}' was expected");
    return s.rows<std::int32_t>(s.along_replicates("adoption_time", {s.policies.size(), s.cities.size()}), first,
                                count);
  });
}

std::vector<ResultEvent> ResultReader::events(std::int64_t first, std::int64_t count) const {
  State const& s = *state_;
  return s.in_file([&] {
    if (!s.events) refuse_file(s.file, "has no log of events", "a run with 'output: {events: true}' was expected");
    s.check_replicates(first, count);
    EventLimits limits{s.policies.size(), s.cities.size(), h5_read_texts(s.variable("mechanism")).size()};
    if (!s.time.empty()) limits.start = s.time.front(), limits.end = s.time.back();
    return s.events->read(s.h5.id(), limits, static_cast<std::size_t>(first), static_cast<std::size_t>(count));
  });
}

std::vector<std::int32_t> ResultReader::status(std::int64_t first, std::int64_t count) const {
  State const& s = *state_;
  return s.in_file([&] { return s.rows<std::int32_t>(s.along_replicates("replicate_status", {}), first, count); });
}

std::vector<double> ResultReader::values(std::string_view variable, std::int64_t first, std::int64_t count) const {
  State const& s = *state_;
  return s.in_file([&] { return s.rows<double>(s.variable(variable), first, count); });
}

std::vector<double> ResultReader::values(std::string_view variable) const {
  State const& s = *state_;
  return s.in_file([&] {
    H5Variable const found = s.variable(variable);
    return h5_read_rows<double>(found, 0, found.lengths.empty() ? 0 : found.lengths[0]);
  });
}

std::vector<std::uint64_t> ResultReader::lengths(std::string_view variable) const {
  State const& s = *state_;
  return s.in_file([&] {
    H5Variable const found = s.variable(variable);
    return std::vector<std::uint64_t>(found.lengths.begin(), found.lengths.end());
  });
}

std::string ResultReader::text(std::string_view attribute) const {
  return state_->in_file([&] { return h5_read_text(state_->h5.id(), std::string(attribute)); });
}

std::int64_t ResultReader::number(std::string_view attribute) const {
  return state_->in_file([&] { return h5_read_whole_number(state_->h5.id(), std::string(attribute)); });
}

bool ResultReader::has_attribute(std::string_view attribute) const {
  return state_->in_file([&] { return h5_has_attribute(state_->h5.id(), std::string(attribute)); });
}

}  // namespace hansa
