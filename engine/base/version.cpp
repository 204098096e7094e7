/// Which engine this is, from the definitions that the build passes.
#include "base/version.hpp"

#ifndef HANSA_VERSION
#define HANSA_VERSION "unknown"
#endif
#ifndef HANSA_COMMIT
#define HANSA_COMMIT "unknown"
#endif

namespace hansa {

std::string_view version() noexcept {
  return HANSA_VERSION;
}

std::string_view commit() noexcept {
  return HANSA_COMMIT;
}

std::string_view compiler() noexcept {
#if defined(__clang__)
  return "Clang " __clang_version__;
#elif defined(__GNUC__)
  return "GCC " __VERSION__;
#else
  return "unknown";
#endif
}

}  // namespace hansa
