"""Definitions, targets, data sets and computed figures of what the strategy is measured by."""
