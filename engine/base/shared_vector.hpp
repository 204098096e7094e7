/// A vector that copies share until one of them is changed.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hansa {

/// Copying costs nothing, whatever the length; whoever changes a shared one gets one of its own first. Reading costs as
/// much as of std::vector. Const use is thread safe, and so is changing elements of one that nobody shares.
template <class T>
class SharedVector {
 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = T const&;
  using iterator = T*;
  using const_iterator = T const*;

  SharedVector() noexcept = default;
  // Implicit, as what is built piece by piece is a vector until it is kept.
  SharedVector(std::vector<T> values) : held_(std::make_shared<std::vector<T>>(std::move(values))) { look(); }
  SharedVector(std::initializer_list<T> values) : SharedVector(std::vector<T>(values)) {}
  explicit SharedVector(std::size_t count, T const& value = T()) : SharedVector(std::vector<T>(count, value)) {}
  template <std::input_iterator It>
  SharedVector(It first, It last) : SharedVector(std::vector<T>(first, last)) {}
  SharedVector(SharedVector const&) noexcept = default;
  SharedVector& operator=(SharedVector const&) noexcept = default;
  SharedVector(SharedVector&& other) noexcept
      : held_(std::move(other.held_)),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  SharedVector& operator=(SharedVector&& other) noexcept {
    held_ = std::move(other.held_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~SharedVector() = default;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] T const* data() const noexcept { return data_; }
  [[nodiscard]] T const* begin() const noexcept { return data_; }
  [[nodiscard]] T const* end() const noexcept { return data_ + size_; }
  [[nodiscard]] T const& operator[](std::size_t at) const noexcept { return data_[at]; }
  [[nodiscard]] T const& front() const noexcept { return data_[0]; }
  [[nodiscard]] T const& back() const noexcept { return data_[size_ - 1]; }
  [[nodiscard]] T const& at(std::size_t at) const {
    if (at >= size_) throw std::out_of_range("SharedVector::at");
    return data_[at];
  }
  /// Whether another has the same elements in memory.
  [[nodiscard]] bool shares_with(SharedVector const& other) const noexcept { return size_ > 0 && data_ == other.data_; }
  /// The vector itself; it lives as long as this is not changed.
  [[nodiscard]] std::vector<T> const& values() const noexcept {
    static std::vector<T> const none;
    return held_ ? *held_ : none;
  }
  operator std::vector<T> const&() const noexcept { return values(); }

  [[nodiscard]] T* data() { return own(), data_; }
  [[nodiscard]] T* begin() { return own(), data_; }
  [[nodiscard]] T* end() { return own(), data_ + size_; }
  [[nodiscard]] T& operator[](std::size_t at) { return own(), data_[at]; }
  [[nodiscard]] T& front() { return own(), data_[0]; }
  [[nodiscard]] T& back() { return own(), data_[size_ - 1]; }
  [[nodiscard]] T& at(std::size_t at) {
    if (at >= size_) throw std::out_of_range("SharedVector::at");
    return own(), data_[at];
  }
  void push_back(T value) { own().push_back(std::move(value)), look(); }
  template <class... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    own().emplace_back(std::forward<Arguments>(arguments)...);
    look();
    return data_[size_ - 1];
  }
  void reserve(std::size_t count) { own().reserve(count), look(); }
  void resize(std::size_t count, T const& value = T()) { own().resize(count, value), look(); }
  void assign(std::size_t count, T const& value) { *this = SharedVector(count, value); }
  template <std::input_iterator It>
  void assign(It first, It last) {
    *this = SharedVector(first, last);
  }
  void clear() noexcept { *this = SharedVector(); }
  void shrink_to_fit() { own().shrink_to_fit(), look(); }

  friend bool operator==(SharedVector const& a, SharedVector const& b) { return a.values() == b.values(); }

 private:
  /// Nobody else's; `look` must follow what moves its elements.
  std::vector<T>& own() {
    if (!held_) {
      held_ = std::make_shared<std::vector<T>>();
    } else if (held_.use_count() > 1) {
      held_ = std::make_shared<std::vector<T>>(*held_);
      look();
    }
    return *held_;
  }
  void look() noexcept {
    data_ = held_->data();
    size_ = held_->size();
  }

  std::shared_ptr<std::vector<T>> held_;
  T* data_ = nullptr;  // of the vector
  std::size_t size_ = 0;
};

}  // namespace hansa
