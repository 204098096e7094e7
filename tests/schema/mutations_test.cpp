/// What is wrong with a scenario or its data is complained of, with its place, or does no harm.
#include "support/schema/mutations.hpp"

#include <cstdlib>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace hansa::test {

namespace {

/// What an error says of itself that it must not; empty: nothing.
std::string unclean(Error const& error) {
  if (error.complaints().empty()) return "an error without a complaint";
  for (Complaint const& each : error.complaints()) {
    if (each.problem.empty()) return "a complaint says nothing";
    bool const failed = error.fault() == Fault::failure;
    if (!failed && each.where.file.empty()) return "no place: " + each.problem;
    if (each.problem.find("internal") != std::string::npos) return "internal: " + each.problem;
    if (format(each).size() > 10000) return "a complaint without an end";
  }
  return {};
}

enum class End { done, refused, failed };

/// How it ends; what is wrong with that goes to `wrong`.
End end_of(Texts const& texts, std::string& wrong) {
  constexpr std::int64_t most_steps = 400;  // a clock that a mistake made long is not run
  try {
    auto const question = ask(texts);
    if (question->model.clock.steps() <= most_steps) (void)run_one(*question, 0, Lanes::fast);
    return End::done;
  } catch (Error const& error) {
    wrong = unclean(error);
    return error.fault() == Fault::failure ? End::failed : End::refused;
  } catch (std::exception const& error) {
    wrong = std::string("another exception: ") + error.what();
    return End::refused;
  }
}

}  // namespace

TEST_CASE("sound questions made unsound end in a result or in complaints with places") {
  char const* const asked = std::getenv("HANSA_MUTATIONS");
  std::uint64_t const all = asked == nullptr ? 3000 : std::strtoull(asked, nullptr, 10);
  std::map<End, std::uint64_t> ends;
  for (std::uint64_t number = 1; number <= all; ++number) {
    CAPTURE(number);
    Texts const texts = unsound_texts(number);
    std::string wrong;
    ++ends[end_of(texts, wrong)];
    if (!wrong.empty()) FAIL_CHECK(wrong, "\n", texts.yaml);
  }
  CHECK(ends[End::done] > all / 10);
  CHECK(ends[End::refused] > all / 3);
  MESSAGE(ends[End::done], " ran, ", ends[End::refused], " were refused, ", ends[End::failed], " failed as they ran");
}

}  // namespace hansa::test
