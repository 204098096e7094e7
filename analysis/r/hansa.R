# Runs hansa from R, opens its files by ncdf4 in their own order of dimensions, and takes over netdiffuseR's networks.
#
#   source("analysis/r/hansa.R")
#   runs <- hansa_run("scenarios/bike-share.yaml", replicates = 100)
#   quantile(runs$adopters[, "bike_share", "2015"], c(0.05, 0.5, 0.95))

# Opens a file that `hansa run`, `compare`, `fit` or `sweep` left, and closes it again.
#
# path: FILE.h5, or FILE.h5.part of a run that was killed, of which what it counted as complete is read.
# variables: names of those to read; default all (labels and cities' columns come along).
# Returns a list of class "hansa" with an element for each variable. Arrays have the dimensions in the order of
# engine/io/README.md (R by itself reverses them), named, with labels: replicates by their numbers from 0, cities by their
# ids. Never, and all that is missing, is NA; whole numbers are integer, status_known and funded logical. Replicates that
# failed are left out with a warning, and an interrupted run or an unfinished sweep is opened with one. attr(x, "file") has
# the file's attributes, attr(x, "labels") the labels by dimension.
# Errors: no such file, none of hansa's, no such variable. Whether the seal fits the bytes is not looked at.
hansa_open <- function(path, variables = NULL) {
  hansa_need("ncdf4", "r-cran-ncdf4")
  if (!file.exists(path)) stop(path, ": there is no such file", call. = FALSE)
  file <- tryCatch(ncdf4::nc_open(path), error = function(e) stop(path, ": is no HDF5 file that can be read", call. = FALSE))
  on.exit(ncdf4::nc_close(file))
  utils::capture.output(facts <- ncdf4::ncatt_get(file, 0))  # ncdf4 prints that it reads 64 bits as numbers
  if (is.null(facts$engine_version)) stop(path, ": is no file of hansa's", call. = FALSE)
  known <- names(file$var)
  lost <- setdiff(variables, known)
  if (length(lost) > 0)
    stop(path, ": has no variable '", lost[1], "', one of ", paste(known, collapse = ", "), " was expected", call. = FALSE)
  labels <- lapply(file$dim, hansa_labels, file = file)
  if ("city_id" %in% known) labels$city <- hansa_text(ncdf4::ncvar_get(file, "city_id"))
  kept <- if (is.null(variables)) known else c(variables, intersect(c("city_id", "replicate_status", "event_count"), known))
  found <- lapply(stats::setNames(nm = unique(kept)), function(name) hansa_variable(file, name, labels))
  found$time <- if (!is.null(file$dim$time)) as.integer(file$dim$time$vals)
  kinds <- if ("event_kind" %in% known) strsplit(ncdf4::ncatt_get(file, "event_kind", "flag_meanings")$value, " ")[[1]]
  structure(hansa_trusted(found, facts, path), class = "hansa", file = facts, labels = labels, kinds = kinds)
}

# Says what there is, instead of all numbers.
print.hansa <- function(x, ...) {
  cat(attr(x, "file")$title, "\n", sep = "")
  for (name in names(x)) {
    axes <- names(dimnames(x[[name]]))
    sizes <- if (is.null(axes)) length(x[[name]]) else paste0(axes, " ", dim(x[[name]]), collapse = ", ")
    cat("  ", name, " (", sizes, ")\n", sep = "")
  }
  invisible(x)
}

hansa_need <- function(package, debian) {
  if (!nzchar(system.file(package = package)))
    stop("the R package ", package, " is not installed: apt install ", debian, ", or install.packages(\"", package, "\")",
         call. = FALSE)
}

hansa_text <- function(values) {
  Encoding(values) <- "UTF-8"
  values
}

# The labels of a dimension; NULL if it has none.
hansa_labels <- function(dimension, file) {
  if (!dimension$create_dimvar || dimension$len == 0) return(NULL)
  if (is.character(dimension$vals)) hansa_text(as.vector(dimension$vals)) else format(dimension$vals, trim = TRUE)
}

