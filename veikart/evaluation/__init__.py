"""Evaluations: questions, areas, ratings and findings, and principles that a draft is held against."""
