/// Ties from a file: source,target[,weight].
#include "world/file_ties.hpp"

#include "world/rows.hpp"

namespace hansa {
namespace {

void refuse_dates(Table const& table, std::string const& network, Complaints& complaints) {
  for (std::string_view header : {"from", "until", "time"}) {
    if (!table.column(header)) continue;
    complaints.add("column '" + std::string(header) + "' dates the ties of network '" + network +
                       "', but ties are constant in this version",
                   {table.name, 1, 0}, "remove the column, or name it otherwise if all ties hold at all times");
  }
}

std::optional<double> read_weight(Rows& rows, std::size_t row, std::size_t column) {
  std::string const& text = rows.table().cell(row, column);
  std::optional<double> const weight = parse_number(text);
  if (weight && *weight >= 0) return weight;
  std::string problem = "the weight '" + text + "' is ";
  if (text.empty())
    problem = "the weight is missing";
  else
    problem += weight ? "negative" : "not a finite number";
  rows.complain(row, column, std::move(problem), "a number from 0 was expected");
  return std::nullopt;
}

}  // namespace

DrawnTies read_ties(FileTies const& file, NetworkSpec const& spec, Cities const& cities, Tables const& tables,
                    Complaints& complaints) {
  Table const* table = find_table(tables, file.file);
  if (!table) return {};
  Rows rows(*table, cities, complaints);
  refuse_dates(*table, spec.name, complaints);
  std::optional<std::size_t> const source = rows.required("source");
  std::optional<std::size_t> const target = rows.required("target");
  std::optional<std::size_t> const weight = table->column("weight");
  DrawnTies drawn{{}, weight ? Weights::given : Weights::none};
  if (!source || !target) return drawn;
  drawn.ties.reserve(table->rows());
  for (std::size_t row = 0; row < table->rows(); ++row) {
    std::optional<Index> const from = rows.city(row, *source);
    std::optional<Index> const to = rows.city(row, *target);
    std::optional<double> const strength = weight ? read_weight(rows, row, *weight) : std::optional<double>(1);
    if (from && to && strength) drawn.ties.push_back({*from, *to, *strength});
  }
  return drawn;
}

void mirror_rows(std::vector<Tie>& ties) {
  std::size_t const count = ties.size();
  ties.reserve(2 * count);
  for (std::size_t k = 0; k < count; ++k) {
    if (ties[k].source != ties[k].target) ties.push_back({ties[k].target, ties[k].source, ties[k].weight});
  }
}

}  // namespace hansa
