/// Vectors whose data begin on a cache line, large ones on a large page.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace hansa {

/// Memory aligned to a cache line; from half a large page (2 MiB) on, whole large pages where the system has them:
/// random access to millions of cities otherwise waits for the addresses of small ones.
[[nodiscard]] void* allocate_lines(std::size_t bytes);
void free_lines(void* lines, std::size_t bytes) noexcept;

template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(CacheLineAllocator<U> const&) noexcept {}
  [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(allocate_lines(n * sizeof(T))); }
  void deallocate(T* p, std::size_t n) noexcept { free_lines(p, n * sizeof(T)); }
  bool operator==(CacheLineAllocator const&) const noexcept { return true; }
};

template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

}  // namespace hansa