# A variable as an array whose dimensions stand as in the file, the slowest first.
hansa_variable <- function(file, name, labels) {
  variable <- file$var[[name]]
  sizes <- vapply(variable$dim, function(each) each$len, 0)
  axes <- vapply(variable$dim, function(each) each$name, "")
  if (variable$prec == "char") axes <- axes[seq_len(variable$ndims)]
  if (any(sizes == 0)) return(array(integer(0), rev(sizes)))
  values <- ncdf4::ncvar_get(file, name, collapse_degen = FALSE)
  if (is.character(values)) values <- hansa_text(values)
  if (variable$prec %in% c("int", "short", "byte")) storage.mode(values) <- "integer"
  if (name %in% c("status_known", "funded")) storage.mode(values) <- "logical"
  if (length(axes) == 0) return(as.vector(values))
  if (length(dim(values)) != length(axes)) dim(values) <- sizes[seq_along(axes)]
  values <- aperm(values, rev(seq_along(axes)))
  axes <- rev(axes)
  dimnames(values) <- stats::setNames(lapply(axes, function(axis) labels[[axis]]), axes)
  if (length(axes) == 1) stats::setNames(as.vector(values), labels[[axes]]) else values
}

# Without what was not counted as complete, and without failed replicates.
hansa_trusted <- function(found, facts, path) {
  if (identical(facts$contents, "sweep") && as.integer(facts$complete) == 0)
    warning(path, ": the sweep is not finished: ", facts$runs_finished, " of ", facts$runs, " runs are in it", call. = FALSE)
  complete <- as.integer(facts$replicates_complete)
  if (length(complete) == 0) return(found)
  if (as.integer(facts$complete) == 0)
    warning(path, ": the run was not finished: ", complete, " of ", facts$replicates, " replicates are in the file", call. = FALSE)
  failed <- which(found$replicate_status[seq_len(complete)] == 1)
  if (length(failed) > 0)
    warning(path, ": ", length(failed), " replicates failed and are left out: ", trimws(facts$failed_replicates), call. = FALSE)
  keep <- setdiff(seq_len(complete), failed)
  events <- sum(found$event_count[seq_len(complete)], na.rm = TRUE)
  whole <- length(failed) == 0 && complete == length(found$replicate_status)
  for (name in names(found)) {
    value <- found[[name]]
    axes <- names(dimnames(value))
    if (startsWith(name, "event_") && name != "event_count") found[[name]] <- value[seq_len(events)]
    else if (!whole && identical(axes[1], "replicate"))
      found[[name]] <- do.call(`[`, c(list(value, keep), rep(list(TRUE), length(axes) - 1), drop = FALSE))
    else if (!whole && name %in% c("replicate_status", "event_count")) found[[name]] <- value[keep]
  }
  found
}

# A data frame of a variable: a column for each dimension, and the values under the variable's name.
hansa_table <- function(result, name) {
  values <- result[[name]]
  if (is.null(values)) stop("there is no variable '", name, "', one of ", paste(names(result), collapse = ", "), " was expected",
                            call. = FALSE)
  if (is.null(dimnames(values))) return(stats::setNames(data.frame(values, row.names = NULL), name))
  as.data.frame.table(values, responseName = name, stringsAsFactors = FALSE)
}

# The log of events, one a row: replicate, time, policy, city, kind, mechanism (NA of abandonments).
# Error: the run was made without output: {events: true}.
hansa_events <- function(result) {
  if (is.null(result$event_kind)) stop("the file has no events: run with set = list(output.events = TRUE)", call. = FALSE)
  labels <- attr(result, "labels")
  data.frame(replicate = result$event_replicate, time = result$event_time, policy = labels$policy[result$event_policy + 1],
             city = labels$city[result$event_city + 1], kind = attr(result, "kinds")[result$event_kind + 1],
             mechanism = labels$mechanism[result$event_mechanism + 1])
}

