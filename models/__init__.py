"""The gallery: one folder per example, found by listing this directory. Delete a folder and it is gone."""
