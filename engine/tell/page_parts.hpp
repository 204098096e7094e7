/// What each kind of file gives to the page: one object of JSON.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tell/page.hpp"
#include "tell/page_json.hpp"
#include "world/cities.hpp"

namespace hansa {

void page_result(PageJson& to, PagedFile const& file);
void page_comparison(PageJson& to, PagedFile const& file);
void page_sweep(PageJson& to, PagedFile const& file);
void page_estimates(PageJson& to, PagedFile const& file);
void page_statistics(PageJson& to, PagedFile const& file);

/// What all of them say of where they come from, as fields of an object that is open.
struct PageOrigin {
  std::string kind, title, seed, engine_version, engine_commit;
};
void add_origin(PageJson& to, PagedFile const& file, PageOrigin const& origin);
/// The object `cities`, in canonical order.
void add_cities_of(PageJson& to, Cities const& cities);

}  // namespace hansa
