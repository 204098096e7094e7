/// Draws sections and values from the tables.
#include "support/schema/author.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/fields.hpp"
#include "support/schema/schema_texts.hpp"
#include "tell/forms.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

/// Competition has the parameters of exposure.
std::string as_exposure(std::string const& path) {
  constexpr std::string_view competition = "competition";
  return path.starts_with(competition) ? "exposure" + path.substr(competition.size()) : path;
}

Row const* row_of(std::string const& path) {
  static std::array const tables{world_rows(), policy_rows(), mechanism_rows(), act_rows(), fit_rows()};
  std::string const wanted = as_exposure(path);
  for (std::span<Row const> const table : tables)
    for (Row const& each : table)
      if (each.path == wanted) return &each;
  return nullptr;
}

bool contains(std::vector<std::string_view> const& all, std::string_view name) {
  return std::ranges::find(all, name) != all.end();
}

}  // namespace

Node scalar(std::string text) {
  Node node = text_node(std::move(text));
  node.quoted = false;
  return node;
}

Node scalar(int value) {
  return number_node(std::int64_t{value});
}

Node list(Names const& texts) {
  std::vector<Node> items;
  for (std::string const& each : texts) items.push_back(scalar(each));
  return list_node(std::move(items));
}

Node one(std::string key, Node value) {
  return map_node({{std::move(key), std::move(value)}});
}

Names some(Dice& dice, Names from, int most) {
  dice.shuffle(from);
  from.resize(static_cast<std::size_t>(dice.between(1, std::min(most, static_cast<int>(from.size())))));
  return from;
}

