"""Data files and the feed."""