# The program: `program`, else the environment variable HANSA, else on the PATH.
hansa_program <- function(program = NULL) {
  named <- if (is.null(program)) Sys.getenv("HANSA", "hansa") else program
  found <- unname(Sys.which(named))
  if (found == "") stop("the program '", named, "' was not found: build it (scenarios/run does), and put it on the PATH, or ",
                        "name it in the environment variable HANSA", call. = FALSE)
  found
}

# A value as YAML on one line: numbers, texts, TRUE and FALSE, NULL; vectors are lists, named lists are mappings.
hansa_yaml <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value) || length(value) > 1) {
    parts <- vapply(as.list(value), hansa_yaml, "")
    if (is.null(names(value))) return(paste0("[", paste(parts, collapse = ", "), "]"))
    return(paste0("{", paste0(encodeString(enc2utf8(names(value)), quote = "\""), ": ", parts, collapse = ", "), "}"))
  }
  if (is.na(value)) stop("NA is no value of a scenario", call. = FALSE)
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.character(value))
    return(paste0("\"", gsub("\n", "\\n", gsub("([\"\\\\])", "\\\\\\1", enc2utf8(value)), fixed = TRUE), "\""))
  format(value, digits = 17, trim = TRUE)
}

# Runs the program; its complaints become the error. `set` has values by path.
hansa_call <- function(command, words, set, threads, program) {
  for (path in names(set)) words <- c(words, "--set", paste0(path, "=", hansa_yaml(set[[path]])))
  if (!is.null(threads)) words <- c(words, "--threads", threads)
  told <- tempfile()
  on.exit(unlink(told))
  code <- suppressWarnings(system2(hansa_program(program), shQuote(c(command, words, "--quiet")), stdout = FALSE, stderr = told))
  lines <- readLines(told, warn = FALSE, encoding = "UTF-8")
  complaints <- grep("^error", lines, value = TRUE)
  partial <- code == 1 && length(complaints) > 0 && all(grepl(": replicate |more replicates failed", complaints))
  if (code != 0 && !partial) stop(sub("^error: ", "", paste(lines, collapse = "\n")), call. = FALSE)
  for (line in sub("^warning: ", "", grep("^warning: ", lines, value = TRUE))) warning(line, call. = FALSE)
}

# Runs a scenario (a YAML file) and opens the result.
#
# output: the result file, which stays and is replaced if it is there; without it nothing stays on the disk.
# from, draw: a file of `hansa fit` whose estimates are taken; each replicate draws its own from their distribution.
# set: values of the scenario by path, as list("policies.bike_share.mechanisms.peers.strength" = 0).
# Warnings of the program come as warnings, and what it complains of as an error.
hansa_run <- function(scenario, output = NULL, from = NULL, draw = FALSE, replicates = NULL, threads = NULL, set = list(),
                      program = NULL) {
  file <- if (is.null(output)) tempfile(fileext = ".h5") else output
  if (is.null(output)) on.exit(unlink(file))
  words <- c(scenario, "--output", file, "--force")
  if (!is.null(from)) words <- c(words, "--from", from)
  if (draw) words <- c(words, "--draw")
  if (!is.null(replicates)) words <- c(words, "--replicates", format(replicates, scientific = FALSE))
  hansa_call("run", words, set, threads, program)
  hansa_open(file)
}

