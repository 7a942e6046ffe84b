"""What the form says to whoever proposes something: the label of each key, and what it asks for.

A key without a text of its own is described as in the format. The forms of issues say the same (`tests/test_forms.py`).
"""

from collections.abc import Mapping

from generator.limits import STEP

_NOTE = "What they should know of it. No page shows it; an issue on GitHub can be read wherever the repository can."

LABELS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ProposedClaim": {
        "record": ("Record", "The page that the claim belongs to."),
        "name": ("Name of the claim", "A short lower-case name for the claim; others will link to it."),
        "note": ("Note to the editors", _NOTE),
    },
    "ProposedAnswer": {
        "record": ("Record", "The page that gives the answer."),
        "name": (
            "Question",
            "Your answer takes the place of the whole one that stands there: its text, its claims and its steps.",
        ),
        "note": ("Note to the editors", _NOTE),
    },
    "ProposedSource": {
        "pmid": ("PMID", "The source's PMID: 1 to 8 digits. Without one, nothing can be cited."),
        "note": ("Note to the editors", _NOTE),
    },
    "ReportedError": {
        "record": ("Record", "The page on which it stands. A source is `references/` and its PMID."),
        "name": ("Name of the claim", "The claim's name: what its `#` links to."),
        "key": ("What is wrong", "What is wrong; the page Format tells what each key holds."),
        "text": ("What should stand in its place (text)", "In your own words, as the passage says it."),
        "pmid": ("PMID", "The PMID of the source that shows it."),
        "from": (
            "First words of the passage (from)",
            "The first words of the passage as the source prints them: at most eight.",
        ),
        "to": (
            "Last words of the passage (to)",
            "The last words of the passage as the source prints them: at most eight.",
        ),
        "section": ("Section", "Where in the source the passage stands. Left empty, it is the abstract."),
        "note": ("Note to the editors", _NOTE),
    },
    "Claim": {
        "kind": ("Kind", "What the claim is about; the page Vocabulary tells what each term means."),
        "text": (
            "Claim (text)",
            "What the passage says, no more and no less, in your own words: figures, hedges, population, denominator.",
        ),
        "cites": ("Passages", "At least one passage of a source that carries the claim."),
        "data": (
            "Number (data)",
            "The main number as the source gives it, with its unit and of how many; or why the total cannot be given.",
        ),
        "population": ("Population", "Whom the source studied, where it says so."),
        "subject": (
            "Subject",
            "What the claim is about, unless it is the treatment of this site itself: another treatment, the disease, "
            "one product, or a wider class.",
        ),
        "as_of": (
            "As of (year)",
            "The year in which it held, if that may change: an approval, a price, what was known so far.",
        ),
        "one_group": (
            "One group of a controlled study (one_group)",
            "Whether the study is cited for what it saw in one of its groups, or in all together: it then counts as an "
            "observational study.",
        ),
        "sic": (
            "Fault of the source (sic)",
            "What in the source's own numbers cannot all be right, if anything, in one line of your own.",
        ),
        "disagrees_with": ("Disagrees with", "Claims that say otherwise, and in a line what each side says of whom."),
        "supersedes": ("Supersedes", "Claims that this one takes the place of."),
    },
    "Citation": {
        "pmid": ("PMID", "The source's PMID: 1 to 8 digits. Without one, nothing can be cited."),
        "from": (
            "First words of the passage (from)",
            "The first words of the passage as the source prints them: at most eight.",
        ),
        "to": (
            "Last words of the passage (to)",
            "The last words of the passage as the source prints them: at most eight.",
        ),
        "section": ("Section", "Where in the source the passage stands. Left empty, it is the abstract."),
        "part": (
            "Part of the text",
            "Where the text has no headings that say so: what the authors set out from, what they did, found, or "
            "conclude.",
        ),
        "bearing": ("Bearing", "What the passage does for the claim."),
    },
    "Disagreement": {
        "claim": ("Claim", "Its full id, such as folder/name#claim."),
        "because": ("In what they differ", ""),
    },
    "Share": {
        "outcome": ("Outcome", "What happened to them, in a few words."),
        "events": ("How many", "The count that the source gives."),
        "of": ("Of how many", "The total that they were counted among."),
        "of_unknown": ("Why the total is not known", ""),
        "unit": ("What is counted", ""),
        "percent": ("Percentage", ""),
        "ci": ("95% confidence interval", "Lower limit first."),
        "arm": ("Group", "Which group of the study it is, if it had several."),
        "better": ("Better", ""),
    },
    "Comparison": {
        "outcome": ("Outcome", "What is compared, in a few words."),
        "measure": ("Measure", "How the groups are compared."),
        "unit": ("Unit", "Of the value and of what the groups have."),
        "arms": ("Groups", "At least two, unless it is compared with what was expected."),
        "value": ("Value", "The size of the difference, without its unit."),
        "ci": ("95% confidence interval", "Lower limit first."),
        "p": ("p", "As printed: 0.02 or <0.001."),
        "better": ("Better", ""),
    },
    "Arm": {
        "name": ("Name of the group", ""),
        "events": ("How many", ""),
        "of": ("Of how many", "The total that they were counted among."),
        "of_unknown": ("Why the total is not known", ""),
        "percent": ("Percentage", ""),
        "mean": ("Mean", ""),
        "median": ("Median", ""),
        "ci": ("95% confidence interval", "Lower limit first."),
    },
    "Dose": {
        "role": ("Role", ""),
        "amount": ("Amount", "A number, a range such as 1-2, or a bound such as ≥2."),
        "unit": ("Unit", ""),
        "per": ("Per", ""),
        "days": ("Days", "Days over which one cycle is given."),
        "hours": ("Hours", "Hours over which one infusion is given, where these are stated and no days."),
        "every": ("Every", "From one cycle to the next, such as 4 weeks or month."),
        "duration": ("For", "For how long, such as 6 months or ≥3 cycles."),
        "route": ("Route", ""),
    },
    "Summary": {
        "outcome": ("What was measured", ""),
        "statistic": ("Statistic", ""),
        "value": ("Value", "Without its unit."),
        "unit": ("Unit", ""),
        "of": ("In how many", ""),
        "range": ("Range", "The smaller first."),
        "iqr": ("Interquartile range", "The smaller first."),
        "sd": ("Standard deviation", ""),
        "ci": ("95% confidence interval", "Lower limit first."),
    },
    "Answer": {
        "text": ("Answer (text)", ""),
        "direction": ("Where the sources lean", "Needed for a question of place or of effect."),
        "rests_on": ("Claims that it rests on", "They stand on the pages already; each is named by its full id."),
        "steps": ("Steps", "Of a question that asks what is to be done: a tick list, in order."),
        "otherwise": ("Claims that say otherwise", "They are shown beside the answer."),
    },
    "Support": {
        "claim": ("Claim", "Its full id, such as folder/name#claim."),
        "indirect": ("Indirect", "What the claim is about instead: needed if it is of another record."),
    },
    "Step": {
        "do": ("Verb", ""),
        "text": ("What follows the verb", f"One line of at most {STEP} characters, no full stop."),
        "rests_on": ("Claims that say it", ""),
    },
    "Reference": {
        "title": ("Title", "As PubMed prints it, without the full stop."),
        "authors": ("Authors", "As PubMed abbreviates them, one a line."),
        "authors_complete": ("Are these all authors?", "Whether these are all authors."),
        "group_authors": (
            "Groups among them",
            "Those that are groups, if the name could be a person's, one a line.",
        ),
        "journal": ("Journal", "As PubMed abbreviates it."),
        "journal_abbreviation": ("Journal: abbreviation", "PubMed's abbreviation, if you gave the name in full."),
        "year": ("Year", "Of the printed issue."),
        "volume": ("Volume", "As PubMed prints it."),
        "issue": ("Issue", "As PubMed prints it."),
        "pages": ("Pages", "As PubMed prints them."),
        "doi": ("DOI", "Without https://doi.org/ in front."),
        "pmcid": ("PubMed Central id", "Where the paper is in PubMed Central."),
        "design": ("Design", "What kind of study it is; the page Vocabulary tells what each term means."),
        "synthesises": ("Synthesises", "For a systematic review or meta-analysis: what it pools."),
        "study": ("Study", "A name that reports of one study share, so that they count once."),
        "species": ("Species", "Whom or what was studied."),
        "participants": ("Participants", "How many people took part."),
        "read": ("What was read", "What you have read of it."),
        "retraction": ("Retraction", "What a look for a notice has found."),
    },
    "Retraction": {
        "state": ("Retraction: state", "What a look for a retraction notice has found."),
        "checked_on": ("Retraction: checked on", "The day of that look."),
        "notices": ("Retraction: notices", "PMIDs of the errata, concerns and retractions that you saw."),
    },
}
"""By the model and the key, as YAML has it."""

