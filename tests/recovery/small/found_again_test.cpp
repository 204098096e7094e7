/// What is simulated under hindrances is found again by fits.
#include "support/hindered_worlds.hpp"
#include "support/simulated_fit.hpp"

namespace hansa {

TEST_CASE("found again: 60 histories of 150 cities in each of the hindered worlds") {
  for (auto const& [name, texts] : test::hindered_worlds(150)) {
    CAPTURE(name);
    test::check_found_again(texts, 60);
  }
}

}  // namespace hansa
