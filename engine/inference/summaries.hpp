/// Summary statistics of observed and simulated histories: what a calibration, and the goodness of a fit, compare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/histories.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "scenario/scenario.hpp"
#include "statistics/tie_rows.hpp"
#include "world/world.hpp"

namespace hansa {

/// Summaries in one world. Only cities whose status the data know and that may adopt in a run are counted, as adopters
/// and as those that are observed, up to the last label that the data tell of. Const use is thread safe.
///
/// - curve: share of adopters at the end of each step; the same for each value of a text attribute.
/// - exposure at adoption, by network: the share of the cities that an adopter observes, by the weights of its ties,
///   that had adopted before its step; mean and standard deviation over adoptions (Valente 1996). 0 without adoptions.
/// - Moran's I (Moran 1950), by network, ties weighted to sum 1 in each city: of having adopted in the end, and of the
///   step of adoption among adopters. 0 where all are alike.
/// - seniority, by network: for how many steps the cities that an adopter observes had adopted, at its adoption, those
///   that had, by the weights of their ties; mean and standard deviation over adoptions. 0 without any.
class Summaries {
 public:
  /// `model`: compiled in this world; other models of the same policies may be summarised too. Complains where nothing
  /// was observed, and of attributes and networks that cannot be used. Scenario and model may go, the world stays.
  Summaries(Scenario const& scenario, World const& world, Model const& model, Complaints& complaints);
  /// The same of a list of summaries, up to a label; `where`: of complaints.
  Summaries(Scenario const& scenario, World const& world, Model const& model, std::vector<SummarySpec> const& summaries,
            std::int32_t until, Place const& where, Complaints& complaints);

  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }  ///< W
  [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }
  /// Per number: which part of the distance it belongs to. Numbers of a part count together as much as those of
  /// another.
  [[nodiscard]] std::vector<std::size_t> const& parts() const noexcept { return parts_; }
  /// "POLICY.SUMMARY" per part.
  [[nodiscard]] std::vector<std::string> const& part_names() const noexcept { return part_names_; }
  /// What a run must remember.
  [[nodiscard]] RecordPlan const& plan() const noexcept { return plan_; }

  /// W numbers of what the data tell.
  [[nodiscard]] std::vector<double> observed() const;
  /// W numbers of a history that has not failed, recorded by the plan.
  void simulated(History const& history, std::span<double> row) const;

 private:
  /// Ties of one network between counted cities.
  struct Seen {
    std::string name;
    TieRows rows;
  };
  struct Grouping {
    std::string name;
    TextColumn const* column;
    std::vector<double> sizes;  ///< counted cities per label
  };
  /// One policy.
  struct Compared {
    std::size_t policy = 0;
    std::int32_t first = 1, last = 1;   ///< steps
    std::vector<std::uint8_t> counted;  ///< per city
    double cities = 0;
    bool curve = false;
    std::vector<Grouping> groupings;
    std::vector<Seen> exposures, morans, seniorities;
  };
  class Walk;

  std::optional<Compared> compared(std::size_t policy, Scenario const& scenario, Model const& model,
                                   std::vector<SummarySpec> const& summaries, std::int32_t until,
                                   Complaints& complaints) const;
  void add_groupings(SummarySpec const& spec, Scenario const& scenario, Compared& into, Complaints& complaints) const;
  void add_networks(SummarySpec const& spec, bool alone, std::vector<Seen>& into,
                    std::vector<std::uint8_t> const& counted, Complaints& complaints) const;
  void lay_out(Compared const& one, std::string const& policy);
  void name(std::string text, std::string const& part);
  void summarise(Compared const& one, std::span<DatedEvent const> events, std::span<double>& row) const;

  World const& world_;
  Clock clock_;
  RecordPlan plan_;
  std::vector<Compared> compared_;
  std::vector<std::string> names_, part_names_;
  std::vector<std::size_t> parts_;
};

}  // namespace hansa
