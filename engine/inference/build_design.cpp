/// Puts the rows of policies together, and adds fixed effects.
#include "inference/build_design.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "inference/joint_steps.hpp"
#include "inference/risk_rows.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

/// A column of the joint design, and where each policy's covariate of it is.
struct JointColumn {
  std::string name;
  Coefficient coefficient;
  std::vector<std::ptrdiff_t> of_policy;  ///< position in its covariates, -1: 0 throughout
  bool log_linear = true;
};

/// Columns in common by their names, unless each policy has its own; `baseline` is its own where effects are fixed.
std::vector<JointColumn> join(std::vector<Covariates> const& each, std::vector<std::string> const& names,
                              DesignOrder const& order) {
  bool const own_baselines = each.size() > 1 && order.policy_effects == PolicyEffects::fixed;
  std::vector<JointColumn> columns;
  std::map<std::string, std::size_t> position;
  for (std::size_t p = 0; p < each.size(); ++p) {
    std::vector<CovariateName> const& covariates = each[p].names();
    for (std::size_t c = 0; c < covariates.size(); ++c) {
      bool const own = own_baselines && covariates[c].kind == CoefficientKind::baseline;
      std::string name = own ? "baseline_" + names[p] : covariates[c].name;
      if (order.own_columns) name = names[p] + "." + covariates[c].name;
      auto const [found, fresh] = position.emplace(name, columns.size());
      if (fresh) {
        columns.push_back({name,
                           {{}, covariates[c].mechanism, covariates[c].kind, covariates[c].attribute},
                           std::vector<std::ptrdiff_t>(each.size(), -1),
                           c < each[p].log_linear()});
      }
      JointColumn& column = columns[found->second];
      column.coefficient.paths.push_back(covariates[c].path);
      column.of_policy[p] = static_cast<std::ptrdiff_t>(c);
    }
  }
  std::stable_partition(columns.begin(), columns.end(), [](JointColumn const& column) { return column.log_linear; });
  return columns;
}

/// Rows before they are numbers of a matrix.
class GatheredRows {
 public:
  GatheredRows(Scenario const& scenario, World const& world, Model const& model, DesignOrder const& order)
      : scenario_(scenario), world_(world), model_(model), order_(order) {}

  void gather(std::vector<ObservedHistory> const& histories) {
    std::vector<Covariates> covariates;
    std::vector<std::string> names;
    for (PolicyId const policy : order_.policies) {
      covariates.emplace_back(scenario_, world_, model_, policy, order_.from);
      names.push_back(scenario_.policies.at(policy.value).name);
    }
    columns_ = join(covariates, names, order_);
    veiled_.resize(model_.policies.size());
    for (std::size_t p = 0; p < order_.policies.size(); ++p) {
      RiskRows const found = risk_rows(world_, model_, order_.policies[p], histories,
                                       {order_.from, order_.until, order_.clocks}, covariates[p]);
      append(found, p, covariates[p].names().size(), histories[order_.policies[p].value].covered);
    }
    note_countries();
    FoundJointSteps found = joint_steps(model_, histories, order_, {rows_, policy_, veiled_});
    counts_.barred += found.contradictions;
    kept_ = std::move(found.kept);
    joint_ = std::move(found.steps);
  }

  /// Drops what cannot inform: groups without an event, whose own coefficients would run away.
  void drop_empty_groups() {
    std::set<std::int32_t> dummies;  // labels of periods with a coefficient of their own
    for (PolicyId const policy : order_.policies) {
      for (auto const& [label, effect] : scenario_.policies[policy.value].trend.periods) dummies.insert(label);
    }
    auto const has = [&](FixedEffect effect) {
      return std::find(order_.fixed_effects.begin(), order_.fixed_effects.end(), effect) != order_.fixed_effects.end();
    };
    if (has(FixedEffect::country)) drop_unknown_countries();
    bool const all_periods = has(FixedEffect::period);
    if (all_periods || !dummies.empty()) {
      drop([&](std::size_t k) { return period_[k]; },
           [&](std::int32_t label) { return all_periods || dummies.count(label) > 0; },
           [](std::int32_t label) { return std::to_string(label); });
    }
    std::size_t const periods = counts_.lost_groups.size();
    for (std::size_t k = 0; k < periods; ++k) note_lost(FixedEffect::period, counts_.lost_groups[k].first);
    if (!has(FixedEffect::country)) return;
    drop([&](std::size_t k) { return country_[k]; }, [](std::int32_t) { return true; },
         [&](std::int32_t code) { return country_name(code); });
    for (std::size_t k = periods; k < counts_.lost_groups.size(); ++k)
      note_lost(FixedEffect::country, counts_.lost_groups[k].first);
  }

