/// What is simulated under hindrances is found again by fits of many histories.
#include "support/hindered_worlds.hpp"
#include "support/simulated_fit.hpp"

namespace hansa {

TEST_CASE("recovery: 600 histories of 400 cities in each of the hindered worlds") {
  for (auto const& [name, texts] : test::hindered_worlds(400)) {
    CAPTURE(name);
    test::check_found_again(texts, 600, 4);
  }
}

}  // namespace hansa
