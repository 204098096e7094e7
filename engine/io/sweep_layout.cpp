/// Lists of axes and measures, and back.
#include "io/sweep_layout.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "io/hdf5_read.hpp"

namespace hansa {

namespace {

constexpr std::int64_t none_at_all = -1;
constexpr std::int8_t kinds_of_axis = 3;

template <class T>
void list_of_layout(NetcdfFile& file, std::string const& name, std::string const& along, std::vector<T> const& values) {
  H5Dataset const made = file.variable<T>(name, {along}, std::nullopt);
  file.write<T>(made, values);
}

H5Variable layout_list(hid_t group, std::string const& name, std::optional<std::size_t> length = std::nullopt) {
  H5Variable found(group, name);
  if (found.lengths.size() != 1 || found.lengths[0] != length.value_or(found.lengths[0]))
    h5_refuse(fmt::format("the variable '{}' does not have the length that was expected", name));
  return found;
}

std::vector<std::int64_t> layout_numbers(hid_t group, std::string const& name, std::size_t length) {
  return h5_read_rows<std::int64_t>(layout_list(group, name, length), 0, length);
}

std::vector<MeasureAxis> read_axes(hid_t group) {
  std::vector<std::string> const names = h5_read_texts(layout_list(group, "axis"));
  std::vector<std::int64_t> const kinds = layout_numbers(group, "axis_kind", names.size());
  std::vector<std::int64_t> const lengths = layout_numbers(group, "axis_length", names.size());
  std::vector<std::string> const labels = h5_read_texts(layout_list(group, "axis_label"));
  std::vector<MeasureAxis> axes;
  std::size_t next = 0;
  for (std::size_t k = 0; k < names.size(); ++k) {
    bool const fits = lengths[k] >= 0 && static_cast<std::size_t>(lengths[k]) <= labels.size() - next;
    if (!fits || kinds[k] < 0 || kinds[k] >= kinds_of_axis) h5_refuse("has an axis that is none");
    auto const begin = labels.begin() + static_cast<std::ptrdiff_t>(next);
    axes.push_back({static_cast<MeasureAxis::Of>(kinds[k]), names[k], {begin, begin + lengths[k]}});
    next += static_cast<std::size_t>(lengths[k]);
  }
  return axes;
}

}  // namespace

void write_layout(NetcdfFile& file, MeasureLayout const& layout) {
  file.labels("policy", std::span<std::string const>(layout.policies)).close("policy");
  std::vector<std::string> axes, labels, names, meanings, units;
  std::vector<std::int64_t> kinds, lengths, axis_of, paired;
  for (MeasureAxis const& each : layout.axes) {
    axes.push_back(each.name);
    kinds.push_back(static_cast<std::int64_t>(each.of));
    lengths.push_back(static_cast<std::int64_t>(each.labels.size()));
    labels.insert(labels.end(), each.labels.begin(), each.labels.end());
  }
  for (MeasureVariable const& each : layout.variables) {
    names.push_back(each.name);
    meanings.push_back(each.meaning);
    units.push_back(each.unit);
    axis_of.push_back(each.axis ? static_cast<std::int64_t>(*each.axis) : none_at_all);
    paired.push_back(each.paired_to.value_or(none_at_all));
  }
  file.labels("axis", std::span<std::string const>(axes)).close("axis");
  list_of_layout(file, "axis_kind", "axis", kinds);
  list_of_layout(file, "axis_length", "axis", lengths);
  file.labels("axis_label", std::span<std::string const>(labels)).close("axis_label");
  file.labels("measure", std::span<std::string const>(names)).close("measure");
  file.texts("measure_meaning", {"measure"}, meanings).close("measure_meaning");
  file.texts("measure_unit", {"measure"}, units).close("measure_unit");
  list_of_layout(file, "measure_axis", "measure", axis_of);
  list_of_layout(file, "measure_paired_to", "measure", paired);
}

MeasureLayout read_layout(hid_t group) {
  MeasureLayout layout;
  layout.policies = h5_read_texts(layout_list(group, "policy"));
  layout.axes = read_axes(group);
  std::vector<std::string> const names = h5_read_texts(layout_list(group, "measure"));
  std::vector<std::string> const meanings = h5_read_texts(layout_list(group, "measure_meaning", names.size()));
  std::vector<std::string> const units = h5_read_texts(layout_list(group, "measure_unit", names.size()));
  std::vector<std::int64_t> const axis_of = layout_numbers(group, "measure_axis", names.size());
  std::vector<std::int64_t> const paired = layout_numbers(group, "measure_paired_to", names.size());
  for (std::size_t k = 0; k < names.size(); ++k) {
    MeasureVariable& variable = layout.variables.emplace_back();
    variable.name = names[k];
    variable.meaning = meanings[k];
    variable.unit = units[k];
    if (paired[k] >= 0) variable.paired_to = paired[k];
    if (axis_of[k] >= static_cast<std::int64_t>(layout.axes.size())) h5_refuse("has a measure along no axis");
    if (axis_of[k] >= 0) {
      variable.axis = static_cast<std::size_t>(axis_of[k]);
      variable.length = layout.axes[*variable.axis].labels.size();
    }
    variable.first = layout.width;
    layout.width += variable.length * layout.policies.size();
  }
  return layout;
}

}  // namespace hansa
