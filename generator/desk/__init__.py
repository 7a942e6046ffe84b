"""The review desk: a record on a page of this machine's own, each answer and claim beside what it rests on.

The desk reads no file and writes none, and knows no clock: texts of sources, the state of a review and its end are
handed in by the command. Passages are in memory while it runs, and nowhere else.
"""
