/// What time alone adds to the linear predictor.
#pragma once

#include <vector>

#include "scenario/scenario.hpp"

namespace hansa {

/// The trend at the labels start … end; empty where it is 0 throughout (Form::none, and Form::log_time, which depends
/// on the run). polynomial: Σ c_k (t - start)^k, k from 1. periods: the effect of each label named, others 0. spline:
/// restricted cubic (Harrell 2015): c_1 (t - start) + Σ c_{j+1} X_{j+1}, knots k_1 < … < k_m in labels,
/// X_{j+1} = [(t-k_j)³₊ - (t-k_{m-1})³₊ (k_m-k_j)/(k_m-k_{m-1}) + (t-k_m)³₊ (k_{m-1}-k_j)/(k_m-k_{m-1})] / (k_m-k_1)².
[[nodiscard]] std::vector<double> trend_values(Trend const& trend, Clock const& clock);

}  // namespace hansa
