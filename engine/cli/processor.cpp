/// Refuses, in one sentence, a processor below the level that the program was built for. Compiled for any x86-64
/// processor and run before every other initialiser of the program, so that it may call nothing else of it.
#include <unistd.h>

#ifndef HANSA_LEVEL
#error "HANSA_LEVEL must name the level that the program is built for"
#endif

namespace {

constexpr char refusal[] = "error: this hansa was built for " HANSA_LEVEL " processors, which this one is not; ";

template <unsigned long size>
void say(char const (&text)[size]) {
  [[maybe_unused]] auto const written = write(STDERR_FILENO, text, size - 1);
}

[[gnu::constructor(101)]] void check_processor() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports(HANSA_LEVEL)) return;
  say(refusal);
  if (__builtin_cpu_supports("x86-64-v3")) {
    say("build it with -DHANSA_ARCH=x86-64-v3\n");
  } else if (__builtin_cpu_supports("x86-64-v2")) {
    say("build it with -DHANSA_ARCH=x86-64-v2\n");
  } else {
    say("x86-64-v2 is the least that it can be built for\n");
  }
  _exit(1);
}

}  // namespace
