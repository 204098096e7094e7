/// Blocks by generation and first proposal.
#include "calibration/proposals_on_disk.hpp"

#include <fmt/format.h>

namespace hansa {

namespace {

std::string generation_word(std::int64_t generation) {
  return fmt::format("generation-{:04}-", generation);
}

ProposalResults results_in(SweepBlock const& block) {
  ProposalResults results;
  results.first = block.cells.front().key;
  results.count = static_cast<std::int64_t>(block.cells.size());
  results.replicates = block.cells.front().count;
  results.width = block.width;
  results.values = block.values;
  results.failures.resize(static_cast<std::size_t>(block.runs()));
  for (FailedRun const& each : block.failed) results.failures[static_cast<std::size_t>(each.run)] = each.why;
  return results;
}

bool fits(SweepBlock const& block, std::int64_t generation) {
  if (block.number != generation || block.cells.empty()) return false;
  for (std::size_t k = 0; k < block.cells.size(); ++k) {
    BlockCell const& cell = block.cells[k];
    bool const next = cell.key == block.cells.front().key + static_cast<std::int64_t>(k);
    if (!next || cell.key < 0 || cell.first != 0 || cell.count != block.cells.front().count) return false;
  }
  return true;
}

}  // namespace

ProposalFolder::ProposalFolder(std::filesystem::path folder, std::map<std::string, std::string> const& identity)
    : blocks_(std::move(folder), identity, "calibration") {}

std::vector<ProposalResults> ProposalFolder::load(std::int64_t generation, std::vector<std::string>& problems) const {
  std::vector<ProposalResults> all;
  auto const belongs = [&](SweepBlock const& block) { return fits(block, generation); };
  for (SweepBlock const& block : blocks_.load(generation_word(generation), problems, belongs))
    all.push_back(results_in(block));
  return all;
}

void ProposalFolder::save(std::int64_t generation, ProposalResults const& results) const {
  SweepBlock block;
  block.sweep = blocks_.name();
  block.number = generation;
  block.width = results.width;
  block.values = results.values;
  for (std::int64_t k = 0; k < results.count; ++k)
    block.cells.push_back({results.first + k, 0, static_cast<std::int32_t>(results.replicates)});
  for (std::size_t run = 0; run < results.failures.size(); ++run)
    if (!results.failures[run].empty()) block.failed.push_back({static_cast<std::int64_t>(run), results.failures[run]});
  blocks_.save(fmt::format("{}{:010}-{}.h5", generation_word(generation), results.first, results.count), block);
}

}  // namespace hansa
