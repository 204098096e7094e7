# R's glm at the rows of a file: after "ready", `fit LINK` answers seconds and estimates, `clustered LINK` clustered errors.
rows <- file(commandArgs(TRUE)[1], "rb")
size <- readBin(rows, "integer", 2, size = 4)
x <- matrix(readBin(rows, "double", size[1] * size[2], size = 8), size[1])[, -1]
table <- data.frame(x, event = readBin(rows, "integer", size[1], size = 4))
city <- readBin(rows, "integer", size[1], size = 4)
close(rows)
input <- file("stdin", "r")
cat("ready\n")
flush(stdout())
while (length(line <- readLines(input, 1)) > 0) {
  words <- strsplit(line, " ")[[1]]
  seconds <- system.time({
    fit <- glm(event ~ ., binomial(words[2]), table)
    errors <- if (words[1] == "clustered") sqrt(diag(sandwich::vcovCL(fit, city, type = "HC0", cadjust = TRUE)))
  })[["elapsed"]]
  cat(sprintf("%.17g", c(seconds, if (words[1] == "clustered") errors else coef(fit))), "\n")
  flush(stdout())
}
