/// Makes scenarios of questions, runs them, and adds who follows whom.
#include "study/what_ifs.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "io/comparison_file.hpp"
#include "io/yaml.hpp"
#include "scenario/files.hpp"
#include "study/followers.hpp"
#include "study/knock_out.hpp"

namespace hansa {

namespace {

constexpr Index most_cities_rerun = 50'000;  ///< without being asked

bool is_told(std::vector<Complaint> const& told, Complaint const& each) {
  return std::any_of(told.begin(), told.end(), [&](Complaint const& before) { return format(before) == format(each); });
}

std::function<Model(std::int64_t)> drawing(Question const& question) {
  if (!question.drawn) return {};
  return [&question](std::int64_t draw) { return question.drawn->model(draw); };
}

Model compiled_again(Question const& question) {
  Complaints known;  // told when it was read
  return compile(*question.scenario, *question.world, question.mechanisms, known);
}

/// The scenarios of the questions, and the base without each mechanism that is to be left out.
class ComparedQuestions {
 public:
  ComparedQuestions(std::span<Question const> questions, WhatIfOptions const& options) : questions_(questions) {
    for (Question const& each : questions)
      all_.push_back({each.scenario->file.stem().string(), *each.scenario, *each.world, each.model, drawing(each)});
    for (std::string const& name : to_knock_out(options)) add_without(name);
    if (all_.size() < 2)
      complaints_.add("there is nothing to compare it with", {questions.front().scenario->file.string(), 0, 0},
                      "a what-if file or --knock-out was expected");
    check_comparable(all_, complaints_);
    if (complaints_.empty()) check_measure(options);
    complaints_.throw_if_any();
  }
  [[nodiscard]] std::vector<ComparedScenario> const& all() const noexcept { return all_; }

