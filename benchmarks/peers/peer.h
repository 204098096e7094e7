/* What the peers in C share: the ties and seeds that the engine drew, a generator, and the lines that they obey. */
#ifndef HANSA_BENCHMARKS_PEER_H
#define HANSA_BENCHMARKS_PEER_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct Question {
  uint32_t cities, ties, seeds;
  uint32_t *pairs; /* source, target */
  uint32_t *seed;
};

static uint32_t *read_words(char const *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(1);
  fseek(file, 0, SEEK_END);
  *count = (size_t)ftell(file) / 4;
  rewind(file);
  uint32_t *words = malloc(4 * *count + 4);
  if (!words || fread(words, 4, *count, file) != *count) exit(1);
  fclose(file);
  return words;
}

static struct Question read_question(char **arguments) {
  size_t count;
  uint32_t *words = read_words(arguments[1], &count);
  struct Question question = {words[0], words[1], 0, words + 2, NULL};
  question.seed = read_words(arguments[2], &count);
  question.seeds = (uint32_t)count;
  return question;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* simulate(replicates, seed, final): answers every line on stdin, `WORKLOAD REPLICATES SEED`. */
static int obey(void (*simulate)(long, unsigned long, double *)) {
  char workload[64];
  long replicates;
  unsigned long seed;
  puts("ready");
  fflush(stdout);
  while (scanf("%63s %ld %lu", workload, &replicates, &seed) == 3) {
    double *final = malloc(sizeof(double) * (size_t)replicates);
    if (!final) return 1;
    double const begin = now();
    simulate(replicates, seed, final);
    double const seconds = now() - begin;
    double mean = 0, squares = 0;
    for (long r = 0; r < replicates; ++r) mean += final[r] / (double)replicates;
    for (long r = 0; r < replicates; ++r) squares += (final[r] - mean) * (final[r] - mean);
    printf("%.6f %.6f %.6f\n", seconds, mean, replicates > 1 ? sqrt(squares / (double)(replicates - 1)) : 0.0);
    fflush(stdout);
    free(final);
  }
  return 0;
}

#endif
