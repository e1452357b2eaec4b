"""An exact auditor of the release rule: it sums over every outcome and samples nothing."""
