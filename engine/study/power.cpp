/// Blocks of histories, found or run.
#include "study/power.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/version.hpp"
#include "io/block_folder.hpp"
#include "io/yaml.hpp"
#include "scenario/files.hpp"
#include "study/power_baselines.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_failed_told = 20;
constexpr std::int64_t least_block = 25, most_block = 10000, wanted_blocks = 2000;

/// What no history depends on; `fit` is told by itself, and cells by their own names.
constexpr std::string_view apart_in_power[] = {"title",  "purpose", "patterns",  "sources", "replicates",
                                               "output", "sweep",   "calibrate", "fit",     "power",
                                               "stats",  "base",    "remove"};
/// What of `fit` no row depends on.
constexpr std::string_view apart_in_fit[] = {"hypotheses", "cross_validation", "nulls",
                                             "goodness",   "imputations",      "intervals"};

template <std::size_t n>
std::string text_without(Node root, std::string_view const (&keys)[n]) {
  std::erase_if(root.entries, [&](Node::Entry const& each) {
    return std::find(std::begin(keys), std::end(keys), each.key) != std::end(keys);
  });
  return to_yaml(root);
}

bool is_file_of_scenario(Question const& question, std::string const& file) {
  return question.draft.file.string() == file ||
         std::any_of(question.draft.bases.begin(), question.draft.bases.end(),
                     [&](ScenarioFile const& base) { return base.path.string() == file; });
}

std::map<std::string, std::string> identity_of(Question const& question, PowerStudy const& study) {
  PowerSpec const& spec = *question.scenario->power;
  std::map<std::string, std::string> identity;
  Node const root = without_bases(question.draft, *question.scenario);
  identity["the scenario"] = text_without(root, apart_in_power);
  if (Node const* const fit = root.find("fit")) identity["the section fit"] = text_without(*fit, apart_in_fit);
  for (auto const& [file, digest] : question.digests)
    if (!is_file_of_scenario(question, file)) identity["the file " + file] = digest;
  std::string hypotheses;
  for (Hypothesis const& each : study.hypotheses) {
    hypotheses += each.name + ":";
    for (Reference const& mechanism : each.mechanisms) hypotheses += " " + mechanism.name;
    hypotheses += "\n";
  }
  identity["the list of hypotheses"] = hypotheses;
  identity["the test"] = spec.test == PowerTest::wald ? "wald" : "likelihood_ratio";
  identity["the number of adoptions"] = fmt::format("{}", spec.adoptions.value_or(0));
  if (Node const* const power = root.find("power"))
    if (Node const* const worlds = power->find("worlds"))
      if (Node const* const law = worlds->find("law"))
        if (Node const* const cities = law->find("cities")) identity["the cities of the law"] = to_yaml(*cities);
  identity["the version of hansa"] = fmt::format("{} ({})", version(), commit());
  return identity;
}

std::int64_t key_of(PowerCell const& cell) {
  return static_cast<std::int64_t>(hash_id(cell.name) >> 1);
}

