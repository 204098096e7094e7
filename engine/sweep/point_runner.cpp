/// Keeps a model as long as its point is run.
#include "sweep/point_runner.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <new>
#include <system_error>

#include "io/bytes.hpp"

namespace hansa {

namespace {

/// Why the work failed, where the input or the model is at fault, so that it would fail again. What the machine is at
/// fault for is thrown on: it is no result.
template <class Work>
std::optional<std::string> failure_of(Work const& work) {
  try {
    work();
    return std::nullopt;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::system_error const&) {
    throw;
  } catch (MomentaryFailure const&) {
    throw;
  } catch (std::exception const& error) {
    std::string const why = error.what();
    return why.empty() ? "unknown failure" : why;
  }
}

}  // namespace

PointRunner::PointRunner(PointWorlds& worlds, Lanes lanes, int together)
    : compiler_(worlds), lanes_(lanes), together_(together) {}

void PointRunner::drop() {
  recorder_.reset();
  replicate_.reset();
  drawn_.reset();
  model_.reset();
  point_.reset();
}

std::optional<std::string> PointRunner::take(std::size_t point) {
  if (point_ == point) return broken_;
  drop();
  broken_ = failure_of([&] {
    model_.emplace(compiler_.compile(point));
    if (!model_->drawn) set_up(model_->model);
  });
  point_ = point;
  return broken_;
}

void PointRunner::set_up(Model const& model) {
  replicate_.emplace(model, *model_->place->world, lanes_, together_);
  recorder_.emplace(model, *model_->place->world, model_->place->measures->plan());
}

std::optional<std::string> PointRunner::run(std::size_t point, std::int64_t number, std::span<double> row) {
  std::optional<std::string> failure = take(point);
  if (!failure) {
    failure = failure_of([&] {
      if (model_->drawn) {
        recorder_.reset();
        replicate_.reset();
        set_up(drawn_.emplace(model_->drawn->model(number)));
      }
      recorder_->begin(number);
      replicate_->run(number, *recorder_);
      model_->place->measures->measure(recorder_->finish(), row);
    });
  }
  if (failure) std::fill(row.begin(), row.end(), std::numeric_limits<double>::quiet_NaN());
  return failure;
}

}  // namespace hansa
