/// Tests of a sink that feeds two others.
#include "record/tee.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

struct Note : hansa::Packet {
  std::int64_t replicate = 0;
};

/// Notes which packets it made and got back.
struct Notes : hansa::Sink {
  std::string name;
  std::string& log;
  Notes(std::string its_name, std::string& to) : name(std::move(its_name)), log(to) {}
  std::unique_ptr<hansa::Packet> pack(hansa::History const& history) override {
    auto note = std::make_unique<Note>();
    note->replicate = history.replicate;
    return note;
  }
  void put(std::int64_t replicate, std::unique_ptr<hansa::Packet> packet) override {
    CHECK(dynamic_cast<Note&>(*packet).replicate == replicate);
    log += name + std::to_string(replicate) + " ";
  }
};

TEST_CASE("a Tee hands each of its sinks its own packet, first and second in that order") {
  std::string log;
  Notes a("a", log), b("b", log);
  hansa::Tee tee(a, b);
  for (std::int64_t r : {0, 1}) {
    hansa::History history;
    history.replicate = r;
    tee.put(r, tee.pack(history));
  }
  CHECK(log == "a0 b0 a1 b1 ");
}

}  // namespace