  ObservedDesign finish() {
    ObservedDesign result;
    std::vector<std::size_t> rows;
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      if (kept_[k] != 0) rows.push_back(k);
    }
    Design& design = result.design;
    std::vector<std::vector<double>> columns = column_values(rows, result);
    design.log_linear = result.coefficients.size();
    if (model_.policies[order_.policies[0].value].rule == Rule::additive) {
      design.log_linear -= static_cast<std::size_t>(
          std::count_if(columns_.begin(), columns_.end(), [](JointColumn const& each) { return !each.log_linear; }));
    }
    design.x.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      for (std::size_t k = 0; k < rows.size(); ++k) {
        design.x(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c)) = columns[c][k];
      }
    }
    for (std::size_t const k : rows) {
      design.event.push_back(rows_[k].event);
      design.spell.push_back(rows_[k].spell);
      design.policy.push_back(policy_[k]);
      design.city.push_back(rows_[k].city);
      design.period.push_back(period_[k]);
      if (!country_.empty()) design.country.push_back(country_[k]);
    }
    for (JointStep& each : joint_) {  // those that compete have no groups that leave
      for (std::size_t& row : each.rows)
        row = static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
      design.joint.push_back(std::move(each));
    }
    result.counts = counts_;
    result.counts.joint = design.joint.size();
    return result;
  }

 private:
  void append(RiskRows const& found, std::size_t p, std::size_t covariates, std::vector<std::uint8_t> const& covered) {
    std::int32_t const first_spell = spells_;
    for (std::size_t k = 0; k < found.rows.size(); ++k) {
      RiskRow row = found.rows[k];
      if (row.spell >= 0) {
        row.spell += first_spell;
        spells_ = std::max(spells_, row.spell + 1);
      }
      rows_.push_back(row);
      policy_.push_back(order_.policies[p].value);
      period_.push_back(model_.clock.start + row.step - 1);
      for (JointColumn const& column : columns_) {
        std::ptrdiff_t const at = column.of_policy[p];
        values_.push_back(at < 0 ? 0 : found.values[k * covariates + static_cast<std::size_t>(at)]);
      }
    }
    veiled_[order_.policies[p].value] = found.veiled;
    counts_.intervals += found.intervals;
    counts_.cut_intervals += found.cut_intervals;
    counts_.early_intervals += found.early_intervals;
    counts_.given_intervals += found.given_intervals;
    counts_.outside += found.outside;
    counts_.bound += found.bound;
    counts_.barred += found.barred;
    counts_.waited += found.waited;
    counts_.uncovered += static_cast<std::size_t>(std::count(covered.begin(), covered.end(), 0));
    std::vector<std::uint8_t> const& known = model_.policies[order_.policies[p].value].known;
    counts_.unknown_sources += static_cast<std::size_t>(std::count(known.begin(), known.end(), 0));
  }

  void note_countries() {
    TextColumn const* const column = world_.cities.text("country");
    for (std::size_t k = 0; column != nullptr && k < rows_.size(); ++k) {
      country_.push_back(column->code[rows_[k].city]);
    }
  }

  [[nodiscard]] std::string country_name(std::int32_t code) const {
    return world_.cities.text("country")->labels[static_cast<std::size_t>(code)];
  }

  /// Before anything is asked of events: those of such rows inform no group.
  void drop_unknown_countries() {
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      if (country_[k] >= 0) continue;
      kept_[k] = 0;
      ++counts_.no_country;
    }
  }

  template <class Group, class Wanted, class Name>
  void drop(Group const& group, Wanted const& wanted, Name const& name) {
    std::map<std::int32_t, std::pair<std::size_t, bool>> found;  // rows, has an event
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      if (kept_[k] == 0 || !wanted(group(k))) continue;
      auto& [rows, any] = found[group(k)];
      ++rows;
      any = any || rows_[k].event != 0 || rows_[k].spell >= 0;
    }
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      auto const at = found.find(group(k));
      if (kept_[k] != 0 && at != found.end() && !at->second.second) kept_[k] = 0;
    }
    for (auto const& [code, told] : found) {
      if (!told.second) counts_.lost_groups.emplace_back(name(code), told.first);
    }
  }

  /// Of the rows that are kept; columns of groups that left the gathered are left out, fixed effects come before the
  /// mechanisms.
  std::vector<std::vector<double>> column_values(std::vector<std::size_t> const& rows, ObservedDesign& result) {
    std::vector<std::vector<double>> values;
    auto const add_shared = [&](bool log_linear) {
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c].log_linear != log_linear || lost(columns_[c])) continue;
        std::vector<double>& column = values.emplace_back();
        for (std::size_t const k : rows) column.push_back(values_[k * columns_.size() + c]);
        result.design.names.push_back(columns_[c].name);
        result.coefficients.push_back(columns_[c].coefficient);
      }
    };
    add_shared(true);
    for (FixedEffect const effect : order_.fixed_effects) add_dummies(effect, rows, values, result);
    add_shared(false);
    return values;
  }

  /// Whether a column is that of a period which left the gathered.
  [[nodiscard]] bool lost(JointColumn const& column) const {
    if (column.coefficient.kind != CoefficientKind::period) return false;
    return std::any_of(counts_.lost_groups.begin(), counts_.lost_groups.end(),
                       [&](auto const& each) { return column.name == "period_" + each.first; });
  }

  /// One column for every group but the first.
  void add_dummies(FixedEffect effect, std::vector<std::size_t> const& rows, std::vector<std::vector<double>>& values,
                   ObservedDesign& result) {
    bool const of_period = effect == FixedEffect::period;
    std::vector<std::int32_t> const& group = of_period ? period_ : country_;
    std::set<std::int32_t> codes;
    for (std::size_t const k : rows) codes.insert(group[k]);
    auto const name = [&](std::int32_t code) { return of_period ? std::to_string(code) : country_name(code); };
    for (std::int32_t const code : codes) {
      if (code == *codes.begin()) {
        counts_.references.push_back(name(code));
        for (std::string& path : paths_of(effect, name(code)))
          counts_.unestimated.push_back({std::move(path), UnestimatedGroup::Why::reference});
        continue;
      }
      std::vector<double>& column = values.emplace_back();
      for (std::size_t const k : rows) column.push_back(group[k] == code ? 1 : 0);
      result.design.names.push_back((of_period ? "period_" : "country_") + name(code));
      Coefficient& coefficient = result.coefficients.emplace_back();
      coefficient.kind = of_period ? CoefficientKind::period : CoefficientKind::country;
      coefficient.paths = paths_of(effect, name(code));
    }
  }

  /// Of a period or country, one for each policy.
  [[nodiscard]] std::vector<std::string> paths_of(FixedEffect effect, std::string const& group) const {
    std::vector<std::string> paths;
    for (PolicyId const policy : order_.policies) {
      std::string const root = joined("policies", scenario_.policies[policy.value].name);
      paths.push_back(joined(root + (effect == FixedEffect::period ? ".trend.periods" : ".attributes.country"), group));
    }
    return paths;
  }

  void note_lost(FixedEffect effect, std::string const& group) {
    for (std::string& path : paths_of(effect, group))
      counts_.unestimated.push_back({std::move(path), UnestimatedGroup::Why::no_event});
  }

  Scenario const& scenario_;
  World const& world_;
  Model const& model_;
  DesignOrder const& order_;
  std::vector<JointColumn> columns_;
  std::vector<RiskRow> rows_;
  std::vector<double> values_;  // rows × columns_
  std::vector<Index> policy_;
  std::vector<std::int32_t> period_, country_;
  std::vector<std::uint8_t> kept_;
  std::vector<std::vector<CityStep>> veiled_;  // per policy of the model
  std::vector<JointStep> joint_;
  std::int32_t spells_ = 0;
  DesignCounts counts_;
};

}  // namespace

ObservedDesign build_design(Scenario const& scenario, World const& world, Model const& model,
                            std::vector<ObservedHistory> const& histories, DesignOrder const& order) {
  GatheredRows gathered(scenario, world, model, order);
  gathered.gather(histories);
  gathered.drop_empty_groups();
  return gathered.finish();
}

Design with_columns(Design const& design, std::vector<std::size_t> const& columns) {
  Design chosen = design;
  chosen.names.clear();
  chosen.x.resize(design.x.rows(), static_cast<Eigen::Index>(columns.size()));
  chosen.log_linear = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    chosen.names.push_back(design.names[columns[c]]);
    chosen.x.col(static_cast<Eigen::Index>(c)) = design.x.col(static_cast<Eigen::Index>(columns[c]));
    chosen.log_linear += columns[c] < design.log_linear ? 1 : 0;
  }
  return chosen;
}

}  // namespace hansa
