/// What LaTeX would take for commands, spelled out.
#include "tell/latex_text.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "tell/fit_words.hpp"

namespace hansa {

std::string latex_text(std::string_view plain) {
  std::string text;
  for (char const c : plain) {
    switch (c) {
      case '\\':
        text += "\\textbackslash{}";
        break;
      case '~':
        text += "\\textasciitilde{}";
        break;
      case '^':
        text += "\\textasciicircum{}";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        text += '\\';
        text += c;
        break;
      case '\n':
      case '\r':
        text += ' ';
        break;
      default:
        text += c;
    }
  }
  return text;
}

std::string latex_number(double value) {
  if (std::isnan(value)) return "--";
  if (std::isinf(value)) return value > 0 ? "$\\infty$" : "$-\\infty$";
  std::string const digits = four_digits(value);
  std::size_t const e = digits.find('e');
  if (e == std::string::npos) return "$" + digits + "$";
  return fmt::format("${} \\cdot 10^{{{}}}$", digits.substr(0, e), std::stoi(digits.substr(e + 1)));
}

std::string latex_decimals(double value) {
  return std::isfinite(value) ? "$" + two_decimals(value) + "$" : "--";
}

std::string latex_p(double p) {
  std::string const words = p_words(p);
  if (words == "–") return "--";
  return "$" + words + "$";
}

std::string latex_label(std::string_view kind, std::string_view name) {
  std::string label = "tab:" + std::string(kind) + "-";
  for (char const c : name) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    label += plain ? c : '-';
  }
  return label;
}

}  // namespace hansa
