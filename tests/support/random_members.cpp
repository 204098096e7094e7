/// Adds keys to lines that stand in the text already.
#include "support/random_members.hpp"

#include <algorithm>

#include "support/dice.hpp"

namespace hansa::test {

namespace {

class MembersAuthor {
 public:
  MembersAuthor(Stage const& stage, std::uint64_t number, std::string& yaml)
      : stage_(stage), yaml_(yaml), dice_(number ^ 0x3e3bull << 35), fees_(number ^ 0xfeeull << 36) {}

  void write() {
    if (yaml_.find("  properties:\n") == std::string::npos) return;
    Lines clubs = stage_.clubs;
    clubs.push_back("league");
    for (std::string const& club : clubs) {
      bool const selected = yaml_.find("{members: " + club + "}") != std::string::npos;
      bool const recruits = !selected && !stage_.tied.empty() && dissolved(club) > stage_.start + 1 && dice_.chance(30);
      if (recruits) add(club, recruit());
      if (recruits && line_of(club).find("fee: ") == std::string::npos && fees_.chance(40)) add_fee(club);
      if (dice_.chance(35)) add_pledge(club, recruits);
    }
  }

 private:
  [[nodiscard]] std::string line_of(std::string const& club) const {
    std::size_t const at = yaml_.find("    " + club + ": {");
    return at == std::string::npos ? "" : yaml_.substr(at, yaml_.find('\n', at) - at);
  }

  /// By the properties, not by interventions.
  [[nodiscard]] int dissolved(std::string const& club) const {
    std::string const line = line_of(club);
    std::size_t const at = line.find("dissolved: ");
    return at == std::string::npos ? stage_.end + 100 : std::stoi(line.substr(at + 11));
  }

  void add(std::string const& club, std::string const& key) {
    std::string const head = "    " + club + ": {";
    std::size_t const at = yaml_.find(head);
    if (at != std::string::npos) {
      yaml_.insert(at + head.size(), key + ", ");
    } else {
      yaml_.insert(yaml_.find("  properties:\n") + 14, head + key + "}\n");
    }
  }

  /// Half of the fees are set to another amount for some steps.
  void add_fee(std::string const& club) {
    add(club, fmt::format("fee: {{amount: {}, per: {}}}", fees_.decimal(0.01, 2), fees_.pick(Lines{"step", "once"})));
    if (fees_.chance(50)) return;
    std::string const head = "interventions:\n";
    if (yaml_.find("\n" + head) == std::string::npos) yaml_ += head;
    int const at = fees_.between(stage_.start, stage_.end), until = fees_.between(at, stage_.end);
    yaml_.insert(
        yaml_.find("\n" + head) + 1 + head.size(),
        fmt::format("  - {{at: {}, until: {}, name: due-{}, set: {{\"collaborations.properties.{}.fee.amount\": "
                    "{}}}}}\n",
                    at, until, club, club, fees_.decimal(0, 2)));
  }

  std::string recruit() {
    std::string const base = dice_.chance(30) ? "" : "base: " + dice_.decimal(0, 0.15);
    std::string const share = dice_.chance(20) ? "" : "share: " + dice_.decimal(0, 1.5);
    return fmt::format("recruit: {{network: {}, hazard: {{{}{}{}}}}}", dice_.pick(stage_.tied), base,
                       base.empty() || share.empty() ? "" : ", ", share);
  }

  void add_pledge(std::string const& club, bool recruits) {
    int const policy = dice_.between(0, stage_.policies - 1);
    std::size_t const begin = yaml_.find(fmt::format("  policy{}:\n", policy));
    std::size_t const rule = yaml_.find("rule: ", begin) + 6;
    std::string const name = yaml_.substr(rule, yaml_.find('\n', rule) - rule);
    if (name == "threshold" || name == "cascade" || stage_.end <= stage_.start) return;
    int const from = dice_.chance(60) ? stage_.start : dice_.between(stage_.start, stage_.end - 1);
    int const deadline = dice_.chance(50) ? stage_.end : dice_.between(from, stage_.end);
    std::string const replay = fmt::format("adopters: {{file: policy{}.csv, until: ", policy);
    std::size_t const until = yaml_.find(replay);
    if (until != std::string::npos && std::stoi(yaml_.substr(until + replay.size())) >= deadline) return;
    if (dissolved(club) <= from + 1) return;
    std::string more = from == stage_.start ? "" : fmt::format(", from: {}", from);
    if (deadline < stage_.end || dice_.chance(20)) more += fmt::format(", deadline: {}", deadline);
    std::string const share = fmt::format("{{share: {}}}", dice_.pick(Lines{"0.1", "0.25", "0.3", "0.5", "1"}));
    std::string const needs = recruits && dice_.chance(50) ? std::to_string(dice_.between(1, 2)) : share;
    add(club, fmt::format("pledge: {{policy: policy{}, needs: {}{}}}", policy, needs, more));
  }

  Stage const& stage_;
  std::string& yaml_;
  Dice dice_, fees_;
};

}  // namespace

void write_members(Stage const& stage, std::uint64_t number, Texts& texts) {
  MembersAuthor(stage, number, texts.yaml).write();
}

}  // namespace hansa::test
