/// The result file: packets from any thread, blocks of replicates from one.
#include "io/result_file.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "io/belief_chunks.hpp"
#include "io/chunk_rows.hpp"
#include "io/event_variables.hpp"
#include "io/netcdf.hpp"
#include "io/packed_replicate.hpp"
#include "io/result_attributes.hpp"
#include "io/result_layout.hpp"
#include "io/seal.hpp"
#include "io/waiting_values.hpp"
#include "measures/quantiles.hpp"

namespace hansa {

namespace {

/// The error with the file's name in front, unless it has one.
Error named(Error const& error, std::filesystem::path const& file) {
  std::vector<Complaint> complaints = error.complaints();
  for (Complaint& each : complaints) {
    if (each.where.file.empty()) each.where.file = file.string();
  }
  return Error(std::move(complaints), error.fault());
}

}  // namespace

struct ResultFile::State {
  ResultShape shape;
  ResultFileOptions options;
  PartFile part;
  ChunkRows rows;
  std::optional<NetcdfFile> file;
  H5Dataset adoption_time, belief_mean, belief_precision, adopters_quantile;
  Mean by_mechanism;
  std::vector<Mean> by_mechanism_by;
  Waiting<std::int32_t> replicate, adopters, belief_period, seeds, budget_spent;
  Waiting<std::int8_t> status;
  Waiting<std::int16_t> abandonments;
  std::vector<Waiting<std::int32_t>> adopters_by;
  Waiting<double> mechanism_total, subsidy_paid;
  std::vector<Waiting<double>> series;
  std::vector<SeriesOf> values_of_series;
  std::vector<std::uint32_t> row_of_city;  ///< only with events
  std::optional<EventVariables> events;

  ResultCounts counts;       ///< complete: written and flushed, and all events with them
  std::int64_t put = 0;      ///< replicates put
  std::int64_t written = 0;  ///< replicates written, but for some of their events
  bool closed = false;

