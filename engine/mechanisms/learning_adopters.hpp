/// Who has adopted, and how the policy performs there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "mechanisms/learning_merit.hpp"
#include "model/term.hpp"

namespace hansa {

/// The current adoptions of one replicate. 16 bytes a city.
class AdopterStates {
 public:
  static constexpr std::int32_t none = -1;

  /// The current episode of a city, `none` if it is no adopter.
  struct Adopter {
    std::int32_t episode = none;
    std::int32_t since = 0;  ///< first step in which it could be looked at; 0: it has just adopted
    double performance = 0;  ///< known from then on
    [[nodiscard]] bool performs() const noexcept { return since > 0; }
  };

  /// `merit` outlives it.
  AdopterStates(Merit const& merit, std::size_t cities) : merit_(merit), adopters_(cities) {}

  void reset(Outset const& outset) {
    merit_.reset(now_, outset);
    std::fill(adopters_.begin(), adopters_.end(), Adopter{});
    fresh_.clear();
  }

  void apply(Event const& event) {
    adopters_[event.city] = Adopter{event.sign > 0 ? event.episode : none, 0, 0};
    if (event.sign > 0) fresh_.push_back(event.city);
  }

  /// Lets the policy perform in those who have adopted since the last step, and still do: see(city, performance) of
  /// each, ascending.
  template <class See>
  void perform(std::int32_t step, See const& see) {
    merit_.advance(now_, step);
    if (!std::is_sorted(fresh_.begin(), fresh_.end())) std::sort(fresh_.begin(), fresh_.end());
    std::erase_if(fresh_, [&](Index city) {  // those that left again in the same step, or came twice
      Adopter& adopter = adopters_[city];
      bool const passed = adopter.episode == none || adopter.since > 0;
      if (!passed) adopter.since = step;
      return passed;
    });
    performance_.resize(fresh_.size());
    for (std::size_t begin = 0, end = 0; begin < fresh_.size(); begin = end) {
      std::int32_t const episode = adopters_[fresh_[begin]].episode;
      while (end < fresh_.size() && adopters_[fresh_[end]].episode == episode) ++end;
      merit_.realise(now_, std::span(fresh_).subspan(begin, end - begin), episode, step,
                     std::span(performance_).subspan(begin, end - begin));
    }
    for (std::size_t k = 0; k < fresh_.size(); ++k) {
      adopters_[fresh_[k]].performance = performance_[k];
      see(fresh_[k], performance_[k]);
    }
    fresh_.clear();
  }

  [[nodiscard]] Adopter const& operator[](Index city) const noexcept { return adopters_[city]; }
  [[nodiscard]] std::size_t size() const noexcept { return adopters_.size(); }

 private:
  Merit const& merit_;
  Merit::Now now_;
  std::vector<Adopter> adopters_;
  std::vector<Index> fresh_;         // adopted since the last step
  std::vector<double> performance_;  // of `fresh_`
};

}  // namespace hansa
