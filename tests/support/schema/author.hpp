/// Draws scenarios from the field tables: sections key by key, values by kind, and what the tables leave to
/// hand-written readers from rows that state what goes together.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "support/dice.hpp"
#include "support/question.hpp"

namespace hansa::test {

using Names = std::vector<std::string>;

struct DrawnNetwork {
  std::string name;
  bool groups = false, living = false, redrawn = false;
  bool tame = true;  ///< weights are at most 10
};

struct DrawnPolicy {
  std::string name, rule;
  Names mechanisms;  ///< those that press
  bool priced = false;
  std::optional<int> until;  ///< adoptions up to here are given
  Node node;                 ///< as it was drawn
};

/// What there is to be named.
struct Ground {
  int cities = 0, policies = 1, start = 0, end = 0;
  bool from_file = false, globe = false, panel = false;
  bool attention = false, resources = false;
  bool fees = false;  ///< some collaboration has one
  Names id;
  Names numbers;                           ///< numeric attributes that differ between cities, of either sign
  Names weights;                           ///< numbers from 0.01 to 10
  Names parts;                             ///< numbers from 0 to 1
  Names whole;                             ///< whole numbers from 1 on
  Names changing;                          ///< numbers from a panel, above 0
  Names texts;                             ///< text attributes
  Names changing_texts;                    ///< from a panel
  std::map<std::string, Names> values;     ///< of text attributes: those that some city has
  Names years, countries, clubs, leagues;  ///< of leagues all dates of joining are known
  Names recruiting, pledged;               ///< collaborations whose members change in a run; policies of contracts
  bool ruled = false;                      ///< countries have the numbers need, drive, patience and duty
  std::vector<DrawnNetwork> networks;
  std::vector<DrawnPolicy> drawn;  ///< policies
};

class Author {
 public:
  Author(std::uint64_t number, std::span<Schema const* const> kinds);
  [[nodiscard]] Texts write();

  // By the tables.
  [[nodiscard]] Node section(std::string_view name, std::span<Field const> fields, std::string const& path);
  [[nodiscard]] Node value(std::string_view section, Field const& field, std::string const& path);
  [[nodiscard]] Node selector();
  [[nodiscard]] Node pool();
  [[nodiscard]] Node shape();

  // For the rows.
  [[nodiscard]] Node* now() const { return open_.empty() ? nullptr : open_.back(); }
  /// The scenario as far as it is drawn.
  [[nodiscard]] Node const& whole() const { return *open_.front(); }
  [[nodiscard]] bool has(std::string_view key) const { return now()->find(key) != nullptr; }
  /// The text of a scalar in the section in hand; empty: it is not there.
  [[nodiscard]] std::string text(std::string_view key) const;
  /// The alternative that was chosen in the section of this path.
  [[nodiscard]] std::string chosen(std::string const& path) const;
  [[nodiscard]] Names networks(std::function<bool(DrawnNetwork const&)> const& fits) const;
  [[nodiscard]] Names tied() const;     ///< networks with ties of their own
  [[nodiscard]] Names settled() const;  ///< of those the ones that are the same in every replicate
  [[nodiscard]] std::string city() { return dice.pick(ground.id); }
  [[nodiscard]] int date() { return dice.between(ground.start, ground.end); }
  [[nodiscard]] bool is(std::string_view rule) const { return policy->rule == rule; }
  /// Hazards and probabilities that are added are not negative.
  [[nodiscard]] bool adds() const { return is("additive") || is("linear"); }
  void file(std::string const& name, std::string const& header, Names rows);

  Dice dice;
  Ground ground;
  Texts texts;
  std::uint64_t number;
  std::span<Schema const* const> kinds;

  // In hand.
  DrawnNetwork* network = nullptr;
  DrawnPolicy* policy = nullptr;
  DrawnPolicy* target = nullptr;  ///< of an intervention
  std::string club;               ///< the same
  int at = 0, until = 0;          ///< the same
  std::string kind;               ///< of mechanism
  std::string name;               ///< of what is drawn by name
  Names planned;                  ///< kinds of the mechanisms of the policy in hand
  bool law = false, transmits = false, among = false, shares_cost = false, costs = false, learns = false,
       several = false;
  int of_bins = 1, depth = 0;
  std::map<std::string, int> ended, joined;                        ///< collaborations: first end, last joining
  std::map<std::pair<std::string, int>, std::string> memberships;  ///< verb of a collaboration and date
  std::map<std::string, int> set_until;                            ///< numbers, the last step in which they are set
  std::set<std::string> used;                                      ///< names of interventions

 private:
  [[nodiscard]] std::string choose(std::vector<std::string_view> const& choices, std::string const& path);
  [[nodiscard]] bool wanted(std::string_view section, Field const& field, std::string const& path);
  [[nodiscard]] std::string generic_number(Field const& field);
  [[nodiscard]] Node held(std::string_view section, Field const& field, std::string const& path);
  std::vector<Node*> open_;
  std::map<std::string, std::string> chosen_;
};

/// What the tables cannot say of a key: how often it is drawn (in per cent, or the weight of an alternative; default 35
/// and 100; 0: not here), and what stands there. A key without a row is drawn by its kind and range.
struct Row {
  std::string_view path;
  int (*odds)(Author&) = nullptr;
  Node (*draw)(Author&, Field const&) = nullptr;
};
[[nodiscard]] std::span<Row const> world_rows();
[[nodiscard]] std::span<Row const> policy_rows();
[[nodiscard]] std::span<Row const> mechanism_rows();
[[nodiscard]] std::span<Row const> act_rows();
[[nodiscard]] std::span<Row const> fit_rows();

// Scalars as a user would write them.
[[nodiscard]] Node scalar(std::string text);
[[nodiscard]] Node scalar(int value);
[[nodiscard]] Node list(Names const& texts);
[[nodiscard]] Node one(std::string key, Node value);
/// Up to `most` different ones, at least one.
[[nodiscard]] Names some(Dice& dice, Names from, int most);
[[nodiscard]] Names operator+(Names a, Names const& b);

}  // namespace hansa::test