# Estimates a scenario's coefficients from observed adoptions (`hansa fit`).
#
# Returns a list: coefficients, a data frame with a row for each term (fit, term, estimate, standard_error, low, high of the
# 95 % Wald interval, p); covariance, a matrix for each fit, of the errors reported; panel, a data frame of the rows fitted
# where panel = TRUE; file, what hansa_open finds. output: the file of estimates, which stays, for `from` of hansa_run.
hansa_fit <- function(scenario, output = NULL, until = NULL, panel = FALSE, threads = NULL, set = list(), program = NULL) {
  file <- if (is.null(output)) tempfile(fileext = ".h5") else output
  rows <- tempfile(fileext = ".csv")
  on.exit(unlink(c(rows, if (is.null(output)) file)))
  words <- c(scenario, "--output", file, "--force", if (!is.null(until)) c("--until", until), if (panel) c("--panel", rows))
  hansa_call("fit", words, set, threads, program)
  found <- hansa_open(file)
  fits <- names(found$link)
  error <- unname(found$standard_error)
  estimate <- unname(found$estimate)
  table <- data.frame(fit = fits[found$fit_of + 1], term = unname(found$term), estimate = estimate, standard_error = error,
                      low = estimate - stats::qnorm(0.975) * error, high = estimate + stats::qnorm(0.975) * error,
                      p = 2 * stats::pnorm(-abs(estimate / error)))
  covariance <- lapply(stats::setNames(seq_along(fits) - 1, fits), function(number) {
    own <- which(found$fit_of == number)
    matrix(found$covariance[own, seq_along(own)], length(own), dimnames = list(table$term[own], table$term[own]))
  })
  list(coefficients = table, covariance = covariance, file = found,
       panel = if (panel) utils::read.csv(rows, colClasses = c(city = "character"), check.names = FALSE))
}

# Writes a scenario with its data files from a diffnet of netdiffuseR (Vega Yon & Valente), or from its matrices.
#
# network: a diffnet; or a list of adjacency matrices, one a period (base or Matrix; one matrix: the same in all). Row i is
#   the city that observes, column j the one observed, the value the weight, as in netdiffuseR's exposure(); outgoing =
#   FALSE: the other way round. toa: times of adoption by city, NA: never; times: the periods. Both are a diffnet's own.
# attributes: a data frame with a row for each city, in the order of the matrices; default those of the diffnet.
# Writes cities.csv, ties.csv, adoptions.csv and scenario.yaml into `folder`, and returns the path of the last. Cities that
# adopt in the first period are given; from the second on they decide, and see what those that they were tied to in the
# period before had done by its end: netdiffuseR's exposure with lags = 1. hansa_fit estimates that effect.
# Errors: matrices that are not square or not as many as periods, negative weights, times outside of the periods, files
# that are there (overwrite = TRUE replaces them).
hansa_diffnet <- function(network, folder, toa = NULL, times = NULL, attributes = NULL, policy = NULL, outgoing = TRUE,
                          overwrite = FALSE) {
  given <- inherits(network, "diffnet")
  slices <- if (given) network$graph else if (is.list(network)) network else list(network)
  if (is.null(toa)) toa <- if (given) network$toa else stop("toa, the times of adoption, is missing", call. = FALSE)
  if (is.null(times)) times <- if (given) network$meta$pers else seq(min(toa, na.rm = TRUE), max(toa, na.rm = TRUE))
  if (length(slices) == 1) slices <- rep(slices, length(times))
  ids <- as.character(if (given) network$meta$ids else if (!is.null(rownames(slices[[1]]))) rownames(slices[[1]])
                      else seq_len(nrow(slices[[1]])))
  hansa_check_matrices(slices, toa, times, ids)
  if (is.null(attributes) && given) attributes <- as.data.frame(network$vertex.static.attrs)
  if (is.null(policy)) policy <- if (given && length(network$meta$behavior) == 1) network$meta$behavior else "adoption"
  policy <- gsub("[^A-Za-z0-9_-]+", "_", policy)
  files <- file.path(folder, c("cities.csv", "ties.csv", "adoptions.csv", "scenario.yaml"))
  dir.create(folder, showWarnings = FALSE, recursive = TRUE)
  if (!overwrite && any(file.exists(files)))
    stop(files[file.exists(files)][1], ": exists, overwrite = TRUE replaces it", call. = FALSE)
  cities <- data.frame(id = ids)
  if (length(attributes) > 0) cities <- cbind(cities, attributes)
  write <- function(table, file) utils::write.csv(table, file, row.names = FALSE, na = "", quote = TRUE, fileEncoding = "UTF-8")
  write(cities, files[1])
  write(hansa_ties(slices, times, ids, outgoing), files[2])
  adopted <- !is.na(toa)
  write(data.frame(city = ids[adopted], year = as.integer(toa[adopted])), files[3])
  writeLines(enc2utf8(hansa_diffnet_scenario(policy, times)), files[4], useBytes = TRUE)
  files[4]
}