WRONG: Mapping[str, str] = {
    "text": "What it says",
    "data": "Its figures",
    "pmid": "Its source",
    "from": "Where its passage begins",
    "to": "Where its passage ends",
    "population": "Whom it is about",
    "kind": "Its kind",
    "name": "The name of the page",
    "also_known_as": "Other names of the page",
    "group": "Where the page stands among the others",
    "written_by": "Who wrote it",
    "codes": "Codes",
    "shows": "Claims of other pages that it shows",
}
"""What may be wrong, where the label of the key alone does not say it, most asked first."""

ONE_OF: Mapping[str, str] = {
    "cites": "Passage",
    "disagrees_with": "Disagreement",
    "supersedes": "Claim",
    "rests_on": "Claim",
    "otherwise": "Claim",
    "steps": "Step",
    "arms": "Group",
}
"""What one of a list is called."""

KINDS_IN_WORDS: Mapping[str, tuple[str, str]] = {
    "claim": ("A claim", "One statement that a record lacks, with the passage that carries it."),
    "answer": ("An answer", "What the claims together say to a question of a record."),
    "error": ("An error", "A claim, an answer or a source that is not as its passage says, or is described wrongly."),
    "source": ("A source", "A paper that should be cited, by its PMID."),
}
"""The label of each kind of proposal, and what it is."""

