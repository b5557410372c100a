"""One importer a format, each pure: a file's content in, ``ParsedQuestions`` out."""
