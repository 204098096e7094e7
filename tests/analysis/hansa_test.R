# Tests analysis/r/hansa.R: hansa_test.R ROOT FOLDER LABEL=FILE.h5…, with FOLDER/LABEL.tsv what h5py reads.
words <- commandArgs(TRUE)
root <- words[1]
folder <- words[2]
source(file.path(root, "analysis/r/hansa.R"))

fails <- function(expression, message) {
  told <- tryCatch({ expression; "no error" }, error = conditionMessage)
  if (!grepl(message, told)) stop("'", message, "' was expected, not: ", told)
}
warns <- function(expression, message) {
  told <- character(0)
  value <- withCallingHandlers(expression, warning = function(w) { told <<- c(told, conditionMessage(w)); invokeRestart("muffleWarning") })
  if (!any(grepl(message, told))) stop("a warning '", message, "' was expected, not: ", paste(told, collapse = "; "))
  value
}

# Every number and text of a file, in C order: that is what the order of dimensions in the file means.
same_file <- function(label, path, failed = integer(0)) {
  wanted <- read.delim(file.path(folder, paste0(label, ".tsv")), header = FALSE, quote = "", na.strings = "NA", colClasses = "character",
                       encoding = "UTF-8", col.names = c("name", "axes", "value"))
  found <- if (length(failed) > 0) warns(hansa_open(path), "replicates failed and are left out") else hansa_open(path)
  compared <- 0
  for (name in setdiff(unique(wanted$name), "scenario_text")) {
    rows <- wanted[wanted$name == name, ]
    axes <- strsplit(rows$axes[1], "*", fixed = TRUE)[[1]]
    value <- found[[name]]
    if (length(axes) > 1) stopifnot(identical(names(dimnames(value)), axes))
    flat <- if (length(axes) > 1) as.vector(aperm(value, rev(seq_along(axes)))) else as.vector(value)
    expected <- rows$value
    if (length(failed) > 0 && axes[1] == "replicate") {  # the replicates that failed are left out
      replicate <- rep(seq_len(60) - 1, each = length(expected) / 60)
      expected <- expected[!(replicate %in% failed)]
    }
    same <- if (is.character(flat)) identical(flat, expected)
            else isTRUE(all.equal(as.numeric(flat), as.numeric(expected), tolerance = 1e-14))
    if (!same) stop(label, ": ", name, " differs")
    compared <- compared + 1
  }
  stopifnot(compared > 10)
  cat(label, ": ", compared, " variables as h5py reads them\n", sep = "")
  found
}
files <- sub("^[^=]*=", "", words[-(1:2)])
names(files) <- sub("=.*", "", words[-(1:2)])

sample <- same_file("sample", files["sample"], failed = 4)
stopifnot(!("4" %in% dimnames(sample$adopters)$replicate), nrow(sample$adopters) == 59, is.integer(sample$adoption_time))
stopifnot(is.logical(sample$status_known), identical(attr(sample, "file")$title, "A sample"))
log <- hansa_events(sample)
stopifnot(setequal(unique(log$kind[is.na(log$mechanism)]), "abandonment"), nrow(log) == sum(sample$event_count))
first <- aggregate(time ~ replicate + policy + city, log[log$kind == "adoption", ], min)
times <- hansa_table(sample, "adoption_time")
later <- times[!is.na(times$adoption_time) & times$adoption_time >= 2000, ]
both <- merge(first, transform(later, replicate = as.integer(replicate)), by = c("replicate", "policy", "city"))
stopifnot(nrow(both) == nrow(later), nrow(both) == nrow(first), both$time == both$adoption_time)
invisible(same_file("estimates", files["estimates"]))
compared <- same_file("compared", files["compared"])
stopifnot(identical(dimnames(compared$adopters)$scenario, c("bike-share", "fund-twenty")))
stopifnot(is.logical(compared$funded), sum(compared$funded) == 20)
stopifnot(identical(names(warns(hansa_open(files["sample"], "adopters"), "failed"))[1], "adopters"))
unfinished <- warns(hansa_open(files["unfinished"]), "the sweep is not finished: 12 of 24 runs are in it")
stopifnot(length(unfinished$replicates_finished) == 12, sum(unfinished$replicates_finished) == 12)
fails(hansa_open("nowhere.h5"), "nowhere.h5: there is no such file")
fails(hansa_open(file.path(root, "README.md")), "no HDF5 file")
fails(hansa_open(files["compared"], "adopter"), "no variable 'adopter', one of .*adopters")
fails(hansa_events(compared), "output.events = TRUE")
stopifnot(any(grepl("adopters (replicate 59, policy 2, time 5)", capture.output(print(sample)), fixed = TRUE)))