Names operator+(Names a, Names const& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Author::Author(std::uint64_t given, std::span<Schema const* const> mechanisms)
    : dice(given ^ 0x5c4eull << 40), number(given), kinds(mechanisms) {}

Texts Author::write() {
  ground.cities = dice.chance(15) ? dice.between(2, 4) : dice.between(5, 22);
  ground.start = dice.pick(std::vector<int>{1, -5, 1990, 2001});
  ground.end = ground.start + (dice.chance(10) ? dice.between(1, 2) : dice.between(3, 18)) - 1;
  ground.resources = dice.chance(35);
  ground.attention = dice.chance(25);
  ground.panel = dice.chance(35);
  ground.policies = dice.between(1, 4);
  Node const scenario = section("scenario", fields::scenario, "scenario");
  texts.yaml = to_yaml(scenario);
  return std::move(texts);
}

std::string Author::text(std::string_view key) const {
  Node const* const found = now()->find(key);
  return found == nullptr ? std::string() : found->text;
}

std::string Author::chosen(std::string const& path) const {
  auto const found = chosen_.find(path);
  return found == chosen_.end() ? std::string() : found->second;
}

Names Author::networks(std::function<bool(DrawnNetwork const&)> const& fits) const {
  Names names;
  for (DrawnNetwork const& each : ground.networks)
    if (fits(each)) names.push_back(each.name);
  return names;
}

Names Author::tied() const {
  return networks([](DrawnNetwork const& each) { return !each.groups; });
}

Names Author::settled() const {
  return networks([](DrawnNetwork const& each) { return !each.groups && !each.redrawn; });
}

void Author::file(std::string const& file_name, std::string const& header, Names rows) {
  dice.shuffle(rows);
  std::string all = header + "\n";
  for (std::string const& row : rows) all += row + "\n";
  texts.files[file_name] = all;
}

std::string Author::choose(std::vector<std::string_view> const& choices, std::string const& path) {
  std::vector<int> weights;
  int sum = 0;
  for (std::string_view const each : choices) {
    Row const* const row = row_of(path + "." + std::string(each));
    sum += weights.emplace_back(row != nullptr && row->odds != nullptr ? row->odds(*this) : 100);
  }
  if (sum == 0) return {};
  int left = dice.between(1, sum);
  for (std::size_t k = 0; k < choices.size(); ++k) {
    left -= weights[k];
    if (left <= 0) return std::string(choices[k]);
  }
  return {};
}

bool Author::wanted(std::string_view section_name, Field const& field, std::string const& path) {
  Row const* const row = row_of(path);
  int odds = field.need == Need::required ? 100 : 35;
  for (Companion const& each : companions()) {
    if (each.section != section_name || each.key != field.name) continue;
    if (!has(each.beside) && !has(each.or_beside)) return false;
    if (each.need == Need::required) odds = 100;
  }
  for (Stranger const& each : strangers())
    if (each.section == section_name && each.key == field.name)
      for (std::string_view const other : each.others)
        if (has(other) || chosen(path.substr(0, path.rfind('.'))) == other) return false;
  if (row != nullptr && row->odds != nullptr) odds = row->odds(*this);
  return dice.chance(odds);
}

Node Author::section(std::string_view section_name, std::span<Field const> fields, std::string const& path) {
  Node node = map_node({});
  open_.push_back(&node);
  std::vector<std::string_view> const choices = alternatives_in(section_name, fields);
  chosen_[path] = choices.empty() ? std::string() : choose(choices, path);
  std::string const taken = chosen_[path];
  for (Field const& field : fields) {
    std::string const here = path + "." + std::string(field.name);
    if (contains(choices, field.name) ? field.name != taken : !wanted(section_name, field, here)) continue;
    Node drawn = value(section_name, field, here);
    if (drawn.form != Node::Form::null) node.entries.push_back({std::string(field.name), {}, std::move(drawn)});
  }
  open_.pop_back();
  return node;
}

std::string Author::generic_number(Field const& field) {
  bool const above_zero = field.lowest == fields::above_zero;
  double const lowest = above_zero ? 0.01 : std::max(field.lowest, -0.5);
  double const highest = field.highest == fields::below_one ? 0.9 : std::min(field.highest, lowest + 1.5);
  return dice.decimal(lowest, highest);
}

Node Author::value(std::string_view section_name, Field const& field, std::string const& path) {
  Row const* const row = row_of(path);
  if (row != nullptr && row->draw != nullptr) return row->draw(*this, field);
  switch (field.kind) {
    case Kind::number:
      return scalar(generic_number(field));
    case Kind::chance: {
      std::string const share = generic_number(field);
      return scalar(dice.chance(40) && share != "0" && share != "1" ? fmt::format("{} %", 100 * std::stod(share))
                                                                    : share);
    }
    case Kind::integer:
      return scalar(dice.between(static_cast<int>(std::max(field.lowest, 0.0)),
                                 static_cast<int>(std::min(field.highest, std::max(field.lowest, 0.0) + 5))));
    case Kind::boolean:
      return truth_node(dice.chance(50));
    case Kind::choice:
      return scalar(std::string(
          field.choices[static_cast<std::size_t>(dice.between(0, static_cast<int>(field.choices.size()) - 1))]));
    case Kind::number_or_attribute:
      if (!ground.weights.empty() && dice.chance(40)) return one("attribute", scalar(dice.pick(ground.weights)));
      return scalar(generic_number(field));
    case Kind::numbers:
      return list({generic_number(field)});
    case Kind::text:
    case Kind::file:
      return scalar(dice.pick(Names{"plain", "two words", "2001", "a: b"}));
    case Kind::texts:
      return list({"plain"});
    case Kind::attribute:
      return scalar(dice.pick(ground.numbers));
    case Kind::attributes:
      return list(some(dice, ground.numbers, 2));
    case Kind::network:
      return scalar(dice.pick(tied()));
    case Kind::policy:
      return scalar(dice.pick(ground.drawn).name);
    case Kind::policies:
      return list({dice.pick(ground.drawn).name});
    case Kind::collaborations:
      return list(some(dice, ground.clubs, 2));
    case Kind::pool:
      return pool();
    case Kind::shape:
      return shape();
    case Kind::selector:
      return selector();
    case Kind::section:
      return section(field.name, field.inside, path);
    case Kind::map:
    case Kind::list:
      break;
  }
  return held(section_name, field, path);
}

Node Author::pool() {
  bool const word = ground.texts.empty() && ground.clubs.empty();
  if (word || dice.chance(35)) return scalar(ground.countries.empty() || dice.chance(60) ? "all" : "country");
  Node node = section("pool", fields::pool, "pool");
  return node.entries.empty() ? scalar("all") : node;
}

Node Author::shape() {
  return dice.chance(35) ? scalar(dice.pick(Names{"linear", "log1p"})) : section("shape", fields::shape, "shape");
}

Node Author::selector() {
  if (depth > 2 || dice.chance(15)) return scalar("all");
  if (dice.chance(20)) return list(some(dice, ground.id, 3));
  ++depth;
  bool const outer = std::exchange(among, dice.chance(30));
  Node node = section("selector", fields::selector, "selector");
  among = outer;
  --depth;
  return node;
}

Node Author::held(std::string_view section_name, Field const& field, std::string const& path) {
  Form const form = form_of(section_name, field.name);
  std::string const inside(form.name.empty() ? form.key : form.name);
  switch (form.holds) {
    case Holds::section:
      return section(inside, form.inside, path);
    case Holds::number_or_section:
      return dice.chance(60) ? scalar(generic_number(field)) : section(inside, form.inside, path);
    case Holds::words_or_section:
      if (dice.chance(30))
        return scalar(std::string(
            form.words[static_cast<std::size_t>(dice.between(0, static_cast<int>(form.words.size()) - 1))]));
      return section(inside, form.inside, path);
    case Holds::numbers: {
      Node node = map_node({});
      for (std::string const& each : some(dice, ground.numbers, 2))
        node.entries.push_back({each, {}, scalar(generic_number(field))});
      return node;
    }
    case Holds::words: {
      Names words(form.words.begin() + 1, form.words.end());
      return dice.chance(40) ? scalar(dice.chance(40) ? std::string(form.words.front()) : dice.pick(words))
                             : list(some(dice, words, 2));
    }
    case Holds::text_or_section:
      return dice.chance(50) ? scalar(dice.pick(ground.numbers)) : section(inside, form.inside, path);
    case Holds::selectors: {
      std::vector<Node> parts;
      for (int k = dice.between(1, 2); k > 0; --k) parts.push_back(selector());
      return list_node(std::move(parts));
    }
    default:
      return map_node({});  // by a row, or never
  }
}

Texts schema_texts(std::uint64_t number) {
  static Catalogue const catalogue = standard_catalogue();
  static std::vector<Schema const*> const kinds = schemas(catalogue);
  return Author(number, kinds).write();
}

}  // namespace hansa::test
