"""A claim beside its passage, for a reader to say whether both say the same: what to show, in which batch, as what.

Some pairs of a batch are false: the claim says something else than its passage, on purpose. Who agrees to one of them
did not read, and the whole batch does not count. Nothing here prints, and nothing here knows what a claim is about.
"""
