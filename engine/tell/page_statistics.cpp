/// Tells statistics: of policies and steps their spread over replicates, of cities their values.
#include <algorithm>
#include <vector>

#include "io/statistics_reader.hpp"
#include "tell/page_parts.hpp"
#include "tell/page_result.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_numbers_of_statistic = 4'000'000;  ///< of one variable, city by city

class StatisticsPage {
 public:
  StatisticsPage(PageJson& to, StatisticsContents const& record) : to_(to), record_(record) {}

  void add() {
    to_.field("histories", record_.histories).field("unit", record_.time_unit).field("time", record_.time);
    to_.field("policies", record_.policies).field("replicates", record_.replicates);
    add_cities_of(to_, record_.cities);
    std::vector<std::string> left_out = record_.too_large;
    to_.key("statistics").begin_list();
    for (ReadStatistic const& each : record_.statistics)
      if (each.by_city && each.values.size() > most_numbers_of_statistic)
        left_out.push_back(each.name);
      else
        add_statistic(each);
    to_.end_list().field("left_out", left_out);
  }

 private:
  void add_statistic(ReadStatistic const& each) {
    to_.begin_object().field("name", each.name).field("entry", each.entry).field("kind", each.kind);
    to_.field("meaning", each.meaning).field("by_city", each.by_city).field("by_time", each.by_time);
    to_.field("classes", each.classes).key("of").begin_list();
    for (std::size_t p = 0; p < record_.policies.size(); ++p) each.by_city ? add_by_city(each, p) : add_spread(each, p);
    to_.end_list().end_object();
  }

  /// Cities × what else there is, packed.
  void add_by_city(ReadStatistic const& each, std::size_t policy) {
    std::size_t const size = each.values.size() / record_.policies.size();
    auto const first = each.values.begin() + static_cast<std::ptrdiff_t>(policy * size);
    to_.packed(std::vector<float>(first, first + static_cast<std::ptrdiff_t>(size)));
  }

  /// Quantiles over replicates, of data five times the value.
  void add_spread(ReadStatistic const& each, std::size_t policy) {
    std::size_t const columns = each.by_time ? record_.time.size() : 1;
    std::size_t const row = record_.policies.size() * columns;
    std::vector<double> rows;
    for (std::size_t begin = policy * columns; begin < each.values.size(); begin += row) {
      auto const first = each.values.begin() + static_cast<std::ptrdiff_t>(begin);
      rows.insert(rows.end(), first, first + static_cast<std::ptrdiff_t>(columns));
    }
    add_quantiles(to_, rows, columns);
  }

  PageJson& to_;
  StatisticsContents const& record_;
};

}  // namespace

void page_statistics(PageJson& to, PagedFile const& file) {
  StatisticsContents const record = read_statistics_file(file.file);
  to.begin_object();
  add_origin(to, file, {"statistics", record.title, {}, record.engine_version, record.engine_commit});
  StatisticsPage(to, record).add();
  to.end_object();
}

}  // namespace hansa
