"""Read annotated corpora into gold records, one module a corpus."""
