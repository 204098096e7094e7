/// A sink that feeds two others.
#include "record/tee.hpp"

#include <utility>

namespace hansa {

namespace {
struct Both : Packet {
  std::unique_ptr<Packet> first, second;
};
}  // namespace

std::unique_ptr<Packet> Tee::pack(History const& history) {
  auto both = std::make_unique<Both>();
  both->first = first_.pack(history);
  both->second = second_.pack(history);
  return both;
}

void Tee::put(std::int64_t replicate, std::unique_ptr<Packet> packet) {
  Both& both = dynamic_cast<Both&>(*packet);
  first_.put(replicate, std::move(both.first));
  second_.put(replicate, std::move(both.second));
}

}  // namespace hansa
