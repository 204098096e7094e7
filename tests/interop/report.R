# Computes with R, from rows and by definition, what the engine's report says of a fit, and compares: report.R ROWS FACTS.
arguments <- commandArgs(TRUE)
rows <- read.csv(arguments[1])
facts <- read.csv(arguments[2])
checked <- 0

expect <- function(link, name, truth, tolerance = 1e-8) {
  said <- facts$value[facts$link == link & facts$name == name]
  if (length(said) != 1) stop(link, ": no ", name)
  if (!isTRUE(abs(said - truth) <= tolerance * max(abs(truth), 1e-12))) {
    stop(sprintf("%s: %s is %.15g, R has %.15g", link, name, said, truth))
  }
  checked <<- checked + 1
}

expect_test <- function(link, name, statistic, degrees, tolerance = 1e-7) {
  expect(link, name, statistic, tolerance)
  expect(link, paste0(name, "_degrees"), degrees)
  expect(link, paste0(name, "_p"), pchisq(statistic, degrees, lower.tail = FALSE), 1e-5)
}

# Gradient by central differences.
gradient <- function(f, b) sapply(seq_along(b), function(j) {
  step <- replace(0 * b, j, 1e-5)
  (f(b + step) - f(b - step)) / 2e-5
})

for (link in c("logit", "cloglog", "probit")) {
  family <- binomial(link)
  control <- glm.control(epsilon = 1e-14, maxit = 100)
  fit <- glm(event ~ wealth + capital, family, rows, control = control)
  bare <- glm(event ~ 1, family, rows, control = control)
  b <- coef(fit)
  errors <- sqrt(diag(vcov(fit)))
  names(b) <- names(errors) <- c("baseline", "wealth", "capital")
  for (term in names(b)) {
    expect(link, paste0("coef_", term), b[[term]])
    expect(link, paste0("error_", term), errors[[term]], 1e-6)
    expect(link, paste0("p_", term), 2 * pnorm(-abs(b[[term]] / errors[[term]])), 1e-5)
    expect(link, paste0("lower_", term), b[[term]] + qnorm(0.025) * errors[[term]], 1e-6)
  }
  expect(link, "log_likelihood", as.numeric(logLik(fit)))
  expect(link, "null_log_likelihood", as.numeric(logLik(bare)))
  expect(link, "aic", AIC(fit))
  expect(link, "bic", BIC(fit))
  expect(link, "mcfadden", 1 - as.numeric(logLik(fit)) / as.numeric(logLik(bare)))

  p <- fitted(fit)
  y <- rows$event
  events <- p[y == 1]
  others <- p[y == 0]
  expect(link, "tjur", mean(events) - mean(others))
  rank_sum <- suppressWarnings(wilcox.test(events, others)$statistic[[1]])
  expect(link, "auc", rank_sum / (length(events) * length(others)))
  wins <- outer(events, others, function(x, z) (x > z) + (x == z) / 2)
  expect(link, "auc_error", sqrt(var(rowMeans(wins)) / length(events) + var(colMeans(wins)) / length(others)))
  expect(link, "log_score", -mean(log(ifelse(y == 1, p, 1 - p))))
  expect(link, "brier", mean((p - y)^2))

  group <- cut(p, unique(quantile(p, 0:10 / 10)), include.lowest = TRUE)
  observed <- tapply(y, group, sum)
  expected <- tapply(p, group, sum)
  size <- tapply(p, group, length)
  expect(link, "groups", nlevels(group))
  statistic <- sum((observed - expected)^2 / expected + (observed - expected)^2 / (size - expected))
  expect_test(link, "hosmer_lemeshow", statistic, nlevels(group) - 2)

  ratio <- anova(bare, fit, test = "LRT")
  expect_test(link, "likelihood_ratio", ratio$Deviance[2], 2)
  expect_test(link, "score", anova(bare, fit, test = "Rao")$Rao[2], 2, 1e-5)
  two <- c("wealth", "capital")
  expect_test(link, "wald", drop(t(b[two]) %*% solve(vcov(fit)[two, two]) %*% b[two]), 2, 1e-6)

  x <- model.matrix(fit)
  wealth <- function(b) mean(family$mu.eta(drop(x %*% b))) * b[[2]]
  capital <- function(b) {
    on <- off <- x
    on[, 3] <- 1
    off[, 3] <- 0
    mean(family$linkinv(drop(on %*% b)) - family$linkinv(drop(off %*% b)))
  }
  for (term in two) {
    effect <- get(term)
    slope <- gradient(effect, b)
    expect(link, paste0("effect_", term), effect(b), 1e-7)
    expect(link, paste0("effect_error_", term), sqrt(drop(slope %*% vcov(fit) %*% slope)), 1e-5)
  }
}

# With a product: the mean chance that is predicted where a covariate is moved, its product with it.
fit <- glm(event ~ wealth * capital, binomial, rows, control = glm.control(epsilon = 1e-14, maxit = 100))
mean_chance <- function(b, moved) mean(plogis(drop(model.matrix(delete.response(terms(fit)), moved) %*% b)))
wealth <- function(b) {
  moved <- function(by) mean_chance(b, transform(rows, wealth = wealth + by))
  (moved(1e-4) - moved(-1e-4)) / 2e-4
}
capital <- function(b) mean_chance(b, transform(rows, capital = 1)) - mean_chance(b, transform(rows, capital = 0))
for (term in c("wealth", "capital")) {
  effect <- get(term)
  slope <- gradient(effect, coef(fit))
  expect("product", paste0("effect_", term), effect(coef(fit)), 1e-6)
  expect("product", paste0("effect_error_", term), sqrt(drop(slope %*% vcov(fit) %*% slope)), 1e-4)
}
stopifnot(checked == nrow(facts))
