"""Turn cited claims about a treatment into a reference site."""
