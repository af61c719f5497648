"""The commands of the command line: one module for each kind, which says what they take and prints what they find."""
