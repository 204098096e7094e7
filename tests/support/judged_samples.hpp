/// Made-up hypotheses and envelopes beside the fits of fit_samples.hpp.
#pragma once

#include "io/goodness_file.hpp"
#include "io/hypotheses_file.hpp"

namespace hansa::test {

inline HypothesesRecord sample_hypotheses() {
  return {.fits = {"led", "solar", "stuck"},
          .ranked = {{.name = "both",
                      .against = "ties",
                      .parameters = 3,
                      .log_likelihood = -500.5,
                      .aic = 1007,
                      .aic_difference = 0,
                      .weight = 0.75,
                      .bic = 1020.25,
                      .bic_difference = 1,
                      .ratio = 6.25,
                      .ratio_p = 0.0124,
                      .ratio_degrees = 1,
                      .left_out_log = 41.5,
                      .left_out_rank = 1},
                     {.name = "ties",
                      .parameters = 2,
                      .log_likelihood = -503.625,
                      .aic = 1011.25,
                      .aic_difference = 4.25,
                      .weight = 0.25,
                      .bic = 1019.25,
                      .bic_difference = 0},
                     {.name = "alone", .failure = "does not converge", .fit = 1}},
          .notes = {"led: 3 cities separate", "solar: one <b>note</b>"}};
}

inline GoodnessRecord sample_goodness() {
  return {.names = {"led.curve.2000", "led.curve.2001", "led.moran.near.adopted"},
          .parts = {"led.curve", "led.moran"},
          .part_of = {0, 0, 1},
          .p = {0.34, 0.01},
          .observed = {0.1, 0.2, 0.5},
          .mean = {0.12, 0.22, 0.1},
          .low = {0.08, 0.15, 0},
          .high = {0.16, 0.29, 0.2},
          .lower = {0.07, 0.14, -0.05},
          .upper = {0.17, 0.3, 0.25},
          .histories = 99,
          .failed = 2};
}

}  // namespace hansa::test