/// Why the history failed, where the model is at fault, so that it would fail again; empty where it did not.
template <class Work>
std::string failure_of(Work const& work) {
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

/// Histories [first, first + count) of a cell.
struct PlannedBlock {
  std::size_t cell;
  std::int64_t first, count;
};

class PowerRunner {
 public:
  PowerRunner(Question const& question, PowerOptions const& options) : question_(question), options_(options) {
    Complaints complaints;
    posed_ = pose_fit(*question.scenario, *question.world, question.mechanisms, complaints, Scored::simulated);
    complaints.throw_if_any();
    study_.hypotheses = studied_hypotheses(*question.scenario);
    study_.cells = cells_of(*question.scenario);
    study_.histories = question.scenario->power->histories;
    fits_.emplace(posed_, study_.hypotheses, question.scenario->power->test);
    study_.fits = fits_->layout();
    study_.width = fits_->width();
    study_.made.assign(study_.cells.size() * static_cast<std::size_t>(study_.histories), 0);
    study_.rows.assign(study_.made.size() * study_.width, std::numeric_limits<double>::quiet_NaN());
    failure_.resize(study_.made.size());
    count_observed();
  }

  PowerStudy run() {
    auto const begun = std::chrono::steady_clock::now();
    // All cells are made before anything is kept, so that what cannot be says so first.
    study_.shifts = baseline_shifts(question_, posed_, study_.cells, options_.lanes, options_.threads);
    BlockFolder const folder(options_.folder, identity_of(question_, study_), "study of power");
    study_.name = folder.name();
    adopt(folder);
    std::vector<PlannedBlock> const due = planned();
    std::int64_t finished = std::count(study_.made.begin(), study_.made.end(), 1);
    std::int64_t total = finished;
    for (PlannedBlock const& each : due) total += each.count;
    parallel_for(due.size(), options_.threads, [&](std::size_t k) {
      std::optional<SweepBlock> const block = run_block(due[k]);
      if (!block) return;
      std::lock_guard const lock(mutex_);
      folder.save(file_of(due[k]), *block);
      take(*block);
      finished += due[k].count;
      if (options_.progress) options_.progress({finished, total});
    });
    finish();
    study_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return std::move(study_);
  }

 private:
  void count_observed() {
    for (FitLayout const& each : study_.fits) {
      DesignOrder const order = design_order(posed_, each.policies);
      std::int64_t found = 0;
      bool has_data = false;
      for (PolicyId const policy : each.policies) {
        PolicyRecords const& records = question_.world->records[policy.value];
        has_data = has_data || !records.observed.empty();
        for (Observation const& row : records.observed) {
          std::int32_t const step = row.year - posed_.model.clock.start + 1;
          bool const covered = (records.covered.empty() || records.covered[row.city] != 0) &&
                               (records.eligible.empty() || records.eligible[row.city] != 0);
          found += covered && step >= order.from && step <= order.until ? 1 : 0;
        }
      }
      study_.observed.push_back(has_data ? std::optional(found) : std::nullopt);
    }
  }

  [[nodiscard]] static std::string file_of(PlannedBlock const& block, PowerCell const& cell) {
    return fmt::format("cell-{:016x}-{:010}-{}.h5", key_of(cell), block.first, block.count);
  }
  [[nodiscard]] std::string file_of(PlannedBlock const& block) const {
    return file_of(block, study_.cells[block.cell]);
  }

  void adopt(BlockFolder const& folder) {
    auto const belongs = [&](SweepBlock const& block) {
      return block.cells.size() == 1 && block.width == static_cast<std::int64_t>(study_.width) &&
             block.cells[0].first >= 0;
    };
    for (SweepBlock const& block : folder.load("cell-", study_.problems, belongs)) take(block);
  }

  /// Puts a block where it belongs; cells that are no longer studied are left alone.
  void take(SweepBlock const& block) {
    BlockCell const& cell = block.cells[0];
    for (std::size_t c = 0; c < study_.cells.size(); ++c) {
      if (key_of(study_.cells[c]) != cell.key) continue;
      auto const base = c * static_cast<std::size_t>(study_.histories);
      auto const width = static_cast<std::ptrdiff_t>(study_.width);
      for (std::int64_t k = 0; k < cell.count && cell.first + k < study_.histories; ++k) {
        auto const at = base + static_cast<std::size_t>(cell.first + k);
        auto const from = block.values.begin() + static_cast<std::ptrdiff_t>(k) * width;
        std::copy(from, from + width, study_.rows.begin() + static_cast<std::ptrdiff_t>(at) * width);
        study_.made[at] = 1;
      }
      for (FailedRun const& each : block.failed)
        if (cell.first + each.run < study_.histories)
          failure_[base + static_cast<std::size_t>(cell.first + each.run)] = each.why;
    }
  }

  /// Blocks of this shard of which something is missing.
  [[nodiscard]] std::vector<PlannedBlock> planned() const {
    auto const all = static_cast<std::int64_t>(study_.made.size());
    std::int64_t const size = std::clamp(all / wanted_blocks, least_block, most_block);
    std::vector<PlannedBlock> blocks;
    std::int64_t number = 0;
    for (std::size_t c = 0; c < study_.cells.size(); ++c) {
      bool const again = std::any_of(study_.cells.begin(), study_.cells.begin() + static_cast<std::ptrdiff_t>(c),
                                     [&](PowerCell const& each) { return each.name == study_.cells[c].name; });
      for (std::int64_t first = 0; first < study_.histories && !again; first += size, ++number) {
        std::int64_t const count = std::min(size, study_.histories - first);
        bool const ours = !options_.shard || number % options_.shard->count == options_.shard->number - 1;
        bool whole = true;
        for (std::int64_t k = first; k < first + count; ++k) whole = whole && study_.has(c, k);
        if (ours && !whole) blocks.push_back({c, first, count});
      }
    }
    return blocks;
  }

  /// Nothing after a stop.
  std::optional<SweepBlock> run_block(PlannedBlock const& planned) const {
    if (options_.stop.stop_requested()) return std::nullopt;
    CellSimulator cell(question_, study_.cells[planned.cell], options_.lanes);
    for (std::size_t p = 0; p < posed_.scenario->policies.size() && !study_.shifts.empty(); ++p)
      cell.shift_baseline(PolicyId{static_cast<Index>(p)},
                          study_.shifts[planned.cell * posed_.scenario->policies.size() + p]);
    SweepBlock block;
    block.sweep = study_.name;
    block.width = static_cast<std::int64_t>(study_.width);
    block.cells.push_back({key_of(study_.cells[planned.cell]), static_cast<std::int32_t>(planned.first),
                           static_cast<std::int32_t>(planned.count)});
    block.values.assign(static_cast<std::size_t>(planned.count) * study_.width,
                        std::numeric_limits<double>::quiet_NaN());
    for (std::int64_t k = 0; k < planned.count; ++k) {
      if (options_.stop.stop_requested()) return std::nullopt;
      std::span<double> const row =
          std::span(block.values).subspan(static_cast<std::size_t>(k) * study_.width, study_.width);
      std::string const why = failure_of([&] { fits_->fill(cell.run(planned.first + k), row); });
      if (!why.empty()) block.failed.push_back({k, why});
    }
    return block;
  }

  void finish() {
    study_.missing = std::count(study_.made.begin(), study_.made.end(), 0);
    study_.stopped = options_.stop.stop_requested() && study_.missing > 0;
    for (std::size_t k = 0; k < failure_.size(); ++k) {
      if (failure_[k].empty()) continue;
      ++study_.failed;
      auto const history = static_cast<std::int64_t>(k) % study_.histories;
      if (study_.failures.size() < most_failed_told)
        study_.failures.push_back({k / static_cast<std::size_t>(study_.histories), history, failure_[k]});
    }
  }

  Question const& question_;
  PowerOptions const& options_;
  FitQuestion posed_;
  std::optional<PowerFits> fits_;
  PowerStudy study_;
  std::vector<std::string> failure_;  ///< cells × histories: why the simulation failed
  std::mutex mutex_;
};

}  // namespace

void check_power(Question const& question, Complaints& complaints) {
  Place const file{question.scenario->file.string(), 0, 0};
  if (!question.scenario->power) {
    complaints.add("there is nothing to study", file, "a section 'power' was expected");
    return;
  }
  if (question.drawn)
    complaints.add("parameters are drawn in each replicate", {question.from.string(), 0, 0},
                   "a study of power takes one value of each: leave --draw out");
  FitQuestion const posed =
      pose_fit(*question.scenario, *question.world, question.mechanisms, complaints, Scored::simulated);
  check_power_fits(posed, complaints);
  check_cells(question, complaints);
  check_baselines(question, posed, complaints);
}

PowerStudy study_power(Question const& question, PowerOptions const& options) {
  Complaints complaints;
  check_power(question, complaints);
  complaints.throw_if_any();
  return PowerRunner(question, options).run();
}

}  // namespace hansa