  State(ResultShape const& its_shape, ResultFileOptions its_options);
  void open();
  void take(ResultVariables variables);
  void add(std::int64_t number, PackedReplicate const& packet);
  void add_events(PackedReplicate const& packet);
  void write_block(EventVariables::Rest rest = EventVariables::Rest::waits);
  void write_adoption_times(std::int64_t row, ChunkRows::Chunks const& chunks);
  void write_beliefs_of(PackedBeliefs const& beliefs);
  void reserve(std::uint64_t more, std::size_t chunks);
  [[nodiscard]] std::uint64_t bytes_of_summaries() const;
  void write_summaries();
  std::vector<double> adopters_quantiles(std::size_t policy);
  void close();
  /// Does `work`; what fails tells the file's name.
  template <class Work>
  void in_file(Work const& work) {
    H5Quiet const quiet;
    try {
      work();
    } catch (Error const& error) {
      if (file) file->abandon();
      throw named(error, part.part());
    }
  }
};

ResultFile::State::State(ResultShape const& its_shape, ResultFileOptions its_options)
    : shape(its_shape),
      options(std::move(its_options)),
      part(options.file, options.overwrite),
      rows({shape.policies(), shape.plan.adoption_time ? shape.cities() : 0, options.replicates, shape.block,
            shape.chunk_cities()},
           shape.world.cities.input_order) {
  counts.first = options.first;
  if (shape.plan.events) {
    row_of_city = rows_of_cities(shape.world.cities);
    events.emplace(shape.block, shape.model.clock.unit);
  }
  try {
    in_file([&] { open(); });
  } catch (...) {
    H5Quiet const quiet;
    file.reset();
    part.discard();
    throw;
  }
}

void ResultFile::State::open() {
  part.reserve(0, bytes_of_layout(shape) + options.scenario_text.size());
  auto const blocks = static_cast<std::size_t>((options.replicates + shape.block - 1) / shape.block);
  std::size_t const across = (shape.cities() + shape.chunk_cities() - 1) / shape.chunk_cities();
  file.emplace(part.part(), blocks * shape.policies() * std::max<std::size_t>(1, across));
  take(make_result_variables(*file, shape));
  write_provenance(*file, shape, options);
  file->flush();
}

void ResultFile::State::take(ResultVariables variables) {
  std::size_t const policies = shape.policies(), by_step = policies * shape.steps();
  adoption_time = std::move(variables.adoption_time);
  belief_mean = std::move(variables.belief_mean);
  belief_precision = std::move(variables.belief_precision);
  by_mechanism.variable = std::move(variables.mechanism_mean);
  for (H5Dataset& each : variables.mechanism_by) by_mechanism_by.push_back({std::move(each), {}});
  adopters_quantile = std::move(variables.adopters_quantile);
  replicate = {std::move(variables.replicate), {}, 1, no_count};
  status = {std::move(variables.replicate_status), {}, 1, 0};
  abandonments = {
      std::move(variables.abandonments), {}, policies * shape.cities(), static_cast<std::int16_t>(no_count)};
  adopters = {std::move(variables.adopters), {}, by_step, no_count};
  for (std::size_t g = 0; g < variables.adopters_by.size(); ++g) {
    std::size_t const groups = shape.plan.groupings[g]->labels.size();
    adopters_by.push_back({std::move(variables.adopters_by[g]), {}, by_step * groups, no_count});
  }
  mechanism_total = {std::move(variables.mechanism_total), {}, policies * shape.mechanisms(), no_number};
  for (SeriesVariable& each : variables.series) {
    series.push_back({std::move(each.variable), {}, each.length, no_number});
    values_of_series.push_back(std::move(each.values));
  }
  belief_period = {std::move(variables.belief_period), {}, policies, no_count};
  seeds = {std::move(variables.seeds), {}, shape.interventions() * seed_outcomes, no_count};
  subsidy_paid = {std::move(variables.subsidy_paid), {}, shape.interventions(), no_number};
  budget_spent = {std::move(variables.budget_spent), {}, shape.interventions(), never};
}

void ResultFile::State::add(std::int64_t number, PackedReplicate const& packet) {
  bool const failed = !packet.failure.empty();
  replicate.add({static_cast<std::int32_t>(number)});
  status.add({static_cast<std::int8_t>(failed ? 1 : 0)});
  abandonments.add(packet.abandonments);
  adopters.add(packet.adopters);
  for (std::size_t g = 0; g < adopters_by.size(); ++g) {
    adopters_by[g].add(failed ? std::vector<std::int32_t>() : packet.adopters_by[g]);
  }
  mechanism_total.add(packet.mechanism_total);
  for (std::size_t k = 0; k < series.size(); ++k) series[k].add(packet.series[k]);
  belief_period.add(packet.belief_period);
  seeds.add(packet.seeds);
  subsidy_paid.add(packet.subsidy_paid);
  budget_spent.add(packet.budget_spent);
  write_beliefs_of(packet.beliefs);
  add_events(packet);
  if (failed) {
    bool const told = counts.failed.size() < most_failures_told;
    counts.failed.emplace_back(number, told ? packet.failure : std::string());
  } else {
    by_mechanism.add(packet.by_mechanism);
    for (std::size_t g = 0; g < by_mechanism_by.size(); ++g) by_mechanism_by[g].add(packet.by_mechanism_by[g]);
  }
  ++put;
}

/// Room for `more` bytes in `chunks` chunks and for what waits, and generously for HDF5's own indices and heaps.
void ResultFile::State::reserve(std::uint64_t more, std::size_t chunks) {
  std::uint64_t const own = (std::uint64_t{1} << 18) + 256 * chunks;
  more += replicate.bytes() + status.bytes() + abandonments.bytes() + adopters.bytes() + mechanism_total.bytes() +
          belief_period.bytes() + seeds.bytes() + subsidy_paid.bytes() + budget_spent.bytes();
  for (auto const& each : adopters_by) more += each.bytes();
  for (auto const& each : series) more += each.bytes();
  if (events) more += events->bytes();
  part.reserve(file->size(), own + more + more / 8);
}

void ResultFile::State::write_adoption_times(std::int64_t row, ChunkRows::Chunks const& chunks) {
  if (adoption_time.id() < 0) return;
  file->extend(adoption_time, static_cast<hsize_t>(put));
  std::size_t const width = shape.chunk_cities();
  std::size_t const across = (shape.cities() + width - 1) / width;
  for (std::size_t k = 0; k < chunks.size(); ++k) {
    hsize_t const offset[] = {static_cast<hsize_t>(row * shape.block), k / across, k % across * width};
    file->write_chunk(adoption_time, offset, chunks[k]);
  }
}

/// Those of the replicate that is being put, at once: they are large, and chunks of their own.
void ResultFile::State::write_beliefs_of(PackedBeliefs const& beliefs) {
  if (belief_mean.id() < 0) return;
  reserve(beliefs.bytes(), beliefs.chunks());
  write_beliefs(*file, belief_mean, static_cast<hsize_t>(put), beliefs.mean);
  write_beliefs(*file, belief_precision, static_cast<hsize_t>(put), beliefs.precision);
}

/// Whole chunks of events are written at once: a replicate may have many.
void ResultFile::State::add_events(PackedReplicate const& packet) {
  if (!events) return;
  events->add(packet.events, packet.failure);
  if (!events->is_due()) return;
  reserve(0, events->chunks());
  events->write(*file);
}

/// The data, then the count of replicates that readers may trust, each flushed: a killed run leaves a count that holds.
void ResultFile::State::write_block(EventVariables::Rest rest) {
  std::int64_t const first = written, more = put - first;
  if (more == 0 && !(events && rest == EventVariables::Rest::too)) return;
  std::int64_t const row = first / shape.block;
  ChunkRows::Chunks const chunks = adoption_time.id() < 0 ? ChunkRows::Chunks() : rows.take(row);
  std::uint64_t bytes = 0;
  for (auto const& chunk : chunks) bytes += chunk.size();
  reserve(bytes, chunks.size() + (events ? events->chunks() : 0));
  write_adoption_times(row, chunks);
  replicate.write(*file, first, more);
  status.write(*file, first, more);
  abandonments.write(*file, first, more);
  adopters.write(*file, first, more);
  for (auto& each : adopters_by) each.write(*file, first, more);
  mechanism_total.write(*file, first, more);
  for (auto& each : series) each.write(*file, first, more);
  belief_period.write(*file, first, more);
  seeds.write(*file, first, more);
  subsidy_paid.write(*file, first, more);
  budget_spent.write(*file, first, more);
  if (events) events->write_block(*file, first, more, rest);
  file->flush();
  written = put;
  counts.complete = events ? std::min(put, events->whole()) : put;
  write_progress(*file, counts);
  file->flush();
}

std::uint64_t ResultFile::State::bytes_of_summaries() const {
  std::uint64_t bytes =
      8 * (by_mechanism.sum.size() + shape.policies() * shape.steps() * shape.scenario.output.quantiles.size());
  for (Mean const& each : by_mechanism_by) bytes += 8 * each.sum.size();
  for (auto const& [number, why] : counts.failed) bytes += why.size() + 32;
  return bytes;
}

void ResultFile::State::write_summaries() {
  std::int64_t const valid = put - static_cast<std::int64_t>(counts.failed.size());
  by_mechanism.write(*file, valid);
  for (Mean const& each : by_mechanism_by) each.write(*file, valid);
  std::vector<double> quantiles;
  for (std::size_t p = 0; p < shape.policies(); ++p) {
    std::vector<double> const own = adopters_quantiles(p);
    quantiles.insert(quantiles.end(), own.begin(), own.end());
  }
  file->write<double>(adopters_quantile, quantiles);
}

/// Of one policy: quantiles × T, over the replicates that did not fail. Exact; reads the counts back, so many steps at
/// a time that memory stays bounded.
std::vector<double> ResultFile::State::adopters_quantiles(std::size_t policy) {
  constexpr std::size_t most_bytes = std::size_t{64} << 20;
  std::vector<double> const& percents = shape.scenario.output.quantiles;
  auto const replicates = static_cast<std::size_t>(put);
  std::size_t const steps = shape.steps();
  std::size_t const width = std::clamp<std::size_t>(most_bytes / (4 * std::max<std::size_t>(1, replicates)), 1, steps);
  std::vector<double> quantiles(percents.size() * steps), values;
  for (std::size_t begin = 0; begin < steps; begin += width) {
    std::size_t const wide = std::min(width, steps - begin);
    std::vector<std::int32_t> const box =
        file->read<std::int32_t>(adopters.variable, {0, policy, begin}, {replicates, 1, wide});
    for (std::size_t t = 0; t < wide; ++t) {
      values.clear();
      for (std::size_t r = 0; r < replicates; ++r) {
        if (box[r * wide + t] != no_count) values.push_back(box[r * wide + t]);
      }
      std::sort(values.begin(), values.end());
      for (std::size_t q = 0; q < percents.size(); ++q) {
        quantiles[q * steps + begin + t] = quantile(values, percents[q] / 100);
      }
    }
  }
  return quantiles;
}

void ResultFile::State::close() {
  auto const shut = [](H5Dataset& dataset) { dataset.close("cannot close a variable"); };
  for (H5Dataset* each :
       {&adoption_time, &belief_mean, &belief_precision, &by_mechanism.variable, &adopters_quantile,
        &replicate.variable, &adopters.variable, &status.variable, &abandonments.variable, &mechanism_total.variable,
        &belief_period.variable, &seeds.variable, &subsidy_paid.variable, &budget_spent.variable}) {
    shut(*each);
  }
  for (auto& each : adopters_by) shut(each.variable);
  for (Mean& each : by_mechanism_by) shut(each.variable);
  for (auto& each : series) shut(each.variable);
  if (events) events->close();
  file->flush();
  file->close();
  closed = true;
}

ResultFile::ResultFile(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan,
                       ResultFileOptions options)
    : state_(new State(ResultShape{scenario, world, model, plan, replicates_of_chunk(world.cities.size())},
                       std::move(options))) {}

ResultFile::~ResultFile() {
  if (state_->closed) return;
  H5Quiet const quiet;
  bool const nothing = state_->counts.complete == 0;
  if (nothing) state_->part.discard();
  state_.reset();
}

std::int64_t ResultFile::block() const noexcept {
  return state_->shape.block;
}

std::unique_ptr<Packet> ResultFile::pack(History const& history) {
  if (state_->shape.plan.adoption_time) state_->rows.fill(history.replicate - state_->options.first, history);
  return std::make_unique<PackedReplicate>(
      pack_replicate(history, state_->shape, state_->values_of_series, state_->row_of_city));
}

void ResultFile::put(std::int64_t replicate, std::unique_ptr<Packet> packet) {
  State& state = *state_;
  assert(replicate == state.options.first + state.put);
  state.in_file([&] {
    state.add(replicate, dynamic_cast<PackedReplicate const&>(*packet));
    if (state.put % state.shape.block == 0) state.write_block();
  });
}

void ResultFile::finish(std::int64_t finished, bool complete) {
  State& state = *state_;
  assert(finished == state.put);
  state.in_file([&] {
    state.write_block(EventVariables::Rest::too);
    state.reserve(state.bytes_of_summaries(), 0);
    state.write_summaries();
    bool const some = static_cast<std::int64_t>(state.counts.failed.size()) < finished;
    bool const all = complete && some && finished == state.options.replicates;
    write_ending(*state.file, state.counts, state.options, all);
    state.close();
  });
  append_seal(state.part.part());
  state.part.commit();
}

}  // namespace hansa
