/// Asks the system for large pages.
#include "base/aligned.hpp"

#include <sys/mman.h>

namespace hansa {

namespace {

constexpr std::size_t line = 64;
constexpr std::size_t large_page = std::size_t{2} << 20;

constexpr bool deserves_large_pages(std::size_t bytes) noexcept {
  return bytes >= large_page / 2;
}

}  // namespace

void* allocate_lines(std::size_t bytes) {
  if (!deserves_large_pages(bytes)) return ::operator new (bytes, std::align_val_t{line});
  std::size_t const whole = (bytes + large_page - 1) / large_page * large_page;
  void* const pages = ::operator new (whole, std::align_val_t{large_page});
#ifdef MADV_HUGEPAGE
  ::madvise(pages, whole, MADV_HUGEPAGE);  // a wish: small pages serve as well where it is not granted
#endif
  return pages;
}

void free_lines(void* lines, std::size_t bytes) noexcept {
  ::operator delete (lines, std::align_val_t{deserves_large_pages(bytes) ? large_page : line});
}

}  // namespace hansa
