"""Asking PubMed: what it says of the references, the texts of sources, papers that wait, and new ones."""
