"""What a citation rests on: passages and their figures, strength of evidence, intervals. Pure functions."""
