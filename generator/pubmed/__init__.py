"""What PubMed says of the references, and how the records differ from it."""
