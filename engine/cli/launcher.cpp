/// Starts the program of a bundle with the loader and the libraries beside it, wherever the bundle lies. Linked
/// statically, so that it needs nothing of the system: no /proc, no shell, no library.
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include <sys/auxv.h>
#include <unistd.h>

namespace {

[[noreturn]] void refuse(char const* why) {
  std::fprintf(stderr, "error: %s, the whole folder of the bundle was expected around it\n", why);
  _exit(1);
}

/// The real path of this file: as it was called, links followed.
void find_own(char* path) {
  auto const called = reinterpret_cast<char const*>(getauxval(AT_EXECFN));
  if (called == nullptr || realpath(called, path) == nullptr) refuse("hansa cannot tell where it lies");
}

/// FOLDER/bin/hansa -> FOLDER/`inside`.
void find_beside(char const* own, char const* inside, char* path) {
  std::size_t length = std::strlen(own);
  for (int up = 0; up < 2; ++up)
    while (length > 0 && own[--length] != '/') {
    }
  int const written = std::snprintf(path, PATH_MAX, "%.*s/%s", static_cast<int>(length), own, inside);
  if (written < 0 || written >= PATH_MAX) refuse("the path of the bundle is too long");
}

}  // namespace

int main(int count, char** words) {
  static char own[PATH_MAX], loader[PATH_MAX], libraries[PATH_MAX], program[PATH_MAX];
  find_own(own);
  find_beside(own, "lib/" HANSA_LOADER, loader);
  find_beside(own, "lib", libraries);
  find_beside(own, "lib/hansa", program);
  auto const all = static_cast<char const**>(std::calloc(static_cast<std::size_t>(count) + 8, sizeof(char*)));
  if (all == nullptr) refuse("no memory");
  char const* const begin[] = {loader, "--inhibit-cache", "--library-path", libraries, "--argv0", own, program};
  std::memcpy(all, begin, sizeof begin);
  for (int k = 1; k < count; ++k) all[std::size(begin) - 1 + static_cast<std::size_t>(k)] = words[k];
  unsetenv("LD_PRELOAD");  // libraries of the system do not go with these
  execv(loader, const_cast<char* const*>(all));
  refuse("the loader of the bundle cannot be started");
}