 private:
  std::vector<std::string> to_knock_out(WhatIfOptions const& options) {
    std::vector<std::string> const known = mechanisms_of(questions_.front().model);
    std::vector<std::string> names;
    for (std::string const& each : options.knock_outs) {
      if (each == "all") {
        names.insert(names.end(), known.begin(), known.end());
      } else if (std::find(known.begin(), known.end(), each) != known.end()) {
        names.push_back(each);
      } else {
        complaints_.add(fmt::format("no mechanism is called '{}'", each), {"--knock-out", 0, 0},
                        fmt::format("all or one of {} was expected", fmt::join(known, ", ")));
      }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  void add_without(std::string const& name) {
    Question const& base = questions_.front();
    models_.push_back(std::make_unique<Model>(compiled_again(base)));
    knock_out(*models_.back(), name);
    std::function<Model(std::int64_t)> drawn;
    if (base.drawn) {
      drawn = [&base, name](std::int64_t draw) {
        Model model = base.drawn->model(draw);
        knock_out(model, name);
        return model;
      };
    }
    all_.push_back({"without " + name, *base.scenario, *base.world, *models_.back(), std::move(drawn)});
  }

  /// Complains of a measure that no number of replicates can make precise, since nothing can have it.
  void check_measure(WhatIfOptions const& options) {
    if (!options.until) return;
    Place const where{"--until-precise", 0, 0};
    bool const funds = std::any_of(questions_.begin(), questions_.end(), [&](Question const& each) {
      auto const funded = newly_funded(questions_.front().model, each.model);
      return std::any_of(funded.begin(), funded.end(), [](auto const& cities) { return !cities.empty(); });
    });
    if (options.until->measure == Precise::followers && !funds)
      complaints_.add("there are no followers: no what-if seeds a city that the base does not", where,
                      "a what-if with a new `seed`, or final_adopters, was expected");
    if (options.until->measure == Precise::population_covered && questions_.front().plan.population.empty())
      complaints_.add("there is no population to cover: the cities have none", where,
                      "an attribute `population`, or final_share, was expected");
  }

  std::span<Question const> questions_;
  Complaints complaints_;
  std::vector<std::unique_ptr<Model>> models_;
  std::vector<ComparedScenario> all_;
};

std::int64_t reruns_of(WhatIfOptions const& options, Question const& base, std::int64_t replicates) {
  constexpr std::int64_t usual = 500;
  if (options.reruns) return *options.reruns;
  return base.world->cities.size() <= most_cities_rerun ? std::min(usual, replicates) : 0;
}

/// As many as a draw can have, where the draws should be at least a hundred.
std::int64_t per_draw_of(std::int64_t replicates) {
  return std::clamp<std::int64_t>(replicates / 100, 2, 10);
}

/// Adds followers to the differences of what-ifs that fund cities, and why there are none.
class FollowersAdded {
 public:
  FollowersAdded(CompareOutcome& outcome, std::span<Question const> questions, WhatIfOptions const& options,
                 std::int64_t per_draw)
      : outcome_(outcome),
        questions_(questions),
        options_(options),
        per_draw_(per_draw),
        replicates_(reruns_of(options, questions.front(), outcome.asked)) {}

  void add() {
    for (std::size_t k = 1; k < questions_.size(); ++k) {
      for (std::size_t p = 0; p < questions_[k].model.policies.size(); ++p) {
        PolicyDifference& difference = outcome_.comparison.what_ifs[k - 1].policies[p];
        if (difference.followers.funded.empty()) continue;
        if (!rerun_one(questions_[k], PolicyId{static_cast<Index>(p)}, difference))
          difference.reruns.emplace().none = why_none();
      }
    }
  }

 private:
  [[nodiscard]] std::string why_none() const {
    if (outcome_.stopped) return "it was interrupted";
    if (options_.reruns) return "none were asked for";
    return fmt::format("they take long in a world of more than {} cities, and none were asked for", most_cities_rerun);
  }

  /// False: there are none.
  bool rerun_one(Question const& with, PolicyId policy, PolicyDifference& difference) {
    if (outcome_.stopped || replicates_ == 0) return false;
    RerunOptions options;
    options.replicates = replicates_;
    options.threads = options_.threads;
    options.lanes = options_.lanes;
    options.per_draw = with.drawn ? per_draw_ : 0;
    options.model_of = drawing(with);
    if (!options.model_of) options.model_of = [&](std::int64_t) { return compiled_again(with); };
    options.progress = options_.progress;
    options.stop = options_.stop;
    auto found = find_followers(*with.world, questions_.front().model, with.model, policy, options);
    if (!found) {
      outcome_.stopped = true;
      return false;
    }
    difference.reruns = std::move(found->reruns);
    difference.rivals = std::move(found->rivals);
    difference.following = std::move(found->following);
    return true;
  }

  CompareOutcome& outcome_;
  std::span<Question const> questions_;
  WhatIfOptions const& options_;
  std::int64_t per_draw_, replicates_;
};

/// What a what-if says of its output, and is not heeded.
void warn_of_output(Question const& base, Question const& other, std::vector<Complaint>& warnings) {
  Place const where{other.scenario->file.string(), 0, 0};
  if (other.scenario->replicates != base.scenario->replicates)
    warnings.push_back({fmt::format("its replicates ({}) are not heeded: a comparison takes the base's, {}",
                                    other.scenario->replicates, base.scenario->replicates),
                        where, "--replicates says how many pairs there are"});
  for (Reference const& by : other.scenario->output.by) {
    if (base.world->cities.text(by.name) != nullptr) continue;
    warnings.push_back({fmt::format("there are no groups by '{}': the cities of the base have no such texts", by.name),
                        by.where, "an attribute of the base was expected"});
  }
}

}  // namespace

RecordPlan comparison_plan(std::span<Question const> questions) {
  RecordPlan plan = questions.front().plan;
  plan.adoption_time = true;
  plan.attribution = plan.beliefs = plan.abandonments = plan.events = plan.ties = false;
  plan.subsets.clear();
  World const& world = *questions.front().world;
  OutputSpec more;
  for (Question const& each : questions.subspan(1)) {
    for (Reference const& by : each.scenario->output.by) {
      auto const is_it = [&](Reference const& other) { return other.name == by.name; };
      bool const there =
          std::find(plan.grouping_names.begin(), plan.grouping_names.end(), by.name) != plan.grouping_names.end() ||
          std::any_of(more.by.begin(), more.by.end(), is_it);
      if (!there && world.cities.text(by.name) != nullptr) more.by.push_back(by);
    }
  }
  Complaints told;  // when the what-ifs were read
  RecordPlan const added = make_plan(more, world, told);
  plan.groupings.insert(plan.groupings.end(), added.groupings.begin(), added.groupings.end());
  plan.grouping_names.insert(plan.grouping_names.end(), added.grouping_names.begin(), added.grouping_names.end());
  return plan;
}

CompareOutcome compare(std::span<Question const> questions, WhatIfOptions const& options) {
  constexpr std::int64_t enough = 2500;  // to know the chance of a single city to ± 0.02
  ComparedQuestions const scenarios(questions, options);
  CompareOptions running;
  running.replicates = options.replicates.value_or(std::max(questions.front().scenario->replicates, enough));
  running.threads = options.threads;
  running.lanes = options.lanes;
  running.until = options.until;
  running.most = std::max(running.most, running.replicates);
  running.per_draw = per_draw_of(running.replicates);
  running.progress = options.progress;
  running.stop = options.stop;
  CompareOutcome outcome = compare(scenarios.all(), comparison_plan(questions), running);
  FollowersAdded(outcome, questions, options, running.per_draw).add();
  return outcome;
}

void check_what_ifs(std::span<Question const> questions, WhatIfOptions const& options) {
  ComparedQuestions const checked(questions, options);
}

std::vector<Complaint> comparison_warnings(std::span<Question const> questions) {
  std::vector<Complaint> warnings;
  for (Question const& question : questions) {
    for (Complaint const& each : question.warnings)
      if (!is_told(warnings, each)) warnings.push_back(each);
  }
  for (Question const& each : questions.subspan(1)) warn_of_output(questions.front(), each, warnings);
  return warnings;
}

void write_comparison(CompareOutcome const& outcome, std::span<Question const> questions,
                      ComparisonWriting const& writing) {
  ComparisonFileOptions options;
  options.file = writing.file;
  options.overwrite = writing.overwrite;
  options.reproducible = writing.reproducible;
  Question const& base = questions.front();
  options.title = base.scenario->title;
  options.currency = base.scenario->currency;
  options.seed = base.scenario->seed;
  options.asked = outcome.asked;
  options.complete = !outcome.stopped && outcome.comparison.replicates > 0;
  (base.drawn ? options.drawn_from : options.taken_from) = base.from.string();
  for (std::size_t k = 0; k < outcome.comparison.scenarios.size(); ++k) {
    Question const& each = questions[k < questions.size() ? k : 0];
    options.scenario_texts.push_back(to_yaml(without_bases(each.draft, *each.scenario)));
  }
  for (Question const& each : questions) options.input_digests.insert(each.digests.begin(), each.digests.end());
  write_comparison_file(outcome.comparison, *base.world, {outcome.replicates, outcome.adopters}, options);
}

}  // namespace hansa
