"""What a sentence means, as far as a machine can tell: quantities, signs, and where a claim parts from its passages."""