TYPES: Mapping[str, str] = {
    "proportion": "Share: so many of so many",
    "rate": "Rate of a harm: so many of so many",
    "comparison": "Comparison of groups",
    "dose": "Dose: an amount and its schedule",
    "summary": "Median or mean of what was measured",
}
"""The types of data, as they are chosen."""

SAID: Mapping[str, str] = {
    "none": "None",
    "choose": "Choose",
    "yes": "Yes",
    "no": "No",
    "optional": "optional",
    "add": "Add: {0}",
    "remove": "Remove: {0}",
    "item": "{0} {1}",
    "lower": "{0}, lower",
    "upper": "{0}, upper",
    "more": "More about it",
    "sort": "What it is",
    "cleared": "The form is empty, and what stood in it is no longer kept.",
    "kept": "Kept in this browser until you say that you have sent it, or begin anew.",
    "restored": "What you began on {0} is here again.",
    "elsewhere": "What you began on {0} for {1} is here again, but you come from {2}.",
    "not-kept": "This browser keeps nothing: do not leave the page before you have sent it.",
    "wrong": "{0} to correct:",
    "one-thing": "1 thing",
    "things": "{0} things",
    "empty": "is empty",
    "fill": "Fill it in.",
    "issue": "Open it as an issue on GitHub",
    "issue-empty": "Open an empty issue on GitHub",
    "copied": "Copied.",
    "not-copied": "Not copied: select the text below and copy it.",
    "in-words": "{0}, for {1}",
    "taken": "the record has a claim of that name",
    "taken-fix": "Choose another name, or report an error of that claim.",
    "no-record": "there is no such record",
    "record-fix": "Name one by its address, such as folder/name.",
    "name-fix": "Write what its # links to, or leave it out.",
    "no-day": "no day on which it was looked for",
    "not-looked": "a day, though nobody has looked",
    "day-fix": "Give the state and the day of one look.",
    "quoted": "nine words or more between quotation marks",
    "known": "the source is here already",
    "known-fix": "Report an error of it instead.",
    "add-one": "Add one.",
    "invisible": "holds an invisible character",
    "type-anew": "Type it anew.",
    "markup": "{0} is markup or the sign of a link",
    "plain": "Say it in plain words.",
    "long": "has {0} characters",
    "room": "It has room for {0}.",
    "sentences": "has {0} sentences",
    "fewer": "Say it in one, and a second if need be.",
    "first": "the first sentence has {0} characters",
    "stop": "does not end with a full stop",
    "whole": "Write whole sentences.",
    "no-stop": "ends with a full stop",
    "verb": "It goes on from its verb: leave the full stop out.",
    "lean": "does not say where the sources lean",
    "lean-fix": "Choose one.",
    "rests": "rests on no claim",
    "other-record": "stands on another record",
    "say-indirect": "Say in what it is indirect.",
    "no-claim": "there is no such claim",
    "full-id": "Name a claim by its full id.",
    "leads-nowhere": "the link leads to nothing, or to its own record: {0}",
    "link-fix": "Use the id of another record, such as folder/name, or drop the link.",
    "all-contradict": "every passage of the claim contradicts it",
    "give-total": "Give the total, or why it is not known.",
    "figures": "Compare the figures with the passage.",
    "neither": "neither a count nor a percentage",
    "without-total": "a count without its total, or why that is not known",
    "both-totals": "both a total and why it is not known",
    "no-numbers": "neither groups nor a value nor p",
    "one-arm": "a comparison with one group",
    "downwards": "runs downwards",
    "outside": "is outside of its interval",
    "impossible": "{0} is not possible",
    "more-than": "{0} of {1}",
    "computed": "{0} of {1} is {2}%",
    "bound-range": "has a bound and a range",
    "not-rising": "does not rise",
    "smaller-first": "Write the smaller number first.",
}
"""What the page says beside the labels; `{0}` and `{1}` stand for a name or a number."""
