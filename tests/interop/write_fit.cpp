/// Writes a file of made-up estimates.
#include <iostream>

#include "support/fit_samples.hpp"

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: write_fit FILE.h5\n";
    return 2;
  }
  try {
    hansa::FitFileOptions options = hansa::test::sample_fit_options(arguments[1]);
    options.overwrite = hansa::Overwrite::yes;
    hansa::write_fit_file(hansa::test::sample_fits(), options);
  } catch (std::exception const& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
