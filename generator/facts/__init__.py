"""What a reader must know of a source, a citation, a claim, a record and the pathway: computed once, as data."""
