/// Coefficients of the elementary functions and the scheme that evaluates them.
#pragma once

#include <array>
#include <cstddef>

namespace hansa::flat {

inline constexpr double log2_e = 1.4426950408889634074;
inline constexpr double ln2_high = 0x1.62e42fefa38p-1;  ///< low 12 bits zero: n · ln2_high is exact for |n| < 2048
inline constexpr double ln2_low = 5.497923018708371174712e-14;
inline constexpr float log2_e_f = 1.44269504F;
inline constexpr float ln2_high_f = 0.693359375F;  ///< 9 bits
inline constexpr float ln2_low_f = -2.12194440e-4F;

/// (e^r - 1 - r - r²/2) / r³ on |r| <= ln(2)/2; relative error in e^r 6e-20.
inline constexpr std::array exp_fit{0.16666666666666680863,   0.041666666666666411246,   0.0083333333333185423075,
                                    0.0013888888889033081348, 0.00019841269893306594732, 0.000024801587025895223685,
                                    2.7557237489110140972e-6, 2.7557525918309390755e-7,  2.5111234364253580324e-8,
                                    2.0838544600058569537e-9};
/// (e^r - 1 - r) / r² on |r| <= ln(2)/2; relative error in e^r 3e-9.
inline constexpr std::array exp_fit_f{0.499999934533F, 0.166665206927F, 0.0416683868991F, 0.00836870968175F,
                                      0.00138146417099F};
/// (2 artanh(s)/s - 2) / s² in s², s² <= 0.0295; relative error in the logarithm 2e-20.
inline constexpr std::array log_fit{0.66666666666666660933, 0.40000000000006287022, 0.28571428569072958012,
                                    0.22222222648754031429, 0.18181775508093162047, 0.15387097674553601092,
                                    0.13249961409446990872, 0.13252761013740555749};
/// (ln(1+z) - z) / z² on [0, 1]; relative error in the logarithm 5e-9.
inline constexpr std::array log1p_fit_f{-0.499999327719F,  0.333305114764F,  -0.249585887728F,
                                        0.196954068486F,   -0.153554132168F, 0.106805823622F,
                                        -0.0576646939557F, 0.0202047108618F, -0.00331849915382F};
/// (sin(r)/r - 1)/r² and (cos r - 1 + r²/2)/r⁴ in r², |r| <= π/4.
inline constexpr std::array sin_fit{-0.16666666666666631653,  0.008333333333322315306,   -0.00019841269829725187985,
                                    2.7557313662027396956e-6, -2.5050753257594097402e-8, 1.5896504459100650057e-10};
inline constexpr std::array cos_fit{0.041666666666666598749,   -0.0013888888888873990903, 0.000024801587289395015831,
                                    -2.7557314326049406081e-7, 2.0875719560245780299e-9,  -1.1359448711687688398e-11};
/// (asin(x)/x - 1)/x² in x², |x| <= 1/2.
inline constexpr std::array asin_fit{0.16666666666665368507,  0.075000000003465978078,  0.044642856820432259929,
                                     0.030381959461205635457, 0.022371750318657588588,  0.017359820645387918644,
                                     0.013884098123487887358, 0.012176632232513888144,  0.0064960754512235466934,
                                     0.019615069174402002456, -0.016359750221037843925, 0.032004697981072064149};

inline double fused(double a, double b, double c) noexcept {
  return __builtin_fma(a, b, c);
}
inline float fused(float a, float b, float c) noexcept {
  return __builtin_fmaf(a, b, c);
}

/// Horner's scheme with fused multiply-adds; coefficients from the constant up.
template <class Lane, std::size_t n>
[[nodiscard]] inline Lane polynomial(std::array<Lane, n> const& c, Lane x) noexcept {
  Lane y = c[n - 1];
#pragma GCC unroll 16
  for (std::size_t i = n - 1; i > 0; --i) y = fused(y, x, c[i - 1]);
  return y;
}

}  // namespace hansa::flat
