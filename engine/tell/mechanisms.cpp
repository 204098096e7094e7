/// The two layouts of the catalogue.
#include "tell/mechanisms.hpp"

#include <string_view>

#include <fmt/format.h>

#include "mechanisms/observable.hpp"
#include "tell/parameters.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

std::string observable_words(Schema const& schema) {
  if (schema.observable) return "Computed from the history of adoptions and given data, so that it can be estimated.";
  std::string_view const unless = observable_if(schema);
  return "Not computed from the history of adoptions alone, so that it cannot be estimated" +
         (unless.empty() ? std::string(".") : fmt::format(", unless {}.", unless));
}

}  // namespace

std::string mechanisms_text(std::span<Schema const* const> mechanisms) {
  std::string text;
  for (Schema const* schema : mechanisms) {
    if (!text.empty()) text += '\n';
    text += fmt::format("{}\n  {}\n", schema->name, wrap(schema->opening, terminal_width, 2));
    text += fmt::format("  formula  {}\n", wrap(schema->formula, terminal_width, 11));
    text += fmt::format("  source   {}\n", wrap(schema->source, terminal_width, 11));
    text += parameter_lines(schema->parameters);
  }
  return text;
}

std::string mechanisms_markdown(std::span<Schema const* const> mechanisms) {
  std::string text;
  for (Schema const* schema : mechanisms) {
    if (!text.empty()) text += '\n';
    text += fmt::format("### `{}`\n\n{}\n\nFormula: {}\n\nSource: {}\n\n{}\n\n", schema->name, schema->opening,
                        schema->formula, schema->source, observable_words(*schema));
    text += parameter_table(schema->parameters);
  }
  return text;
}

}  // namespace hansa
