/// Result files: whatever is changed in one is refused, and whatever texts and histories are written come back.
///
/// The first byte chooses: r, the rest is the file itself; w, the rest makes names and histories; anything else, the
/// rest is a list of changes to a sound file (three bytes of place, one of what is put there; 0xFF cuts the file off).
#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "io/result_file.hpp"
#include "io/result_reader.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using hansa::fuzz::demand;
using hansa::test::Sample;

fs::path scratch(char const* name) {
  static hansa::test::Scratch const folder;
  return folder / name;
}

hansa::ResultFileOptions options(Sample const& sample, fs::path const& file) {
  hansa::ResultFileOptions made;
  made.file = file;
  made.overwrite = hansa::Overwrite::yes;
  made.reproducible = hansa::Reproducible::yes;
  made.replicates = sample.replicates;
  made.scenario_text = "hansa: 1\n";
  return made;
}

void write(Sample const& sample, hansa::ResultFileOptions const& how, std::string const& failure) {
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, how);
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    hansa::History history = sample.history(r);
    if (!failure.empty() && r % 3 == 1) {
      history.policies.clear();
      history.failure = failure;
    }
    file.put(r, file.pack(history));
  }
  file.finish(sample.replicates, true);
}

std::string const& sound() {
  static std::string const bytes = [] {
    Sample sample(3, 5);
    sample.plan.events = true;
    write(sample, options(sample, scratch("sound.h5")), "");
    std::ifstream in(scratch("sound.h5"), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }();
  return bytes;
}

/// Whether the file opens and all that it counts can be read.
bool is_accepted(std::string const& bytes) {
  fs::path const file = scratch("tried.h5");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  try {
    hansa::ResultReader const reader(file);
    (void)reader.adopters(0, reader.replicates());
    (void)reader.adoption_time(0, reader.replicates());
    (void)reader.events(0, reader.replicates());
    return true;
  } catch (hansa::Error const& error) {
    demand(!error.complaints().empty() && error.complaints()[0].where.file == file.string(), "the error names no file");
    return false;
  }
}

std::string changed(std::string_view changes) {
  std::string bytes = sound();
  for (; changes.size() >= 4 && !bytes.empty(); changes.remove_prefix(4)) {
    auto const byte = [&](std::size_t k) { return static_cast<std::size_t>(static_cast<unsigned char>(changes[k])); };
    std::size_t const at = (byte(0) << 16 | byte(1) << 8 | byte(2)) % bytes.size();
    if (byte(3) == 0xFF)
      bytes.resize(at);
    else
      bytes[at] = changes[3];
  }
  return bytes;
}

/// Up to the next byte 0x00; callers never hand a text with NUL to the writer.
std::string next_text(std::string_view& rest) {
  std::size_t const end = std::min(rest.find('\0'), rest.size());
  std::string text(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return text;
}

void write_and_read(std::string_view rest) {
  Sample sample(1 + static_cast<std::int64_t>(rest.size() % 60), 5);
  sample.plan.events = true;
  sample.scenario.title = next_text(rest);
  sample.scenario.currency = next_text(rest);
  std::string const failure = next_text(rest);
  for (std::string& id : sample.world.cities.id) id += next_text(rest);
  for (std::string& label : sample.world.cities.texts["name"].labels) label = next_text(rest);
  hansa::ResultFileOptions how = options(sample, scratch("written.h5"));
  how.scenario_text = rest;
  std::erase(how.scenario_text, '\0');
  write(sample, how, failure);
  hansa::ResultReader const reader(scratch("written.h5"));
  demand(reader.text("title") == sample.scenario.title, "the title changed");
  demand(reader.text("scenario") == how.scenario_text, "the scenario changed");
  for (std::size_t k = 0; k < reader.cities().size(); ++k)
    demand(reader.cities()[k] == sample.world.cities.id[sample.world.cities.input_order[k]], "an id changed");
  std::vector<std::int32_t> const adopters = reader.adopters(0, sample.replicates);
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    bool const failed = !failure.empty() && r % 3 == 1;
    std::int32_t const expected = failed ? -1 : sample.history(r).policies[0].adopters[0];
    demand(adopters[static_cast<std::size_t>(r) * 10] == expected, "a count changed");
    hansa::History const history = sample.history(r);
    std::size_t const events = history.policies[0].events.size() + history.policies[1].events.size();
    demand(reader.events(r, 1).size() == (failed ? 0 : events), "an event is lost");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const input = hansa::fuzz::text_of(data, size);
  if (input.starts_with('w')) {
    write_and_read(input.substr(1));
  } else if (input.starts_with('r')) {
    demand(!is_accepted(std::string(input.substr(1))) || input.substr(1) == sound(), "a strange file was accepted");
  } else {
    std::string const bytes = changed(input.empty() ? input : input.substr(1));
    demand(is_accepted(bytes) == (bytes == sound()), "a changed file was accepted, or the sound one refused");
  }
  return 0;
}
