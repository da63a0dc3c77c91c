-- Spaces from 0.3.0 to 0.4.0.

-- == Base: texts, catalogues, parties

-- == The life of an event

-- == Days, zones, moving

-- == Agreements

-- == Rules, checklist, templates

-- == Guests

-- == Whole
