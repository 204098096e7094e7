# Opens a result file with R's ncdf4 and compares it with the facts beside it.
suppressMessages(library(ncdf4))
arguments <- commandArgs(TRUE)
file <- nc_open(arguments[1])
lines <- readLines(arguments[2], encoding = "UTF-8")

# The facts are one list a line: "name": [values, null where missing].
fact <- function(name) {
  line <- grep(paste0('^"', name, '":'), lines, value = TRUE)
  stopifnot(length(line) == 1)
  body <- sub("\\].*$", "", sub("^[^\\[]*\\[", "", line))
  strsplit(body, ", ", fixed = TRUE)[[1]]
}
numbers <- function(name) suppressWarnings(as.numeric(sub("null", "NA", fact(name), fixed = TRUE)))
texts <- function(name) gsub('"', "", fact(name), fixed = TRUE)
same <- function(found, wanted, name, tolerance = 0) {
  if (!isTRUE(all.equal(as.vector(found), wanted, tolerance, check.attributes = FALSE))) stop("differs: ", name)
}

# R's first axis is the fastest: city, policy, replicate.
times <- ncvar_get(file, "adoption_time")
stopifnot(identical(dim(times), c(23L, 2L, 60L)))
same(times, numbers("adoption_time"), "adoption_time")
same(ncvar_get(file, "abandonments"), numbers("abandonments"), "abandonments")
# R reads decimals with an error in the last place.
same(ncvar_get(file, "belief_mean"), numbers("belief_mean"), "belief_mean", 1e-15)
same(ncvar_get(file, "belief_precision"), numbers("belief_precision"), "belief_precision", 1e-15)
same(ncvar_get(file, "adopters"), numbers("adopters"), "adopters")
same(ncvar_get(file, "population_covered"), numbers("population_covered"), "population_covered")
same(ncvar_get(file, "population"), numbers("population"), "population")
same(ncvar_get(file, "adopters_by_region")[, 1, , ], numbers("adopters_nord"), "adopters_by_region")
for (name in c("event_replicate", "event_policy", "event_city", "event_time", "event_kind", "event_mechanism"))
  same(ncvar_get(file, name), numbers(name), name)
counts <- ncvar_get(file, "event_count")
stopifnot(file$dim$event$unlim, sum(counts, na.rm = TRUE) == file$dim$event$len, identical(which(is.na(counts)), 5L))
names <- ncvar_get(file, "city_name")
Encoding(names) <- "UTF-8"
stopifnot(identical(as.vector(names), texts("city_name")))
stopifnot(identical(as.vector(ncvar_get(file, "city_id")), texts("city_id")))
stopifnot(identical(as.vector(ncvar_get(file, "policy")), c("led", "trams")))
stopifnot(all(file$dim$time$vals == 2000:2004), file$dim$replicate$len == 60, file$dim$replicate$unlim)
stopifnot(identical(which(ncvar_get(file, "replicate_status") == 1), 5L))
stopifnot(ncatt_get(file, 0, "title")$value == "A sample", ncatt_get(file, 0, "seed")$value == "0xfedcba9876543210")
stopifnot(ncatt_get(file, 0, "complete")$value == 1, ncatt_get(file, 0, "replicates_complete")$value == 60)
nc_close(file)
cat("R ncdf4", as.character(packageVersion("ncdf4")), "finds the same numbers\n")
