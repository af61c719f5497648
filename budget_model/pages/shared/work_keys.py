"""Where a visitor's session keeps what is worked on: read by the draft that is changed and by the work that is opened."""

from __future__ import annotations

SLUG, VERSION, DRAFT = "work.slug", "work.version", "work.draft"  # what is open
WRITTEN = "work.written"  # the same three as the address has them since the last run
JUST_KEPT = "work.just_kept"  # whether the draft is what the database has, so that nobody need ask again
BEFORE, BEGUN_AT = "work.before", "work.begun_at"  # the address before a draft was begun, and when that was