hansa_check_matrices <- function(slices, toa, times, ids) {
  if (length(slices) != length(times)) stop(length(slices), " adjacency matrices for ", length(times), " periods", call. = FALSE)
  for (k in seq_along(slices)) {
    if (!identical(as.integer(dim(slices[[k]])), rep(length(ids), 2)))
      stop("matrix ", k, " is not ", length(ids), " by ", length(ids), call. = FALSE)
    if (any(slices[[k]] < 0)) stop("matrix ", k, " has a negative weight", call. = FALSE)
  }
  if (length(times) < 2 || any(diff(times) != 1)) stop("periods one after another were expected, at least two", call. = FALSE)
  if (length(toa) != length(ids)) stop(length(toa), " times of adoption for ", length(ids), " cities", call. = FALSE)
  outside <- which(!is.na(toa) & !(toa %in% times))
  if (length(outside) > 0) stop("'", ids[outside[1]], "' adopts at ", toa[outside[1]], ", outside of the periods", call. = FALSE)
}

# Ties, one a row, with a column time unless all periods have the same. Nobody decides after the last period, and its ties
# move nobody.
hansa_ties <- function(slices, times, ids, outgoing) {
  slices <- slices[-length(slices)]
  same <- all(vapply(slices[-1], function(each) isTRUE(all(each == slices[[1]])), TRUE))
  rows <- lapply(seq_along(if (same) 1 else slices), function(k) {
    matrix <- slices[[k]]
    if (methods::is(matrix, "Matrix")) {
      hansa_need("Matrix", "r-cran-matrix")
      full <- Matrix::summary(methods::as(methods::as(matrix, "generalMatrix"), "TsparseMatrix"))
      at <- cbind(full$i, full$j)
      weight <- if (is.null(full$x)) rep(1, nrow(at)) else as.numeric(full$x)
    } else {
      at <- which(matrix != 0, arr.ind = TRUE)
      weight <- matrix[at]
    }
    kept <- weight != 0 & at[, 1] != at[, 2]
    at <- at[kept, , drop = FALSE]
    weight <- weight[kept]
    data.frame(source = ids[at[, if (outgoing) 2 else 1]], target = ids[at[, if (outgoing) 1 else 2]], weight = weight,
               time = rep(times[k], nrow(at)))
  })
  ties <- do.call(rbind, rows)
  if (same) ties[c("source", "target", "weight")] else ties
}

hansa_diffnet_scenario <- function(policy, times) c(
  "# A diffnet of netdiffuseR as a scenario: adoptions of the first period are given, later ones decided.",
  "hansa: 1",
  paste0("title: \"", policy, ", from a diffnet\""),
  sprintf("time: {start: %d, end: %d, unit: period}", as.integer(times[1]), as.integer(times[length(times)])),
  "cities: {file: cities.csv}",
  "networks:",
  "  ties: {file: ties.csv, ties: lagged}",
  "policies:",
  paste0("  ", policy, ":"),
  "    rule: logit",
  "    baseline: -3                            # made up, as is the strength: hansa_fit estimates both",
  sprintf("    adopters: {file: adoptions.csv, until: %d}", as.integer(times[1])),
  "    mechanisms:",
  "      exposure: {exposure: {network: ties}, strength: 1}",
  "fit:",
  sprintf("  from: %d", as.integer(times[2]))
)
