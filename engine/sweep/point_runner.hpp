/// Runs replicates of points, one after the other, and measures them. One per thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "record/recorder.hpp"
#include "run/replicate.hpp"
#include "sweep/point_models.hpp"

namespace hansa {

class PointRunner {
 public:
  /// `together`: threads that share a replicate.
  PointRunner(PointWorlds& worlds, Lanes lanes, int together);
  PointRunner(PointRunner const&) = delete;
  PointRunner& operator=(PointRunner const&) = delete;

  /// Measures one replicate into `row`; why it failed is returned, and the row is missing. A point is compiled when it
  /// is not the one before. Throws what another try may find otherwise, which is no result: std::bad_alloc,
  /// std::system_error and MomentaryFailure (io/bytes.hpp).
  [[nodiscard]] std::optional<std::string> run(std::size_t point, std::int64_t replicate, std::span<double> row);
  /// Compiles the point, if it is not the one before; why that failed, or nothing. Throws as run() does.
  [[nodiscard]] std::optional<std::string> take(std::size_t point);
  /// Forgets the point.
  void drop();

 private:
  void set_up(Model const& model);

  PointCompiler compiler_;
  Lanes lanes_;
  int together_;
  std::optional<std::size_t> point_;
  std::optional<std::string> broken_;  ///< why the point cannot be run
  std::optional<PointModel> model_;
  std::optional<Model> drawn_;
  std::optional<Replicate> replicate_;
  std::optional<Recorder> recorder_;
};

}  // namespace hansa
