/// What is wrong with a text whose structure is not YAML, in the words of somebody who edits it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hansa {

struct YamlMistake {
  std::string problem;
  std::string mend;                        ///< may be empty
  std::optional<std::size_t> opened = {};  ///< byte of a bracket that is never closed
  std::optional<std::size_t> at = {};      ///< byte that is to blame; nothing: where the parser stopped
};

/// What a blank that YAML does not take for one is called ("a no-break space"), if the text begins with it; else empty.
[[nodiscard]] std::string_view foreign_blank(std::string_view text) noexcept;

/// Explains why the parser stopped at `column` (a byte, from 0) of `line` (from 0) with the message `said`. Lines end
/// in line feeds. A message that is not known becomes the problem.
[[nodiscard]] YamlMistake explain_yaml(std::string_view text, std::size_t line, std::size_t column,
                                       std::string_view said);

}  // namespace hansa
