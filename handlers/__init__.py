"""Reception: one file for each thing that can happen."""
