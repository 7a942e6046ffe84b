"""Drawings as SVG: plots, the charts of the pathway, the evidence map."""
