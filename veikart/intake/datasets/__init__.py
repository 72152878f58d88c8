"""Datasets: folders of editable files that hold a whole strategy and its roadmap."""

from veikart.intake.datasets.loading import DATASETS, Loaded, abbreviations, load, names

__all__ = ["DATASETS", "Loaded", "abbreviations", "load", "names"]
