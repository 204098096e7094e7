# Fits a table of rows with R's glm, sandwich and survival, and prints what it finds: name, index, value.
suppressMessages({
  library(sandwich)
  library(survival)
})
arguments <- commandArgs(TRUE)
rows <- read.csv(arguments[1])
task <- arguments[2]
known <- c("event", "spell", "policy", "city", "period", "country", "duration", "one")
terms <- setdiff(names(rows), known)
put <- function(name, values) cat(sprintf("%s,%d,%.17g\n", name, seq_along(values) - 1L, as.numeric(values)), sep = "")
tight <- glm.control(epsilon = 1e-14, maxit = 200)

if (task == "glm") {
  fit <- suppressWarnings(glm(reformulate(terms, "event"), binomial(arguments[3]), rows, control = tight))
  put("coefficients", coef(fit))
  put("errors", sqrt(diag(vcov(fit))))
  put("log_likelihood", logLik(fit))
  put("aic", AIC(fit))
  put("null_log_likelihood", -fit$null.deviance / 2)
  for (kinds in list("city", "country", "period", c("city", "period"), c("country", "period"))) {
    put(paste(kinds, collapse = "+"), vcovCL(fit, rows[kinds], type = "HC0", cadjust = TRUE, fix = TRUE))
  }
  put("hc0", vcovHC(fit, type = "HC0"))
  put("hc1", vcovHC(fit, type = "HC1"))
} else if (task == "spells") {
  # Under cloglog a spell of constant covariates is a row of so many times the hazard.
  fit <- glm(reformulate(c(terms, "offset(log(duration))"), "event"), binomial("cloglog"), rows, control = tight,
             start = c(-2, 0 * seq_along(terms)))
  put("coefficients", coef(fit))
  put("errors", sqrt(diag(vcov(fit))))
  put("log_likelihood", logLik(fit))
} else if (task == "cox") {
  answer <- reformulate(terms, quote(Surv(period - 1, period, event)))
  for (ties in c("breslow", "efron")) put(ties, coef(coxph(answer, rows, ties = ties)))
  put("errors", sqrt(diag(vcov(coxph(answer, rows, ties = "efron")))))
}
