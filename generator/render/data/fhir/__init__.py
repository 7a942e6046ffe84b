"""The guideline in FHIR R5, a draft: one bundle of sources, claims, what is to be known of both, and the pathway."""