# Runs and fits by the program.
scenario <- file.path(root, "analysis/examples/bike-share-fit.yaml")
fit <- hansa_fit(scenario, output = file.path(folder, "fit.h5"), panel = TRUE)
model <- glm(event ~ income_high + neighbours + sisters, binomial, fit$panel)
stopifnot(all.equal(fit$coefficients$estimate, unname(coef(model)), tolerance = 1e-6))
stopifnot(all.equal(sqrt(diag(fit$covariance$bike_share)), fit$coefficients$standard_error, check.attributes = FALSE))
stopifnot(identical(rownames(fit$covariance$bike_share), fit$coefficients$term))
runs <- hansa_run(scenario, from = file.path(folder, "fit.h5"), draw = TRUE, replicates = 4, threads = 1,
                  set = list(title = "a: \"b\" é", "output.events" = TRUE, "output.by" = list("income")))
stopifnot(nrow(runs$adopters) == 4, identical(attr(runs, "file")$title, "a: \"b\" é"), !is.null(runs$adopters_by_income))
events <- hansa_events(runs)
stopifnot(nrow(events) == sum(runs$event_count), all(events$mechanism[events$kind == "replay"] == "data"))
fails(hansa_run(scenario, set = list(repicates = 3)), "unknown key 'repicates'.*did you mean 'replicates'")
fails(hansa_run(scenario, program = "nothing"), "'nothing' was not found")
stopifnot(identical(hansa_yaml(list(a = 1:2, b = "x\"\n", c = NULL, d = TRUE)), "{\"a\": [1, 2], \"b\": \"x\\\"\\n\", \"c\": null, \"d\": true}"))

# A diffnet: what each observes in the scenario is netdiffuseR's exposure with lags = 1.
set.seed(7)
n <- 40
periods <- 2001:2008
ids <- paste0("stadt ", seq_len(n), "ß")
slices <- lapply(periods, function(t) {
  weights <- matrix(rbinom(n * n, 1, 0.12) * sample(1:3, n * n, TRUE), n)
  diag(weights) <- 0
  Matrix::Matrix(weights, sparse = TRUE)
})
toa <- stats::setNames(sample(c(NA, periods), n, TRUE), ids)
diffnet <- structure(list(graph = slices, toa = toa, vertex.static.attrs = data.frame(size = runif(n)), meta = list(
  ids = ids, pers = periods, nper = length(periods), behavior = "A new practice!")), class = "diffnet")
exposure <- function(slices, toa, outgoing = TRUE) sapply(seq_along(periods), function(k) {
  weights <- as.matrix(slices[[k]])
  if (!outgoing) weights <- t(weights)
  share <- as.vector(weights %*% (!is.na(toa) & toa <= periods[k])) / rowSums(weights)
  ifelse(is.nan(share), 0, share)
})
check_panel <- function(path, seen) {
  rows <- hansa_fit(path, panel = TRUE)$panel
  at <- cbind(match(rows$city, ids), match(rows$year, periods))
  stopifnot(!anyNA(at), all.equal(rows$exposure, seen[cbind(at[, 1], at[, 2] - 1)], tolerance = 1e-12))
  stopifnot(identical(rows$event == 1, unname(toa[at[, 1]]) %in% periods & unname(toa[at[, 1]] == rows$year) %in% TRUE))
  risk <- sum(outer(seq_len(n), periods[-1], function(i, t) is.na(toa[i]) | toa[i] >= t))
  stopifnot(nrow(rows) == risk, length(unique(rows$exposure)) > 20)
}
path <- hansa_diffnet(diffnet, file.path(folder, "diffnet"))
check_panel(path, exposure(slices, toa))
check_panel(hansa_diffnet(diffnet, file.path(folder, "incoming"), outgoing = FALSE), exposure(slices, toa, FALSE))
still <- rep(list(as.matrix(slices[[1]])), length(periods))
check_panel(hansa_diffnet(still[[1]] |> `dimnames<-`(list(ids, ids)), file.path(folder, "still"), toa = toa, times = periods),
            exposure(still, toa))
stopifnot(!("time" %in% names(read.csv(file.path(folder, "still/ties.csv")))))
cities <- read.csv(file.path(folder, "diffnet/cities.csv"), encoding = "UTF-8")
stopifnot(identical(cities$id, ids), all.equal(cities$size, diffnet$vertex.static.attrs$size))
stopifnot(identical(dimnames(hansa_run(path, replicates = 2)$adopters)$policy, "A_new_practice_"))
fails(hansa_diffnet(diffnet, file.path(folder, "diffnet")), "exists, overwrite = TRUE")
fails(hansa_diffnet(slices[1:3], file.path(folder, "x"), toa = toa, times = periods), "3 adjacency matrices for 8 periods")
fails(hansa_diffnet(list(-slices[[1]]), file.path(folder, "x"), toa = toa, times = periods), "negative weight")
fails(hansa_diffnet(diffnet, file.path(folder, "x"), toa = replace(toa, 1, 1990)), "adopts at 1990, outside")
fails(hansa_diffnet(diffnet, file.path(folder, "x"), toa = toa[-1]), "39 times of adoption for 40")
fails(hansa_diffnet(diffnet, file.path(folder, "x"), times = c(2001:2007, 2009)), "periods one after another")
stopifnot(!file.exists(file.path(folder, "x")))
cat("R finds what is written, runs, fits, and takes over a diffnet\n")
