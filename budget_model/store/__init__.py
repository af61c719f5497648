"""What the dashboard keeps: named versions of scenarios and unsaved drafts, in SQLite or, by a URL, in PostgreSQL."""
