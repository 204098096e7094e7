/* SI contagion in linear algebra by SuiteSparse:GraphBLAS (Davis 2019): new infections times ties adds to the counts of
   infected neighbours; then every exposed city draws. */
#include <GraphBLAS.h>

#include "peer.h"

enum { steps = 100 };
static double const transmission = 0.02;
static struct Question question;
static GrB_Matrix ties;

static uint64_t state;
static double uniform(void) { /* SplitMix64 (Steele, Lea & Flood 2014) */
  uint64_t z = (state += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void check(GrB_Info info) {
  if (info != GrB_SUCCESS && info != GrB_NO_VALUE) exit(1);
}

static double one(GrB_Index *index, int32_t *count, GrB_Index *fresh, uint8_t *infected, int8_t *ones) {
  GrB_Index const n = question.cities;
  GrB_Vector counts, found;
  check(GrB_Vector_new(&counts, GrB_INT32, n));
  memset(infected, 0, n);
  GrB_Index k = 0;
  for (uint32_t s = 0; s < question.seeds; ++s) fresh[k++] = question.seed[s];
  GrB_Index total = 0;
  for (int step = 0; step <= steps; ++step) {
    for (GrB_Index q = 0; q < k; ++q) infected[fresh[q]] = 1;
    total += k;
    if (step == steps || total == n) break;
    check(GrB_Vector_new(&found, GrB_INT8, n));
    check(GrB_Vector_build_INT8(found, fresh, ones, k, GrB_FIRST_INT8));
    check(GrB_mxv(counts, GrB_NULL, GrB_PLUS_INT32, GxB_PLUS_PAIR_INT32, ties, found, GrB_NULL));
    GrB_free(&found);
    GrB_Index exposed = n;
    check(GrB_Vector_extractTuples_INT32(index, count, &exposed, counts));
    k = 0;
    for (GrB_Index q = 0; q < exposed; ++q) {
      if (!infected[index[q]] && uniform() < 1 - pow(1 - transmission, count[q])) fresh[k++] = index[q];
    }
  }
  GrB_free(&counts);
  return (double)total;
}

static void simulate(long replicates, unsigned long seed, double *final) {
  GrB_Index const n = question.cities;
  GrB_Index *index = malloc(sizeof *index * n), *fresh = malloc(sizeof *fresh * n);
  int32_t *count = malloc(sizeof *count * n);
  uint8_t *infected = malloc(n);
  int8_t *ones = malloc(n);
  if (!index || !fresh || !count || !infected || !ones) exit(1);
  memset(ones, 1, n);
  state = seed * 0x9E3779B97F4A7C15ull;
  for (long r = 0; r < replicates; ++r) final[r] = one(index, count, fresh, infected, ones);
  free(index), free(fresh), free(count), free(infected), free(ones);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  question = read_question(arguments);
  check(GrB_init(GrB_NONBLOCKING));
  check(GxB_Global_Option_set(GxB_GLOBAL_NTHREADS, 1));
  GrB_Index *row = malloc(sizeof *row * question.ties), *column = malloc(sizeof *column * question.ties);
  bool *present = malloc(question.ties);
  if (!row || !column || !present) return 1;
  for (uint32_t e = 0; e < question.ties; ++e) {
    row[e] = question.pairs[2 * (size_t)e + 1];
    column[e] = question.pairs[2 * (size_t)e];
    present[e] = true;
  }
  check(GrB_Matrix_new(&ties, GrB_BOOL, question.cities, question.cities));
  /* Stored by column: an infected city's ties lie together. */
  check(GxB_Matrix_Option_set(ties, GxB_FORMAT, GxB_BY_COL));
  check(GrB_Matrix_build_BOOL(ties, row, column, present, question.ties, GrB_LOR));
  free(row), free(column), free(present);
  return obey(simulate);
}
