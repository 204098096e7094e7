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

constexpr int wanted = HANSA_LEVEL[sizeof HANSA_LEVEL - 2] - '0';

/// 4, 3, 2, or 1 for any x86-64 (psABI, 3.1.1).
int level_of_processor() {
  __builtin_cpu_init();
#ifdef __clang__  // 14 does not know the levels by name
  if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("popcnt")) return 1;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("fma")) return 2;
  bool const wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return wide && __builtin_cpu_supports("avx512cd") ? 4 : 3;
#else
  if (__builtin_cpu_supports("x86-64-v4")) return 4;
  if (__builtin_cpu_supports("x86-64-v3")) return 3;
  return __builtin_cpu_supports("x86-64-v2") ? 2 : 1;
#endif
}

[[gnu::constructor(101)]] void check_processor() {
  int const level = level_of_processor();
  if (level >= wanted) return;
  say(refusal);
  if (level == 3) {
    say("build it with -DHANSA_ARCH=x86-64-v3\n");
  } else if (level == 2) {
    say("build it with -DHANSA_ARCH=x86-64-v2\n");
  } else {
    say("x86-64-v2 is the least that it can be built for\n");
  }
  _exit(1);
}

}  // namespace
