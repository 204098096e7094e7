/* An epidemic by igraph (Csárdi & Nepusz 2006): igraph_sir, in continuous time, from one random city each. Another
   process than SI in steps: infection 1/64 a tie, recovery 1/128 (its sums of rates must not round, or it stops at a
   weight below 0); listed for scale, not compared in its outcome. */
#include <igraph/igraph.h>

#include "peer.h"

static igraph_t graph;

static void simulate(long replicates, unsigned long seed, double *final) {
  igraph_rng_seed(igraph_rng_default(), seed);
  igraph_vector_ptr_t runs;
  igraph_vector_ptr_init(&runs, 0);
  if (igraph_sir(&graph, 0x1p-6, 0x1p-7, replicates, &runs) != IGRAPH_SUCCESS) exit(1);
  for (long r = 0; r < replicates; ++r) {
    igraph_sir_t *run = VECTOR(runs)[r];
    final[r] = (double)VECTOR(run->no_r)[igraph_vector_int_size(&run->no_r) - 1];
    igraph_sir_destroy(run);
    igraph_free(run);
  }
  igraph_vector_ptr_destroy(&runs);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  struct Question const question = read_question(arguments);
  igraph_vector_int_t edges;
  igraph_vector_int_init(&edges, 0);
  igraph_vector_int_reserve(&edges, question.ties);
  for (uint32_t e = 0; e < question.ties; ++e) {
    uint32_t const *pair = question.pairs + 2 * (size_t)e;
    if (pair[0] >= pair[1]) continue; /* an undirected tie once */
    igraph_vector_int_push_back(&edges, pair[0]);
    igraph_vector_int_push_back(&edges, pair[1]);
  }
  if (igraph_create(&graph, &edges, question.cities, IGRAPH_UNDIRECTED) != IGRAPH_SUCCESS) return 1;
  igraph_vector_int_destroy(&edges);
  int const code = obey(simulate);
  igraph_destroy(&graph);
  return code;
}
