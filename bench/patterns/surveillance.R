# Reads one series a class (class,hits,size,usual,raised) and writes what the package computes of it.
suppressMessages(library(surveillance))
files <- commandArgs(trailingOnly = TRUE)
series <- read.csv(files[1])
least <- as.numeric(files[3])  # the least spread, as a share

binomial_of <- function(y, size, mu, log = FALSE, ...) dbinom(y[1, ], size, mu[1, ], log = log)

of_one <- function(one) {
  days <- nrow(one)
  share <- sts(one$hits / one$size)
  # An upper bound is the mean, and so many spreads above it: two of them give both away.
  bound <- function(method, alpha) {
    told <- earsC(share, list(method = method, baseline = 7, minSigma = least, alpha = alpha))
    c(rep(NA, days - nrow(told)), upperbound(told))
  }
  mean <- bound("C2", 0.5)
  spread <- bound("C2", pnorm(-1)) - mean
  c2 <- (one$hits / one$size - mean) / spread
  # C3's bound at alpha 0.5 lies below the share by what the two days before add.
  c3 <- bound("C3", 0.5)
  before <- ifelse(c3 > 0, (one$hits / one$size - c3) / spread, NA)
  live <- which(!is.na(one$usual))
  counts <- sts(cbind(one$hits, one$size - one$hits)[live, ],
                population = cbind(one$size, one$size)[live, ])
  counts@populationFrac <- cbind(one$size, one$size)[live, ]
  shares <- function(p) rbind(p, 1 - p)
  told <- categoricalCUSUM(counts, list(
    range = seq_along(live), h = 1e9, pi0 = shares(one$usual[live]),
    pi1 = shares(one$raised[live]), dfun = binomial_of, ret = "value"))
  cusum <- rep(NA, days)
  cusum[live] <- upperbound(told)[, 1]
  data.frame(class = one$class, c2 = c2, before = before, cusum = cusum)
}

told <- do.call(rbind, lapply(split(series, series$class), of_one))
write.csv(told, files[2], row.names = FALSE)
cat(as.character(packageVersion("surveillance")), "\n")
