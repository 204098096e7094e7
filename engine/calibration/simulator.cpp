/// Sets, validates, compiles in the question's own world, and runs.
#include "calibration/simulator.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <limits>
#include <new>
#include <string_view>
#include <system_error>

#include "record/recorder.hpp"
#include "scenario/try_paths.hpp"
#include "scenario/validate.hpp"

namespace hansa {

namespace {

constexpr std::string_view not_simulated[] = {"sweep", "calibrate", "fit", "power", "stats", "sources", "output"};

/// Why the work failed, where the model is at fault, so that it would fail again.
template <class Work>
std::string why_failed(Work const& work) {
  try {
    work();
    return {};
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::system_error const&) {
    throw;
  } catch (std::exception const& error) {
    std::string const why = error.what();
    return why.empty() ? "unknown failure" : why;
  }
}

}  // namespace

ScenarioDraft draft_under(ScenarioDraft draft, Priors const& priors, std::size_t hypothesis) {
  std::erase_if(draft.root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(not_simulated), std::end(not_simulated), each.key) != std::end(not_simulated);
  });
  draft.mistakes = {};
  for (std::string const& path : priors.left_out(hypothesis)) apply_setting(draft, path, value_node(0, {path, 0, 0}));
  return draft;
}

Simulator::Simulator(Question const& question, Priors const& priors, Summaries const& summaries, Lanes lanes,
                     int together)
    : question_(question), priors_(priors), summaries_(summaries), lanes_(lanes), together_(together) {
  for (std::size_t h = 0; h < priors.hypotheses(); ++h) drafts_.push_back(draft_under(question.draft, priors, h));
}

Model Simulator::compiled(Proposal const& proposal) {
  auto const h = static_cast<std::size_t>(proposal.hypothesis);
  ScenarioDraft& draft = drafts_[h];
  for (std::size_t const k : priors_.acting(h))
    apply_setting(draft, priors_.path(k), value_node(priors_.value(k, proposal.z[k]), {priors_.path(k), 0, 0}));
  Complaints complaints;
  Scenario const scenario = validate(draft, schemas(question_.mechanisms), complaints);
  complaints.throw_if_any();
  Model model = compile(scenario, *question_.world, question_.mechanisms, complaints);
  complaints.throw_if_any();
  return model;
}

std::vector<std::string> Simulator::run(Proposal const& proposal, std::int64_t first, std::int64_t count,
                                        std::span<double> rows) {
  std::vector<std::string> failures(static_cast<std::size_t>(count));
  std::fill(rows.begin(), rows.end(), std::numeric_limits<double>::quiet_NaN());
  std::optional<Model> model;
  std::string const broken = why_failed([&] { model.emplace(compiled(proposal)); });
  if (!broken.empty()) {
    std::fill(failures.begin(), failures.end(), broken);
    return failures;
  }
  Replicate replicate(*model, *question_.world, lanes_, together_);
  Recorder recorder(*model, *question_.world, summaries_.plan());
  std::size_t const width = summaries_.size();
  for (std::size_t r = 0; r < failures.size(); ++r)
    failures[r] = why_failed([&] {
      std::int64_t const number = first + static_cast<std::int64_t>(r);
      recorder.begin(number);
      replicate.run(number, recorder);
      summaries_.simulated(recorder.finish(), rows.subspan(r * width, width));
    });
  return failures;
}

}  // namespace hansa
