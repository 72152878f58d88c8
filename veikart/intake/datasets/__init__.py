"""Datasets: folders of editable files that hold a whole strategy and its roadmap."""
