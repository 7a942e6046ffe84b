"""Turn cited claims about high-dose intravenous immunoglobulin into a reference site."""
